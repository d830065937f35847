// Whatever a message carries: no row breaks, and nothing but styles and text reaches the terminal.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {EventOf} from '../../source/monitor-event.ts';
import {readEvent} from '../../source/wire/message.ts';
import {fuzzRuns} from '../sizes.ts';
import {later} from './scenes.ts';
import {misfits, Session} from './session.ts';

const snippet = fc.constantFrom(
  '\u001b[2J\u001b[H',
  '\u001b]52;c;AAAA\u0007',
  '\u009b31m',
  '\u202eevil\u202c',
  '\u2066x\u2069',
  'a\r\nb\tc\u0000',
  '漢字'.repeat(40),
  '👩‍👩‍👧‍👦👍🏽✈️1️⃣',
  '🇨🇭🇨',
  'Z̸̢̛͙͓͐a̸l̵g̷o̶',
  '\u200b\u200d\ufeff',
  '\ud800',
  'क्षि한글ก็ﷺ',
  'x'.repeat(3000),
);
const hostile = fc
  .array(fc.oneof(snippet, fc.string({unit: 'binary', maxLength: 10})), {maxLength: 4})
  .map(pieces => pieces.join(''));
const value = fc.oneof(
  {weight: 6, arbitrary: hostile},
  {weight: 1, arbitrary: fc.jsonValue()},
  {weight: 1, arbitrary: fc.constantFrom(-1, 1e21, 0.1, null, true, '7', 3)},
);
const type = fc.oneof(
  fc.constantFrom('run_imminent', 'start_run', 'stf_gen', 'stf_ready', 'end_run', 'heartbeat'),
  fc.constantFrom('processing_failed', 'error'),
  hostile,
);
const content = fc.record(
  {
    msg_type: type,
    processed_by: value,
    run_id: value,
    namespace: value,
    execution_id: value,
    sent_at: fc.oneof(value, fc.constant('2026-11-23T19:18:30+00:00')),
    sequence: value,
    state: value,
    substate: value,
    filename: value,
    message: value,
    total_stf_files: value,
  },
  {requiredKeys: []},
);
const event = fc
  .tuple(
    hostile,
    fc.oneof(
      content.map(fields => JSON.stringify(fields)),
      hostile,
    ),
  )
  .map(([name, data]): EventOf<'message'>[] => {
    const read = readEvent(name, data);
    if (read.kind !== 'message') return [];
    return [
      {
        kind: 'message',
        at: later(3),
        stream: 1,
        source: 'stream',
        name,
        data,
        message: read.message,
      },
    ];
  });

/** Styles taken away, what is left that a terminal could take for a command, or that turns text. */
const commands = (text: string) =>
  text
    .replaceAll(/\u001b\[[\d;]*m/g, '')
    .match(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    ) ?? [];

/** Ways to look at it: as it is, opened, the run's row and detail, the history, one namespace. */
const looks: readonly (readonly string[])[] = [
  [],
  ['up'],
  ['return'],
  ['return', 'G'],
  ['shift+tab'],
  ['shift+tab', 'return'],
  ['shift+tab', 's'],
  ['6'],
  ['A'],
  ['A', 'x'],
  ['c'],
  ['shift+tab', 'w'],
];

/** SWFMON_FUZZ_RUNS=n draws n frames at each size, after a hundred events each. */
const isFuzz = process.env['SWFMON_FUZZ_RUNS'] !== undefined;
const eventsARun = isFuzz ? 100 : 4;

describe('hostile content', () => {
  it.each([
    {columns: 80, rows: 24},
    {columns: 120, rows: 40},
    {columns: 200, rows: 30},
    {columns: 47, rows: 9},
  ])('neither breaks a row nor commands the terminal at $columns × $rows', size => {
    fc.assert(
      fc.property(
        fc.array(event, {minLength: isFuzz ? eventsARun : 1, maxLength: eventsARun}),
        fc.constantFrom(...looks),
        fc.boolean(),
        (events, keys, isAscii) => {
          const session = new Session({size, isAscii, hasColour: true}).hear(events.flat());
          session.press(...keys);
          expect(misfits(session)).toEqual([]);
          expect(session.frame.flatMap(commands)).toEqual([]);
          expect(!isAscii || /^[\n\u0020-\u007e]*$/.test(session.text)).toBe(true);
        },
      ),
      {numRuns: fuzzRuns},
    );
  });
});
