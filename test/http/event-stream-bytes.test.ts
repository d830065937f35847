// What the bytes of a stream mean, wherever the network cuts them.
import type {ServerResponse} from 'node:http';
import {describe, expect, test} from 'vitest';
import {listenTo} from '../wire/listen-to.ts';
import {serve, streamHead} from '../wire/serve.ts';

const lines = [
  ': a comment',
  'event: stf_gen',
  'data: {"who": "Zoë 漢 😀"}',
  '',
  ':',
  '',
  'event: error',
  'data: {"msg_type": "error"}',
  '',
  'event: open',
  'data: 2',
  '',
  'event: message',
  'data: first',
  'data: second',
  'data:',
  '',
  'data: nameless',
  '',
  'id: 7',
  'retry: 1',
  'unknown: field',
  'event: two words',
  'data:no blank',
  '',
  'event: without data',
  '',
  'event: __proto__',
  'data: 3',
  '',
  'event: last',
  'data:  two blanks',
  '',
  ': the end',
  '',
];

const expected = [
  ['stf_gen', '{"who": "Zoë 漢 😀"}'],
  ['error', '{"msg_type": "error"}'],
  ['open', '2'],
  ['message', 'first\nsecond\n'],
  ['message', 'nameless'],
  ['two words', 'no blank'],
  ['__proto__', '3'],
  ['last', ' two blanks'],
];

/** Hundreds of streams are opened: 10 ms between two looks would be felt. */
async function turnsUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve));
}

/** Serves `parts` one by one: each is written when the listener has all before it. */
async function eventsOf(parts: () => readonly Uint8Array[], times: number) {
  let response: ServerResponse;
  const server = await serve(answer => (response = streamHead(answer)));
  const results = [];
  for (let time = 0; time < times; time += 1) {
    const heard = listenTo(server.url);
    await turnsUntil(() => heard.calls.includes('open'));
    let sent = 0;
    for (const part of parts()) {
      response!.write(part);
      sent += part.length;
      await turnsUntil(() => heard.bytes >= sent);
    }
    response!.end();
    await heard.end;
    results.push(heard);
  }
  expect(server.requests).toHaveLength(times);
  return results;
}

describe.each([
  ['LF', '\n', ''],
  ['CRLF', '\r\n', ''],
  ['CR', '\r', ''],
  ['LF behind a byte order mark', '\n', '\ufeff'],
])('lines that end in %s', (_, lineEnd, mark) => {
  const bytes = Buffer.from(mark + lines.join(lineEnd));

  test('the events are the same wherever the bytes are cut in two', async () => {
    let cut = 0;
    const halves = () => {
      cut += 1;
      return [bytes.subarray(0, cut), bytes.subarray(cut)];
    };
    const results = await eventsOf(halves, bytes.length - 1);
    for (const [index, heard] of results.entries()) {
      expect(heard.events, `cut after byte ${index + 1}`).toEqual(expected);
      expect(heard.calls).toEqual(['open', ...expected.map(() => 'event'), 'end']);
    }
  });

  test('the events are the same when every byte comes alone', async () => {
    const [heard] = await eventsOf(() => [...bytes].map(byte => Uint8Array.of(byte)), 1);
    expect(heard!.events).toEqual(expected);
    expect(heard!.bytes).toBe(bytes.length);
  });
});

test('an event whose empty line never came is not handed out', async () => {
  const [heard] = await eventsOf(
    () => [Buffer.from('data: whole\n\nevent: half\ndata: half\n')],
    1,
  );
  expect(heard!.events).toEqual([['message', 'whole']]);
});

test('bytes that are no UTF-8 become stand-ins and end nothing', async () => {
  const bytes = Buffer.concat([Buffer.from('data: a'), Buffer.of(0xff), Buffer.from('b\n\n')]);
  const [heard] = await eventsOf(() => [bytes], 1);
  expect(heard!.events).toEqual([['message', 'a\ufffdb']]);
});

test('comments count as bytes and are no events', async () => {
  const [heard] = await eventsOf(() => [Buffer.from(': beat\n\n')], 1);
  expect(heard!.bytes).toBe(8);
  expect(heard!.calls).toEqual(['open', 'end']);
});
