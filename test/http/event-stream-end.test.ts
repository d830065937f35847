// How a stream ends: once, with a reason, or silently when closed; never by itself again.
import type {ServerResponse} from 'node:http';
import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {maxEventLength} from '../../source/http/event-stream.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {eventually} from '../eventually.ts';
import {listenTo, type Heard} from '../wire/listen-to.ts';
import {send} from '../wire/send.ts';
import {serve, streamHead, type Served} from '../wire/serve.ts';

/** A retry timer of 1 ms, were there one, would be over before a later one of 20 ms. */
async function settle(server: Served): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 20));
  await fetch(`${server.origin}/other`, {signal: AbortSignal.timeout(50)}).catch(() => undefined);
}

const streamsOf = ({requests, url}: Served) =>
  requests.filter(request => request.url === url.pathname).length;

describe('the other side ends it', () => {
  test('the end of the body is one end, and no retry', async () => {
    const server = await serve(response => streamHead(response).end('retry: 1\ndata: a\n\n'));
    const heard = listenTo(server.url);
    expect(await heard.end).toEqual({
      kind: 'lost',
      reason: 'the server ended the stream',
      remedy: undefined,
      retryAfter: undefined,
    });
    await settle(server);
    expect(streamsOf(server)).toBe(1);
    expect(heard.calls).toEqual(['open', 'event', 'end']);
  });

  test('an empty stream opens and ends', async () => {
    const server = await serve(response => streamHead(response).end());
    const heard = listenTo(server.url);
    await heard.end;
    expect(heard.calls).toEqual(['open', 'end']);
  });

  test('a FIN without a last chunk, as the monitor does it, is one end', async () => {
    const monitor = await startMonitor();
    const headers = {authorization: `Token ${monitor.token}`};
    const heard = listenTo(new URL(`${monitor.url}/api/messages/stream/`), {
      fetch: (url, asked) => send(url, {...asked, headers}),
    });
    await eventually(() => expect(heard.events).toHaveLength(1));
    monitor.endStreams();
    expect((await heard.end).reason).toBe('connection closed by the other side');
    await monitor.close();
    expect(heard.events[0]![0]).toBe('connected');
    expect(heard.ends).toHaveLength(1);
  });

  test('a reset inside an event is one end, and the half event is lost', async () => {
    let response: ServerResponse;
    const server = await serve(answer => {
      response = streamHead(answer);
      response.write('data: whole\n\ndata: ha');
    });
    const heard = listenTo(server.url);
    await eventually(() => expect(heard.bytes).toBe(21));
    response!.socket!.resetAndDestroy();
    expect(await heard.end).toMatchObject({
      kind: 'lost',
      reason: expect.stringMatching(/^connection (reset|closed) by the other side$/) as unknown,
    });
    expect(heard.events).toEqual([['message', 'whole']]);
    expect(heard.ends).toHaveLength(1);
  });
});

describe('the longest event', () => {
  const streamOf = (size: number) =>
    serve(response => {
      streamHead(response).write(`data: ${'x'.repeat(size)}`);
      response.write('\n\nevent: next\ndata: y\n\n');
    });

  test('one below the bound is read, and so is the next', async () => {
    const heard = listenTo((await streamOf(maxEventLength - 100)).url);
    await eventually(() => expect(heard.events).toHaveLength(2));
    expect(heard.events[0]![1]).toHaveLength(maxEventLength - 100);
  });

  test('one above it ends the attempt, in words', async () => {
    const heard = listenTo((await streamOf(maxEventLength + 1_000_000)).url);
    expect(await heard.end).toMatchObject({kind: 'lost', reason: 'an event larger than 8 MB'});
    expect(heard.calls).toEqual(['open', 'end']);
  });

  test('and so does one of many lines, or a line without an end', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const lines = await serve(response => {
      streamHead(response);
      for (let line = 0; line < 10; line += 1) response.write(`data: ${megabyte}\n`);
    });
    const endless = await serve(response => {
      streamHead(response).write('data: ');
      const more = () => {
        if (!response.destroyed) response.write(megabyte, error => error ?? more());
      };
      more();
    });
    for (const {url} of [lines, endless]) {
      expect((await listenTo(url).end).reason).toBe('an event larger than 8 MB');
    }
  });
});

describe('close()', () => {
  const twoEvents = 'retry: 1\ndata: a\n\ndata: b\n\n';

  test('nothing is heard any more, not even the rest of a chunk, and the server sees it', async () => {
    const {promise: gone, resolve} = Promise.withResolvers<void>();
    const server = await serve(response => {
      response.on('close', resolve);
      streamHead(response).write(twoEvents);
    });
    const heard: Heard = listenTo(server.url, {also: {onEvent: () => heard.close()}});
    await gone;
    await settle(server);
    expect(streamsOf(server)).toBe(1);
    expect(heard.calls).toEqual(['open', 'event']);
  });

  test('before the answer: no opening, no end', async () => {
    const {promise: asked, resolve} = Promise.withResolvers<ServerResponse>();
    const server = await serve(resolve);
    const heard = listenTo(server.url);
    const response = await asked;
    heard.close();
    await once(response, 'close');
    await settle(server);
    expect(streamsOf(server)).toBeLessThanOrEqual(1);
    expect(heard.calls).toEqual([]);
  });

  test('in the same turn as the opening: no word', async () => {
    const server = await serve(response => streamHead(response).end(twoEvents));
    const heard = listenTo(server.url);
    heard.close();
    heard.close();
    await settle(server);
    expect(streamsOf(server)).toBeLessThanOrEqual(1);
    expect(heard.calls).toEqual([]);
  });

  test('inside onOpen: no event', async () => {
    const {promise: gone, resolve} = Promise.withResolvers<void>();
    const server = await serve(response => {
      response.on('close', resolve);
      streamHead(response).write(twoEvents);
    });
    const heard: Heard = listenTo(server.url, {also: {onOpen: () => heard.close()}});
    await gone;
    expect(heard.calls).toEqual(['open']);
  });
});

describe('a listener that throws', () => {
  test.each([
    ['onOpen', 'Error'],
    ['onOpen', 'AbortError'],
    ['onBytes', 'Error'],
    ['onBytes', 'AbortError'],
    ['onEvent', 'Error'],
    ['onEvent', 'AbortError'],
  ])('%s with %s ends the attempt, which says why and leaves no connection', async (call, name) => {
    const {promise: gone, resolve} = Promise.withResolvers<void>();
    const server = await serve(response => {
      response.on('close', resolve);
      streamHead(response).write('data: a\n\ndata: b\n\n');
    });
    const heard = listenTo(server.url, {
      also: {
        [call]: () => {
          throw Object.assign(new Error('boom'), {name});
        },
      },
    });
    expect(await heard.end).toMatchObject({kind: 'lost', reason: 'boom'});
    await gone;
    expect(heard.ends).toHaveLength(1);
    expect(heard.calls).toEqual(call === 'onEvent' ? ['open', 'event', 'end'] : ['open', 'end']);
  });
});
