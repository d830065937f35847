// Recordings: read with and without a head, and played to the byte.
import {afterEach, beforeEach, expect, test} from 'vitest';
import {startMonitor, type TestbedMonitor} from '../../source/testbed/monitor.ts';
import {playRecordedStream, readRecordedStream} from '../../source/testbed/recorded-stream.ts';
import {eventually} from '../eventually.ts';
import {openStream} from './open-stream.ts';

let monitor: TestbedMonitor;
beforeEach(async () => {
  monitor = await startMonitor();
});
afterEach(() => monitor.close());

const first =
  '{"msg_type": "start_run",  "execution_id":"e", "run_id": "1", "n": 1.0, "sent_at": "2026-11-23T19:18:36.770729+00:00"}';
const second = '{"msg_type": 42, "note": "\\u00e9", "sent_at": "2026-11-23T19:18:36.790000+00:00"}';
const body = [
  'event: connected\ndata: {"client_id": "x", "status": "connected"}\n\n',
  `event: start_run\ndata: ${first}\n\n`,
  'event: heartbeat\ndata: {"timestamp": 1795461532.335937}\n\n',
  `event: 42\ndata: ${second}\n\n`,
];
const recording = body.join('');
const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n';

test.each([
  ['bare', recording],
  ['with a head', head + recording],
  ['with CRLF', (head + recording).replaceAll(/\r?\n/g, '\r\n')],
  ['cut off', `${recording}event: end_run\ndata: {"msg_type": "end_`],
])('a recording %s holds the messages, exactly', (_, text) => {
  expect(readRecordedStream(text).map(({name, data}) => [name, data])).toEqual([
    ['start_run', first],
    ['42', second],
  ]);
});

test('a broken recording says so', () => {
  expect(() => readRecordedStream('event: a\ndata: {"msg_type"\n\n')).toThrow(SyntaxError);
});

test.each([1, Infinity])('plays to the byte at speed %f, and feeds catch-up', async speed => {
  const {done} = playRecordedStream(monitor, recording, {speed});
  const stream = await openStream(monitor);
  await done;
  await eventually(() => expect(stream.messages()).toHaveLength(2));
  expect(stream.text().slice(stream.text().indexOf('event: start_run'))).toBe(body[1]! + body[3]!);
  const rows = await fetch(`${monitor.url}/api/workflow-messages/?execution_id=e`);
  expect(await rows.json()).toMatchObject([
    {
      message_content: {msg_type: 'start_run', execution_id: 'e', run_id: '1', n: 1},
      sent_at: '2026-11-23T14:18:36.766000-05:00',
    },
  ]);
});

test('filters apply', async () => {
  const stream = await openStream(monitor, '?run_ids=1');
  await playRecordedStream(monitor, recording, {speed: Infinity}).done;
  await eventually(() => expect(stream.messages()).toEqual([{name: 'start_run', data: first}]));
});

test('waits for a client, and can be stopped while it does', async () => {
  const playing = playRecordedStream(monitor, recording);
  playing.stop();
  await playing.done;
  expect(await (await fetch(`${monitor.url}/api/workflow-messages/`)).json()).toEqual([]);
});
