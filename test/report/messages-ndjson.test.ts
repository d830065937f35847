// The messages as a file: a line on what they are, and a line each that any parser reads.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {messagesNdjson} from '../../source/report/messages-ndjson.ts';
import {inScope} from '../../source/ui/store/message-window.ts';
import {everything} from '../../source/wire/filter.ts';
import {readEvent} from '../../source/wire/message.ts';
import {modelAfter, opening, received, runEvents, start} from '../model/happenings.ts';
import {gap, later, whole} from './reports.ts';

interface Head extends Record<string, unknown> {
  readonly gaps: unknown;
}

function fileOf(events: Iterable<MonitorEvent>, scope?: string) {
  const {text, count} = messagesNdjson(modelAfter(events).snapshot(later(40)), inScope(scope), {
    written: later(60),
    monitor: 'https://monitor.example/swf-monitor',
    receiver: 'shift-torre1',
    scope,
  });
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  const [head, ...messages] = lines.map(line => JSON.parse(line) as unknown);
  return {text, count, head: head as Head, messages};
}

const raw = (name: string, data: string): MonitorEvent => {
  const read = readEvent(name, data);
  if (read.kind !== 'message') throw new Error('the server’s own');
  const {message} = read;
  return {kind: 'message', at: later(1), stream: 1, source: 'stream', name, data, message};
};

describe('the first line', () => {
  it('says what the file is, when it was so and written, and from where', () => {
    const filter = {...everything, types: ['stf_gen', 'end_run']};
    expect(fileOf([...opening(start, filter), ...whole], 'torre1').head).toEqual({
      swfmon: 'messages',
      written: '2026-11-23T19:19:28.000Z',
      as_of: '2026-11-23T19:19:08.000Z',
      monitor: 'https://monitor.example/swf-monitor',
      receiver: 'shift-torre1',
      namespace: 'torre1',
      filter,
      messages: 95,
      older_dropped: false,
      gaps: [],
    });
  });

  it('says in which times messages can be missing', () => {
    const [opened] = gap(later(36), later(39), 0);
    const events = [
      ...gap(later(2), later(4), 3),
      ...gap(later(12), later(20), undefined),
      opened!,
    ];
    const reason = 'the server ended the stream';
    expect(fileOf(events).head.gaps).toEqual([
      {from: '2026-11-23T19:18:30.000Z', to: '2026-11-23T19:18:32.000Z', reason, caught_up: 3},
      {from: '2026-11-23T19:18:40.000Z', to: '2026-11-23T19:18:48.000Z', reason, caught_up: null},
      {from: '2026-11-23T19:19:04.000Z', to: null, reason, caught_up: null},
    ]);
  });

  it('says when older messages are kept no more', () => {
    const flood = Array.from({length: 5001}, () => received({msg_type: 'a'}, later(1)));
    expect(fileOf(flood).head).toMatchObject({messages: 5000, older_dropped: true});
  });
});

describe('each other line', () => {
  it('is a message as its agent wrote it, in the order of the screen', () => {
    const {messages, count} = fileOf(whole);
    expect(messages).toEqual(whole.map(({message}) => message.content));
    expect(count).toBe(95);
  });

  it('is neither a gap nor a hole', () => {
    const hole: MonitorEvent = {
      kind: 'hole',
      at: later(3),
      runId: '100013',
      namespace: 'torre1',
      first: 1,
      last: 2,
    };
    expect(fileOf([...gap(later(1), later(2), 0), hole, ...whole.slice(0, 2)]).messages).toEqual(
      whole.slice(0, 2).map(({message}) => message.content),
    );
  });

  it('is of the scope, or of no namespace', () => {
    const other = runEvents({namespace: 'fastmon-dev', runNumber: 100014});
    const bare = received({msg_type: 'sse_test', namespace: null}, later(50));
    const {messages, count, head} = fileOf([...whole, ...other, bare], 'fastmon-dev');
    expect(messages).toEqual([...other, bare].map(({message}) => message.content));
    expect([count, head['messages'], head['namespace']]).toEqual([
      messages.length,
      messages.length,
      'fastmon-dev',
    ]);
  });

  it('is the raw text as a JSON text where the data was none', () => {
    expect(fileOf([raw('x', '{not json'), raw('y', '')]).messages).toEqual(['{not json', '']);
  });

  it('is one line of ASCII that holds the same value, whatever it is', () => {
    const content = fc.oneof(
      fc.json().filter(json => json.startsWith('{')),
      fc.string({unit: 'binary'}),
      fc.constantFrom('{"a":"\u001b[2J\u009b\u202e\u2028\\n"}', '\u001b]52;c;AAAA\u0007\n'),
    );
    fc.assert(
      fc.property(fc.array(content, {maxLength: 5}), datas => {
        const events = datas.map(data => raw('x', data));
        const {text, messages} = fileOf(events);
        expect(text).toMatch(/^[\n\u0020-\u007e]*$/);
        const contents = events.map(event => event.kind === 'message' && event.message.content);
        // JSON has no negative zero of its own in JavaScript's writing.
        expect(messages).toEqual(JSON.parse(JSON.stringify(contents)));
      }),
      {numRuns: 300},
    );
  });
});

it('has numbers as they were received', () => {
  const data = '{"msg_type":"x","rate":NaN,"most":Infinity,"job":12345678901234567890}';
  const snapshot = modelAfter([...opening(start), raw('x', data)]).snapshot(later(2));
  const about = {written: later(3), monitor: 'm', receiver: 'r', scope: undefined};
  const {text} = messagesNdjson(snapshot, inScope(undefined), about);
  expect(text.split('\n')[1]).toBe(data);
});
