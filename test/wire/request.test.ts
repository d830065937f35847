// One REST request: the answer's text, or an error fit to be shown.
import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {request} from '../../source/wire/request.ts';
import {send} from './send.ts';
import {freePort, serve} from './serve.ts';

const timeout = 30_000;

test('the text of any 2xx', async () => {
  for (const status of [200, 201]) {
    const server = await serve(response => response.writeHead(status).end('Zoë'));
    expect(await request(send, server.url, {timeout})).toBe('Zoë');
  }
  const empty = await serve(response => response.writeHead(204).end());
  expect(await request(send, empty.url, {timeout})).toBe('');
});

test('characters that two chunks share are whole', async () => {
  const bytes = Buffer.from('😀');
  const body = ReadableStream.from([bytes.subarray(0, 2), bytes.subarray(2)]);
  const answering = () => Promise.resolve(new Response(body));
  expect(await request(answering, new URL('http://host'), {timeout})).toBe('😀');
});

test('method, headers and body go out', async () => {
  const server = await serve((response, received) => void received.pipe(response));
  const headers = {'content-type': 'application/json'};
  const answer = await request(send, server.url, {
    method: 'POST',
    headers,
    body: '{"a":1}',
    timeout,
  });
  expect(answer).toBe('{"a":1}');
  expect(server.requests[0]).toMatchObject({
    method: 'POST',
    headers: {'content-type': 'application/json'},
  });
});

describe('an error says why', () => {
  test.each([
    [400, /^HTTP 400$/],
    [401, /^HTTP 401$/],
    [404, /^HTTP 404$/],
    [500, /^HTTP 500$/],
    [503, /^HTTP 503$/],
  ])('%i', async (status, reason) => {
    const server = await serve(response => response.writeHead(status).end('<h1>\u001b[2J</h1>'));
    await expect(request(send, server.url, {timeout})).rejects.toThrow(reason);
  });

  test('no connection', async () => {
    const url = new URL(`http://127.0.0.1:${await freePort()}`);
    await expect(request(send, url, {timeout})).rejects.toThrow(/^connection refused$/);
  });

  test('the connection lost inside the answer', async () => {
    const server = await serve(response => {
      response.write('half', () => response.socket!.destroy());
    });
    await expect(request(send, server.url, {timeout})).rejects.toThrow(/^connection closed by/);
  });
});

describe('a time-out', () => {
  test('before the answer', async () => {
    const server = await serve(() => undefined);
    await expect(request(send, server.url, {timeout: 20})).rejects.toThrow(
      /^no answer within 0.02 s$/,
    );
  });

  test('inside the answer, and the connection is given up', async () => {
    const closed: Promise<unknown>[] = [];
    const server = await serve(response => {
      closed.push(once(response, 'close'));
      response.write('half');
    });
    await expect(request(send, server.url, {timeout: 200})).rejects.toThrow(/^no answer within/);
    await Promise.all(closed);
  });
});

test('an answer above 32 MiB is an error, and is not read to its end', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, 'x');
  let written = 0;
  const server = await serve(response => {
    const more = () => {
      written += 1;
      if (!response.destroyed) response.write(mebibyte, error => error ?? more());
    };
    more();
  });
  await expect(request(send, server.url, {timeout})).rejects.toThrow(
    /^answer larger than 33554432 bytes$/,
  );
  expect(written).toBeGreaterThan(32);
});

test('an answer of 32 MiB is read', async () => {
  const size = 32 * 1024 * 1024;
  const server = await serve(response => response.end(Buffer.alloc(size, 'x')));
  expect((await request(send, server.url, {timeout})).length).toBe(size);
});
