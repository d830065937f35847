// What the operator takes away, and the alerts: press, see, press.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Size} from '../../source/ui/store/layout.ts';
import {clipboardOf} from '../../source/terminal/clipboard.ts';
import {everything} from '../../source/wire/filter.ts';
import {readEvent, unreadable} from '../../source/wire/message.ts';
import {opening, received, start} from '../model/happenings.ts';
import {propertyRuns} from '../sizes.ts';
import {filled, later, lostAndRetrying, reopened, twoRuns} from './scenes.ts';
import {misfits, Session, type SessionOptions} from './session.ts';

const footer = ({rows}: Session) => rows.at(-1)?.trim();
const busy = (options: SessionOptions = {}) =>
  new Session({size: {columns: 120, rows: 40}, ...options}).hear(twoRuns());
const test = (text: string, at = later(37)) => received({msg_type: 'sse_test', message: text}, at);
const failed = (at = later(37), more: object = {}) =>
  received({msg_type: 'processing_failed', processed_by: 'proc-1', run_id: '100013', ...more}, at);
const last = <Item>(items: readonly Item[]): Item => {
  expect(items).not.toEqual([]);
  return items.at(-1)!;
};
const linesOf = (text: string) => text.trimEnd().split('\n');

describe('c copies', () => {
  it('the newest message while they follow, as tidy JSON', () => {
    const session = busy().press('c');
    expect(JSON.parse(last(session.copied))).toMatchObject({
      msg_type: 'resume_run',
      run_id: '100014',
    });
    expect(last(session.copied)).toMatch(/^\{\n {2}"/);
    expect(footer(session)).toBe('asked the terminal to copy the message resume_run');
  });

  it('the selected message, and the opened one whatever comes', () => {
    const session = busy().press('g', 'c');
    expect(JSON.parse(last(session.copied))).toMatchObject({msg_type: 'run_imminent'});
    session
      .press('escape', 'return')
      .hear([test('later')])
      .press('c');
    expect(JSON.parse(last(session.copied))).toMatchObject({msg_type: 'resume_run'});
  });

  it('the report on the selected run, and on the opened one', () => {
    const session = busy().press('shift+tab', 'c');
    expect(last(session.copied)).toMatch(/^# Run 100014 · fastmon-dev\n/);
    expect(footer(session)).toBe('asked the terminal to copy the report on run 100014');
    session.press('down', 'return', 'c');
    expect(last(session.copied)).toMatch(/^# Run 100013 · torre1\n/);
  });

  it('by way of tmux, if that is set so: in 80 columns', () => {
    const session = new Session({clipboard: clipboardOf('tmux')}).hear(twoRuns());
    expect(footer(session.press('shift+tab', 'c'))).toBe(
      'asked tmux (if set-clipboard is on) to copy the report on run 100014',
    );
  });

  it.each<[string, Session]>([
    ['a gap is selected', busy().hear(lostAndRetrying).press('up', 'down')],
    ['a gap is opened', busy().hear(lostAndRetrying).press('return')],
    ['the help is open', busy().press('?')],
    ['there is no message yet', new Session()],
    ['there is no run yet', new Session().press('shift+tab')],
  ])('nothing when %s, and says what to do', (_, session) => {
    session.press('c');
    expect(session.copied).toEqual([]);
    expect(footer(session)).toBe('select a message or a run to copy');
  });

  it('nothing when the terminal takes it not, and says why', () => {
    const session = busy();
    session.refusal = '80 kB is more than terminals take; w writes it to a file';
    expect(footer(session.press('c'))).toBe(
      'not copied: 80 kB is more than terminals take; w writes it to a file',
    );
  });

  it('what commands no terminal that it is pasted into, with its value kept', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), fc.boolean(), (evil, isJson) => {
        const session = new Session().hear([test(evil)]);
        if (!isJson) session.hear([{...test(''), message: unreadable('not JSON', '', evil)}]);
        session.press('c');
        const copied = last(session.copied);
        expect(copied).toMatch(/^[\n\u0020-\u007e]*$/);
        const content: unknown = JSON.parse(copied);
        expect(isJson ? (content as {message: string}).message : content).toBe(evil);
      }),
      {numRuns: propertyRuns(200)},
    );
  });
});

describe('w writes', () => {
  it('all messages kept, with filter and gaps in the first line', () => {
    const session = busy().hear(lostAndRetrying).hear(reopened).hear(filled).press('w');
    const {name, text} = last(session.written);
    expect(name).toBe('swfmon-messages-20261123T191919Z.ndjson');
    const [head, ...messages] = linesOf(text).map(line => JSON.parse(line) as unknown);
    expect(head).toMatchObject({
      swfmon: 'messages',
      monitor: 'https://pandaserver02.sdcc.bnl.gov/swf-monitor',
      receiver: 'shift-torre1',
      namespace: null,
      filter: everything,
      gaps: [{reason: 'the server ended the stream', caught_up: 4}],
    });
    expect(messages).toHaveLength(session.model.snapshot(0).health.messages);
    expect(footer(session)).toBe(`written to ./${name}: ${messages.length} messages`);
  });

  it.each<[string, readonly string[]]>([
    ['an opened message', ['return']],
    ['the help', ['?']],
    ['a selected gap', ['up', 'down']],
  ])('all messages from %s too', (_, keys) => {
    const session = busy()
      .hear(lostAndRetrying)
      .press(...keys, 'w');
    expect(last(session.written).name).toMatch(/^swfmon-messages-/);
  });

  it.each<[string, readonly string[]]>([
    ['the connection pane', ['tab']],
    ['its history', ['tab', 'return']],
  ])('the report on the shift from %s, and c copies it', (_, keys) => {
    const session = busy()
      .hear(lostAndRetrying)
      .press(...keys, 'w');
    const {name, text} = last(session.written);
    expect(name).toMatch(/^swfmon-shift-\d{8}T\d{6}Z\.md$/);
    expect(text).toMatch(/^# Shift from 2026-11-23 19:18:26 to /);
    expect(footer(session)).toBe(`written to ./${name}: the report on the shift`);
    expect(last(session.press('c').copied)).toBe(text);
  });

  it('the messages of the scope alone', () => {
    const session = busy({scope: 'torre1'}).press('w');
    const [head, ...messages] = linesOf(last(session.written).text).map(
      line => JSON.parse(line) as Record<string, unknown>,
    );
    expect(head).toMatchObject({namespace: 'torre1', messages: messages.length});
    expect(new Set(messages.map(({namespace}) => namespace))).toEqual(new Set(['torre1']));
  });

  it('the report on the selected run, and on the opened one', () => {
    const session = busy().press('shift+tab', 'w');
    const {name, text} = last(session.written);
    expect(name).toBe('swfmon-run-100014-20261123T191903Z.md');
    expect(text).toMatch(/^# Run 100014 · fastmon-dev\n/);
    expect(footer(session)).toBe(`written to ./${name}: the report on run 100014`);
    session.press('down', 'return', 'w');
    expect(last(session.written).text).toMatch(/^# Run 100013 · torre1\n/);
  });

  it('one message as one', () => {
    expect(footer(new Session().hear([test('a')]).press('w'))).toMatch(/: 1 message$/);
  });

  it('nothing when there is nothing yet, not even what the scope hides', () => {
    for (const session of [
      new Session().press('w'),
      new Session().press('shift+tab', 'w'),
      new Session().hear(opening(start)).hear(lostAndRetrying).press('w'),
      busy({scope: 'nobody'}).press('w'),
    ]) {
      expect(session.written).toEqual([]);
      expect(footer(session)).toBe('nothing to write yet');
    }
  });

  it('nothing when it cannot, and says why', () => {
    const session = busy();
    session.failure = new Error("EACCES: permission denied, open '/a/\u001b[2Jb'");
    expect(footer(session.press('w'))).toBe(
      "not written: EACCES: permission denied, open '/a/␛[2Jb'",
    );
    expect(misfits(session)).toEqual([]);
  });

  it('under a name without a path, whatever the run is called', () => {
    const runId = fc.oneof(
      fc.string({unit: 'binary', minLength: 1}),
      fc.constantFrom(
        '../../etc/passwd',
        '/etc/passwd',
        '..',
        '.',
        'C:\\x',
        'a\u0000b',
        '~',
        '-rf',
        '\u{e0100}',
      ),
      fc.constant('x'.repeat(400)),
    );
    fc.assert(
      fc.property(runId, run_id => {
        const session = new Session().hear([received({msg_type: 'start_run', run_id}, later(1))]);
        session.press('shift+tab', 'w');
        const {name} = last(session.written);
        expect(name).toMatch(/^swfmon-run-[\w.-]{1,40}-20261123T191829Z\.md$/);
        expect(footer(session)).toContain(`written to ./${name.slice(0, 40)}`);
        expect(misfits(session)).toEqual([]);
      }),
      {numRuns: propertyRuns(200)},
    );
  });
});

describe('times', () => {
  it('carry the day of the zone that they are told in', () => {
    // 22:30 at the lab, the next day in UTC.
    const night = Date.parse('2026-11-24T03:30:00Z');
    const session = new Session({time: 'lab'})
      .hear([received({msg_type: 'start_run', run_id: '7'}, night)])
      .press('shift+tab', 'w');
    const {text, name} = last(session.written);
    expect(text).toMatch(/on 2026-11-23 22:30:00, all times EST,/);
    expect(text).toMatch(/\| first seen +\| 22:29:59, in its middle/);
    expect(name).toContain('20261124T033000Z');
  });
});

describe('a paused view', () => {
  const paused = () =>
    busy()
      .press('space')
      .hear([
        received({msg_type: 'end_run', run_id: '100014', namespace: 'fastmon-dev'}, later(60)),
      ]);

  it('gives away the report as it was, and says so', () => {
    const session = paused().press('shift+tab', 'w');
    const {text, name} = last(session.written);
    expect(text).toMatch(/\| phase +\| running since 19:19:03, for 0\.0 s /);
    expect(text).toMatch(
      /Written by swfmon on 2026-11-23 19:19:28, all times UTC, as it was at 2026-11-23 19:19:03, when the view was paused/,
    );
    expect(name).toBe('swfmon-run-100014-20261123T191928Z.md');
    session.press('space', 'w');
    expect(last(session.written).text).toMatch(/\| phase +\| ended at 19:19:27 /);
    expect(last(session.written).text).not.toMatch(/paused,/);
  });

  it('gives away the messages that it shows', () => {
    const session = paused().press('w');
    const lines = linesOf(last(session.written).text);
    expect(lines.slice(1)).toHaveLength(159);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      written: '2026-11-23T19:19:28.000Z',
      as_of: '2026-11-23T19:19:03.520Z',
      messages: 159,
    });
    session.press('space', 'w');
    expect(linesOf(last(session.written).text)).toHaveLength(161);
  });

  it('shows alerts that come all the same, and lists them', () => {
    const session = busy().press('space').hear([failed()]);
    expect(session.rows[1]).toMatch(/processing_failed/);
    expect(session.press('A').rows[3]).toMatch(/processing_failed/);
    expect(session.press('x').rows[1]).not.toMatch(/processing_failed/);
    expect(session.rows[0]).toMatch(/PAUSED 1 new/);
  });
});

describe('alerts', () => {
  const sizes: readonly Size[] = [
    {columns: 80, rows: 24},
    {columns: 120, rows: 40},
    {columns: 60, rows: 15},
    {columns: 47, rows: 9},
  ];

  it.each(sizes)('take a line at $columns × $rows, and give it back', size => {
    const session = busy({size, hasColour: true});
    expect(session.store.getState().layout.hasAlerts).toBe(false);
    session.hear([failed(session.now)]);
    expect(session.rows[1]).toMatch(/^ \S 19:19:03 run 100013: processing_failed/);
    expect(misfits(session)).toEqual([]);
    session.press('x');
    expect(session.store.getState().layout.hasAlerts).toBe(false);
    expect(session.rows[1]).toMatch(/^[─▸] (Runs|Messages) ─/);
    expect(misfits(session)).toEqual([]);
  });

  it.each(sizes)('leave every screen filled exactly at $columns × $rows', size => {
    const looks = [
      [],
      ['A'],
      ['A', 'G'],
      ['return'],
      ['shift+tab'],
      ['z'],
      ['?'],
      ['A', 'x'],
      ['s'],
    ];
    for (const keys of looks) {
      const session = busy({size, hasColour: true})
        .hear([failed(later(37)), failed(later(38), {message: '漢字'.repeat(99)})])
        .press(...keys);
      expect(misfits(session)).toEqual([]);
      session.resize({columns: size.columns + 7, rows: size.rows + 3});
      expect(misfits(session)).toEqual([]);
    }
  });

  it('tell the newest that holds, and how many there are', () => {
    const session = busy().hear([failed(later(37)), test('x', later(60))]);
    expect(session.rows[1]).toMatch(/19:19:05 run 100013: processing_failed from proc-1/);
    expect(session.rows[1]).toMatch(/A list, x acknowledge/);
    const other = received({msg_type: 'daq_error', message: 'no beam', run_id: '7'}, later(61));
    session.hear([other]);
    expect(session.rows[1]).toMatch(/2 alerts · 19:19:29 run 7: daq_error: no beam/);
  });

  it('A lists them, newest first, with how often, and goes back', () => {
    const session = busy().hear([failed(later(37)), failed(later(38))]);
    session.hear([received({msg_type: 'daq_error', run_id: '7'}, later(39))]).press('A');
    expect(session.rows[2]).toMatch(/▸ Alerts, newest first/);
    expect(session.rows[3]).toMatch(/19:19:07 +\S run 7: daq_error +happened/);
    expect(session.rows[4]).toMatch(
      /19:19:06 +\S run 100013: processing_failed from proc-1 \(2 times\) +happened/,
    );
    expect(session.press('A').store.view.overlay).toBeUndefined();
    expect(session.press('A', 'escape').store.view.overlay).toBeUndefined();
  });

  it('A says so when there are none', () => {
    expect(busy().press('A').rows[2]).toMatch(/nothing is wrong, as far as the rules go/);
  });

  it('one that holds stays in the list when it is acknowledged, and goes when it is over', () => {
    const session = busy().hear([
      {
        kind: 'refused',
        at: later(40),
        reason: 'HTTP 401',
        remedy: 'check SWF_API_TOKEN',
        retryAt: later(100),
      },
    ]);
    session.wait(1);
    expect(session.rows[1]).toMatch(/refused: HTTP 401: check SWF_API_TOKEN/);
    session.press('x', 'A');
    expect(session.rows[1]).toMatch(/▸ Alerts/);
    expect(session.rows[2]).toMatch(/refused: .* so far, acknowledged/);
    session.hear(reopened.slice(0, 3)).wait(1);
    expect(session.rows[2]).toMatch(/nothing is wrong/);
  });

  it('one that is over is told as over until it is acknowledged', () => {
    const session = busy().hear([{kind: 'deaf', at: later(40), since: later(37), missing: 3}]);
    expect(session.rows[1]).toMatch(/the stream is deaf: REST has 3 messages/);
    session.hear([test('hears again', later(50))]);
    expect(session.rows[1]).toMatch(/the stream is deaf: .* \(over\)/);
    expect(session.press('x').rows[1]).toMatch(/Runs/);
  });

  it('x does no harm when there is nothing to acknowledge', () => {
    const session = busy();
    const before = session.rows;
    expect(session.press('x').rows.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(footer(session)).toBe('no alerts');
  });
});

describe('the bell', () => {
  it('b mutes it and lets it ring again, and says so', () => {
    const session = busy();
    expect(session.store.view.isMuted).toBe(false);
    expect(footer(session.press('b'))).toBe('the bell is mute');
    expect(session.store.view.isMuted).toBe(true);
    expect(footer(session.press('?', 'b'))).toBe('the bell rings for alerts');
    expect(session.store.view.isMuted).toBe(false);
  });
});

describe('numbers that JavaScript does not have', () => {
  const data = '{"msg_type":"x","rate":NaN,"most":-Infinity,"job":12345678901234567890}';
  const lines = ['"rate": NaN,', '"most": -Infinity,', '"job": 12345678901234567890'];
  const session = () => {
    const read = readEvent('x', data);
    if (read.kind !== 'message') throw new Error('the server’s own');
    const {message} = read;
    const event = {kind: 'message', at: later(37), stream: 1, source: 'stream', name: 'x'} as const;
    return busy().hear([{...event, data, message}]);
  };

  it.each(lines)('are copied as received: %s', line => {
    expect(last(session().press('c').copied)).toContain(`\n  ${line}`);
  });

  it.each(lines)('are shown as received: %s', line => {
    expect(session().press('return').rows.join('\n')).toContain(line);
  });

  it('are written as received', () => {
    expect(last(session().press('w').written).text.trimEnd().endsWith(data)).toBe(true);
  });
});
