// The monitor's stream: who gets in, what the filters let through, and the ways it fails.
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {startMonitor, type TestbedMonitor} from '../../source/testbed/monitor.ts';
import {eventually} from '../eventually.ts';
import {openStream} from './open-stream.ts';

let monitor: TestbedMonitor;
beforeEach(async () => {
  monitor = await startMonitor();
});
afterEach(() => monitor.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${monitor.url}/${path}`, {headers, redirect: 'manual'});

describe('who gets in', () => {
  const detail = '{"detail": "Authentication credentials were not provided."}';

  test.each([{}, {authorization: 'Token wrong'}, {authorization: 'Bearer testbed-token'}])(
    'the stream refuses %j with 401',
    async headers => {
      const response = await get('api/messages/stream/', headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.text()).toBe(detail);
    },
  );

  test('the status endpoint refuses with 403 and shows nobody to who may ask', async () => {
    expect((await get('api/messages/stream/status/')).status).toBe(403);
    const allowed = await get('api/messages/stream/status/', {
      authorization: `Token ${monitor.token}`,
    });
    expect(await allowed.text()).toBe(
      '{"connected_clients": 0, "client_ids": [], "client_filters": {}}',
    );
  });

  test('a revoked token is refused, and may end the open streams', async () => {
    const stream = await openStream(monitor);
    monitor.revokeToken({endStreams: true});
    await eventually(() => expect(stream.ended()).toBe(true));
    expect((await openStream(monitor)).status).toBe(401);
  });
});

test('a URL without its last slash is redirected, an unknown one is not found', async () => {
  const redirected = await get('api/messages/stream?msg_types=a');
  expect(redirected.status).toBe(301);
  expect(redirected.headers.get('location')).toBe('/swf-monitor/api/messages/stream/?msg_types=a');
  const unknown = await get('api/nothing/');
  expect([unknown.status, await unknown.json()]).toEqual([404, {detail: 'Not found.'}]);
  expect((await get('api/systemagents/heartbeat/')).status).toBe(405);
});

test('a stream begins with its head and `connected`', async () => {
  const stream = await openStream(monitor, '?msg_types=a,%20b&agents=');
  expect(stream.status).toBe(200);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
    'transfer-encoding': 'chunked',
  });
  await eventually(() => expect(stream.events()).toHaveLength(1));
  const [client] = monitor.clients;
  expect(stream.text()).toBe(
    `event: connected\ndata: {"client_id": "${client!.id}", "status": "connected"}\n\n`,
  );
  expect(client).toMatchObject({
    filter: {msg_types: ['a', 'b']},
    query: 'msg_types=a,%20b&agents=',
  });
  stream.close();
  await eventually(() => expect(monitor.clients).toHaveLength(0));
});

describe('filters', () => {
  const lifecycle = {msg_type: 'start_run', run_id: '7', sender: 'daq'};
  const numbered = {msg_type: 'stf_ready', run_id: 7, processed_by: 'data'};
  const ready = {msg_type: 'stf_ready', run_id: '8', processed_by: 'data'};

  test.each([
    ['', [lifecycle, numbered, ready]],
    ['?msg_types=start_run,other', [lifecycle]],
    ['?agents=daq,data', [numbered, ready]],
    ['?run_ids=7', [lifecycle]],
    ['?run_ids=7,8&agents=data', [ready]],
  ])('%s', async (query, passing) => {
    const stream = await openStream(monitor, query);
    for (const message of [lifecycle, numbered, ready]) monitor.publish(message);
    await eventually(() => expect(stream.messages()).toHaveLength(passing.length));
    expect(stream.messages().map(({data}) => JSON.parse(data) as unknown)).toEqual(
      passing.map(message => expect.objectContaining(message) as unknown),
    );
  });
});

test('messages are completed, written as Python does, and named after their type', async () => {
  const stream = await openStream(monitor);
  monitor.publish({processed_by: 'nobody', note: 'no type: never relayed'});
  monitor.publish({msg_type: 42, note: 'é😀'});
  monitor.publish({msg_type: 'two\nlines', sender: 'me', namespace: 'mine'});
  await eventually(() => expect(stream.messages()).toHaveLength(2));
  const stamp = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00`;
  expect(stream.text().split('\n\n').slice(1, 3)).toEqual([
    expect.stringMatching(
      new RegExp(
        String.raw`^event: 42\ndata: {"msg_type": 42, "note": "\\u00e9\\ud83d\\ude00", ` +
          `"sender_agent": null, "recipient_agent": null, "namespace": null, ` +
          `"queue_name": "epictopic", "sent_at": "${stamp}"}$`,
      ),
    ),
    expect.stringMatching(
      new RegExp(
        String.raw`^event: two\nlines\ndata: {"msg_type": "two\\nlines", "sender": "me", ` +
          `"namespace": "mine", "sender_agent": "me", "recipient_agent": null, ` +
          `"queue_name": "epictopic", "sent_at": "${stamp}"}$`,
      ),
    ),
  ]);
});

describe('failures on demand', () => {
  const types = (messages: readonly {name: string}[]) => messages.map(({name}) => name);

  test('deaf: heartbeats and rows, but no messages', async () => {
    await using hasty = await startHasty();
    const stream = await openStream(hasty.monitor);
    hasty.monitor.setDeaf(true);
    hasty.monitor.publish({msg_type: 'lost', execution_id: 'x'});
    await eventually(() => expect(types(stream.events())).toContain('heartbeat'));
    hasty.monitor.setDeaf(false);
    hasty.monitor.publish({msg_type: 'heard'});
    await eventually(() => expect(types(stream.messages())).toEqual(['heard']));
    const rows = await fetch(`${hasty.monitor.url}/api/workflow-messages/?execution_id=x`);
    expect(await rows.json()).toHaveLength(1);
    const beat = stream.events().find(({name}) => name === 'heartbeat');
    expect(beat!.data).toMatch(/^{"timestamp": \d+(\.\d{1,6})?}$/);
  });

  test('silent: the stream opens and nothing comes', async () => {
    monitor.setSilent(true);
    const stream = await openStream(monitor);
    monitor.publish({msg_type: 'lost'});
    monitor.setSilent(false);
    monitor.publish({msg_type: 'heard'});
    await eventually(() => expect(types(stream.events())).toEqual(['heard']));
  });

  test('the next messages are lost', async () => {
    const stream = await openStream(monitor);
    monitor.loseNext(2);
    for (const type of ['a', 'b', 'c']) monitor.publish({msg_type: type});
    await eventually(() => expect(types(stream.messages())).toEqual(['c']));
  });

  test('raw bytes, then an end without a last chunk', async () => {
    const stream = await openStream(monitor);
    monitor.writeRaw(': half an ev');
    monitor.endStreams();
    await eventually(() => expect(stream.ended()).toBe(true));
    expect(stream.text()).toMatch(/: half an ev$/);
  });

  test('a test may answer itself', async () => {
    monitor.interceptStream = (_request, response) => {
      response.writeHead(503).end();
      return true;
    };
    expect((await openStream(monitor)).status).toBe(503);
    expect((await get('api/run-states/')).status).toBe(200);
    monitor.intercept = (_request, response) => {
      response.writeHead(418).end();
      return true;
    };
    expect((await get('api/run-states/')).status).toBe(418);
    expect(monitor.requests.map(({method, status}) => [method, status])).toEqual([
      ['GET', 503],
      ['GET', 200],
      ['GET', 418],
    ]);
  });

  test('closed and started again at the same port', async () => {
    const {port} = monitor;
    await openStream(monitor);
    await monitor.close();
    monitor = await startMonitor({port});
    expect((await openStream(monitor)).status).toBe(200);
  });
});

describe('a slow reader', () => {
  const filler = 'x'.repeat(16_384);
  const count = 2000;

  test('gets the newest 100 of what had to wait', async () => {
    const stream = await openStream(monitor);
    stream.pause();
    const [client] = monitor.clients;
    for (let sequence = 1; sequence <= count; sequence += 1) {
      monitor.publish({msg_type: 'stf_gen', sequence, filler});
    }
    expect(client!.dropped).toBe(count - 100 - client!.sent);
    expect(client!.dropped).toBeGreaterThan(0);
    const before = client!.sent;
    stream.resume();
    await monitor.drained();
    expect(client!.sent).toBe(before + 100);
    await eventually(() => expect(stream.messages()).toHaveLength(before + 100));
    const last = stream
      .messages()
      .map(({data}) => (JSON.parse(data) as {sequence: number}).sequence);
    expect(last.slice(-100)).toEqual(Array.from({length: 100}, (_, index) => count - 99 + index));
  });

  test('loses nothing of a lossless monitor', async () => {
    await using patient = await startHasty({lossless: true, heartbeatSeconds: 30});
    const stream = await openStream(patient.monitor);
    stream.pause();
    for (let sequence = 1; sequence <= count; sequence += 1) {
      patient.monitor.publish({msg_type: 'stf_gen', sequence, filler});
    }
    stream.resume();
    await patient.monitor.drained();
    await eventually(() => expect(stream.messages()).toHaveLength(count));
    expect(patient.monitor.clients[0]).toMatchObject({sent: count, dropped: 0});
  });
});

/** A second monitor that beats every 20 ms and closes with its scope. */
async function startHasty(options: Parameters<typeof startMonitor>[0] = {}) {
  const started = await startMonitor({heartbeatSeconds: 0.02, ...options});
  return {monitor: started, [Symbol.asyncDispose]: () => started.close()};
}
