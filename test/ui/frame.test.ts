// Frames: every row as wide as its place, together as high as the terminal, at every size.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {stripVTControlCharacters} from 'node:util';
import {keyTable} from '../../source/ui/keys/key-table.ts';
import type {Size} from '../../source/ui/store/layout.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {everything} from '../../source/wire/filter.ts';
import {opening, received, runEvents, start} from '../model/happenings.ts';
import {isLong, propertyRuns} from '../sizes.ts';
import {beat, filled, later, lostAndRetrying, quiet, refused, reopened, twoRuns} from './scenes.ts';
import {misfits, Session} from './session.ts';

const scenes: Readonly<Record<string, readonly MonitorEvent[]>> = {
  'nothing yet': [],
  'two runs': twoRuns(),
  'a lost stream': [...twoRuns(), ...lostAndRetrying],
  'a gap': [...twoRuns(), ...lostAndRetrying, ...reopened],
  'an alert': [...twoRuns(), received({msg_type: 'processing_failed'}, later(36))],
  'a quiet stream': [...twoRuns(), quiet],
  'a refusal': refused,
  'an agents filter': twoRuns({...everything, agents: ['fastmon-agent-root-22']}),
};
const sizes: readonly Size[] = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 200, rows: 60},
  {columns: 60, rows: 15},
];

describe.each(Object.keys(scenes))('with %s', scene => {
  it.each(isLong ? sizes : sizes.slice(0, 1))('$columns × $rows is filled exactly', size => {
    for (const keys of [
      [],
      ['?'],
      ['return'],
      ['tab', 'return'],
      ['tab', 'tab', 'return'],
      ['s'],
      ['z'],
    ]) {
      const session = new Session({size, hasColour: true}).hear(scenes[scene]!).press(...keys);
      expect(misfits(session)).toEqual([]);
    }
  });
});

it('any size is filled exactly, after any keys', () => {
  const size = fc.record({
    columns: fc.integer({min: 1, max: 300}),
    rows: fc.integer({min: 1, max: 100}),
  });
  const keys = fc.array(fc.constantFrom(...keyTable.flatMap(({keys}) => keys)), {maxLength: 6});
  const scene = fc.constantFrom(...Object.keys(scenes));
  fc.assert(
    fc.property(size, keys, scene, fc.boolean(), (size, pressed, scene, isAscii) => {
      const session = new Session({size, isAscii}).hear(scenes[scene]!).press(...pressed);
      expect(misfits(session)).toEqual([]);
      expect(!isAscii || /^[\n\u0020-\u007e]*$/.test(session.text)).toBe(true);
    }),
    {numRuns: propertyRuns(200)},
  );
});

it('a terminal too small for panes has the state in its first line and nothing else', () => {
  const session = new Session({size: {columns: 39, rows: 24}}).hear(twoRuns());
  expect(session.rows[0]?.trimEnd()).toBe('● LIVE (too small a terminal)');
  expect(session.rows.slice(1).join('').trim()).toBe('');
});

describe('without colour', () => {
  it('no colour is sent, and the state is still a word', () => {
    const session = new Session().hear(twoRuns()).hear(lostAndRetrying);
    expect(session.rows[0]).toMatch(/RETRYING/);
    // Foreground and background colours; bold, dim and inverse stay.
    expect(session.frame.join('')).not.toMatch(/\u001b\[[349]\d(;|m)/);
  });

  it('the same is told as with colours', () => {
    const coloured = new Session({hasColour: true}).hear(twoRuns()).hear(lostAndRetrying);
    const plain = new Session().hear(twoRuns()).hear(lostAndRetrying);
    expect(coloured.frame.join('')).toMatch(/\u001b\[33m/);
    expect(coloured.rows).toEqual(plain.rows);
  });
});

describe('what a frame says', () => {
  const factsOf = (session: Session) => session.rows.join('\n');
  const wide: Size = {columns: 120, rows: 40};

  it('a stream that is lost is not told as open', () => {
    const session = new Session({size: wide}).hear(twoRuns()).hear(lostAndRetrying);
    expect(factsOf(session)).toMatch(/stream +not open/);
    expect(factsOf(session.hear(reopened))).toMatch(/stream +opened 0s ago/);
  });

  it('the time to go of a run joined late counts from its last STF, not from how many were seen', () => {
    const events = runEvents();
    const sixth = events.findIndex(
      ({message}) => message.type === 'stf_gen' && message.sequence === 6,
    );
    const eighth = events.findIndex(
      ({message}) => message.type === 'stf_gen' && message.sequence === 8,
    );
    const session = new Session()
      .hear(opening(start))
      .hear(twoRuns().filter(({kind}) => kind === 'execution'))
      .hear(events.slice(sixth, eighth + 1));
    // Two more at 2.4 s each.
    expect(session.pane('runs')).toMatch(/-0:04/);
  });

  it('missing, repeated and unequal totals are told of each run', () => {
    const events = runEvents().filter(
      ({message}) => message.type !== 'stf_gen' || message.sequence !== 4,
    );
    const again = events.find(({message}) => message.type === 'stf_gen')!;
    const session = new Session({size: {columns: 200, rows: 60}}).hear([...events, again]);
    expect(stripVTControlCharacters(session.pane('runs'))).toMatch(
      /1 STF missing end_run says 10 STFs 1 doubl/,
    );
  });

  describe('of a run’s state, where the stream does not show it', () => {
    const told = (state: string, changedAt: number, at: number): MonitorEvent => ({
      kind: 'run-state',
      at,
      state: {
        runId: '100013',
        phase: 'physics',
        state,
        substate: undefined,
        changedAt,
        slices: {created: 0, completed: 0, failed: 0},
      },
    });
    const agents = {...everything, agents: ['data-agent-root-21']};
    const ready = runEvents().filter(({message}) => message.type === 'stf_ready');
    const large: Size = {columns: 200, rows: 60};
    const runRow = ({rows}: Session) => rows.find(row => /^..100013 /.test(row)) ?? '';

    it('is what REST says, in doubt, for as long as it was read to be so', () => {
      const session = new Session({size: large}).hear(opening(start, agents)).hear(ready);
      expect(runRow(session)).toMatch(/·─·─·─· seen +0:23 /);
      session.hear([told('running', start + 8100, later(31))]);
      expect(runRow(session)).toMatch(/·─·─·─· taking data\? +0:22 .*taking data by REST/);
    });

    it('is what REST says when the run has gone on unseen', () => {
      const session = new Session({size: large})
        .hear(opening(start))
        .hear(runEvents().slice(0, 20));
      session.hear([told('running', start + 8100, later(15))]);
      expect(runRow(session)).toMatch(/ run\/physics +0:06 /);
      session.hear([told('ended', later(31), later(40))]);
      expect(runRow(session)).toMatch(/ ended +0:09 .*ended by REST/);
    });

    it('is what the stream shows, once it does', () => {
      const session = new Session({size: large}).hear(opening(start)).hear(ready.slice(0, 1));
      session.hear([told('running', start + 8100, later(11))]);
      session.hear([received({msg_type: 'pause_run', run_id: '100013'}, later(21))]);
      expect(runRow(session)).toMatch(/ paused +0:00 /);
      expect(runRow(session)).not.toMatch(/REST/);
    });
  });

  it('a run of a frozen view has lasted as long as when it was frozen', () => {
    const session = new Session({size: {columns: 120, rows: 40}}).hear(twoRuns()).press('space');
    const row = () => session.rows.find(line => line.startsWith('  100014'));
    const frozen = row();
    session.hear([beat(200)]).wait(1);
    expect(row()).toBe(frozen);
    session.press('space');
    expect(row()).not.toBe(frozen);
  });

  it('the runs of a stream that is lost stand as they were heard of last', () => {
    const session = new Session().hear(twoRuns()).hear(lostAndRetrying);
    expect(session.rows[1]).toMatch(/2 seen, as of 19:19:03 ─/);
    expect(session.hear(reopened).rows[1]).not.toMatch(/as of/);
  });

  it('half a clock is none', () => {
    for (let columns = 40; columns < 120; columns += 1) {
      const session = new Session({size: {columns, rows: 24}}).hear(twoRuns()).press('space');
      expect(session.rows[0]).toMatch(/(?:19:19:03 UTC|not yet|ago) *$/);
    }
  });

  it('a connection on its way says to where and with which filter', () => {
    const filter = {...everything, runs: ['100013']};
    const session = new Session().hear(opening(start, filter).slice(0, 1));
    expect(session.rows[0]).toMatch(/CONNECTING +to pandaserver02.sdcc.bnl.gov for runs 100013 /);
  });

  it('what the monitor has sent is held against what came', () => {
    const counted = (sent: number): MonitorEvent => ({
      kind: 'sent-count',
      at: later(40),
      stream: 1,
      sent,
      arrived: 159,
      bytes: 900,
    });
    const session = new Session({size: {columns: 120, rows: 40}}).hear(twoRuns());
    expect(session.text).toMatch(/sent +not asked yet/);
    expect(session.hear([counted(160)]).wait(5).text).toMatch(/sent +160, came 159, 5s ago/);
    expect(session.text).toMatch(/REST load +1 requests, 900 B/);
    const unknown: MonitorEvent = {kind: 'sent-count-unknown', at: later(41), reason: 'HTTP 404'};
    expect(session.hear([unknown]).text).toMatch(/sent +not known: HTTP 404/);
    expect(session.hear(reopened).text).toMatch(/sent +not asked yet/);
  });

  it('an opened gap says how long it was, why, and what became of it', () => {
    const session = new Session().hear(twoRuns()).hear(lostAndRetrying).press('return').wait(3);
    const rows = () => session.rows.slice(2, 7).map(row => row.trim().replaceAll(/ +/g, ' '));
    expect(rows().slice(0, 4)).toEqual([
      'from 19:19:04 2026-11-23T19:19:04.000Z 4s ago',
      'lasted 4.0 s so far',
      'why the server ended the stream',
      'filled REST is asked when a stream is back',
    ]);
    session.hear(reopened).hear(filled);
    expect(rows()).toEqual([
      'from 19:19:04 2026-11-23T19:19:04.000Z 15s ago',
      'to 19:19:18 2026-11-23T19:19:18.000Z 1s ago',
      'lasted 14 s',
      'why the server ended the stream',
      'filled 4 messages caught up from REST; the agents’ messages cannot be had',
    ]);
  });

  it('a key that has nothing to do says so', () => {
    const session = new Session().hear(twoRuns());
    const saidTo = (...keys: readonly string[]) =>
      session
        .press(...keys)
        .rows.at(-1)
        ?.trim();
    expect(saidTo('escape')).toBe('nothing is open; q quits');
    expect(saidTo('0')).toBe('no filter is on');
    expect(session.filters).toEqual([]);
    expect(saidTo('9')).toBe('no message type on key 9 yet');
    expect(saidTo('n')).toBe('/ searches first');
    expect(saidTo('x')).toBe('no alerts');
    expect(saidTo('left')).toBe('left does nothing here; ? shows the keys');
  });

  it('a gap is drawn to the end of its row', () => {
    const session = new Session({size: {columns: 200, rows: 60}})
      .hear(lostAndRetrying)
      .hear(reopened);
    const gap = stripVTControlCharacters(session.pane('messages')).split('\n')[1]!;
    expect(gap).toMatch(/^▸ ╌╌╌ gap of 0:14 from 19:19:04; REST is being asked: .* ╌+$/);
  });

  it('a clock skew is told to the second where the Date header alone tells it', () => {
    const opened = {kind: 'opened', at: start, stream: 1, filter: everything} as const;
    const session = new Session({size: {columns: 160, rows: 60}}).hear([
      {...opened, serverTime: start + 5400},
    ]);
    expect(session.text).toMatch(/clock skew +about \+5 s/);
    session.hear([beat(1)]);
    expect(session.text).toMatch(/clock skew +[+-]\d\.\d s/);
  });

  it('dropped messages are told', () => {
    const flood = Array.from({length: 5100}, () => received({msg_type: 'a'}, later(1)));
    expect(new Session().hear(flood).rows.join('\n')).toMatch(
      /5100 received, the newest 5000 kept, following/,
    );
  });

  it('unreadable data is told', () => {
    expect(new Session().hear([received({msg_type: null}, later(1))]).rows.join('\n')).toMatch(
      /1 received, 1 unreadable/,
    );
  });

  it('more runs than rows follow the selection', () => {
    const runs = Array.from({length: 30}, (_, n) =>
      received({msg_type: 'start_run', run_id: `r${n}`}, later(n)),
    );
    const session = new Session().hear(runs).press('shift+tab');
    const selected = () => session.rows.find(row => row.startsWith('▸»'));
    expect(selected()).toMatch(/r29/);
    session.press(...Array<string>(20).fill('j'));
    expect(selected()).toMatch(/r9 /);
    expect(session.press('G').rows.find(row => row.startsWith('▸»'))).toMatch(/r0 /);
    expect(misfits(session)).toEqual([]);
  });
});
