// Somebody who knows nothing but `?`, and a walk through all keys in any order.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {keyTable} from '../../source/screen/key-table.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {everything} from '../../source/wire/filter.ts';
import {everyAlert, everyState, lostAndRetrying, reopened, tenRuns, twoRuns} from './scenes.ts';
import {misfits, Session} from './session.ts';

/** The key that the help names for what its line says. */
function keyFor(session: Session, words: string): string {
  const lines: string[] = [];
  session.press('?');
  for (let page = 0; page < 5; page += 1) {
    lines.push(...session.rows);
    session.press('pagedown');
  }
  session.press('?');
  const line = lines.find(row => row.includes(words));
  expect(line, `help on “${words}”`).toBeDefined();
  return line!.trim().split(/ +/)[0]!;
}

describe('a stranger with the help alone', () => {
  it.each([
    {columns: 80, rows: 24},
    {columns: 120, rows: 40},
  ])('filters to a run, finds a message, copies it and gets back, at $columns × $rows', size => {
    const session = new Session({size}).hear(twoRuns());
    expect(session.rows.at(-1)).toContain('? help');

    // To the run of the selected message: the newest is of 100014.
    session.press(keyFor(session, 'selected run alone'));
    expect(session.filters.at(-1)?.runs).toEqual(['100014']);
    session.hear([
      {kind: 'filter-changed', at: session.now, filter: session.filters.at(-1)!},
      {
        kind: 'opened',
        at: session.now,
        stream: 2,
        filter: session.filters.at(-1)!,
        serverTime: undefined,
      },
    ]);
    expect(session.text).toContain('Asked for runs 100014');

    session.press(keyFor(session, 'search what is shown')).type('pause_run').press('return');
    const found = session.rows.find(row => /^▸[ +]\d/.test(row));
    expect(found).toMatch(/pause_run +100014/);
    session.press('return');
    expect(session.text).toContain('Message pause_run');

    session.press(keyFor(session, 'copy the selected message'));
    expect(JSON.parse(session.copied[0]!)).toMatchObject({msg_type: 'pause_run', run_id: '100014'});

    session.press('escape', 'escape', 'G');
    session.press(keyFor(session, 'ask the server for everything'));
    expect(session.filters.at(-1)).toEqual(everything);
    expect(session.store.view.overlay).toBeUndefined();
    expect(session.text).toContain('following');
  });
});

const scenes: readonly (readonly MonitorEvent[])[] = [
  twoRuns(),
  everyState(),
  tenRuns(),
  everyAlert(),
  lostAndRetrying,
  reopened,
];

/** SWFMON_PRESSES=n presses so many keys in all. */
const presses = Number(process.env['SWFMON_PRESSES'] ?? 10_000);
const walkLength = 100;

const step = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .constantFrom(
        ...keyTable.flatMap(({keys}) => keys),
        ...Array.from('abc/.('),
        'backspace',
        'ctrl+u',
      )
      .map(key => (session: Session) => session.press(key)),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        columns: fc.integer({min: 1, max: 300}),
        rows: fc.integer({min: 1, max: 100}),
      })
      .map(size => (session: Session) => session.resize(size)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...scenes), fc.nat(60)).map(
      ([scene, from]) =>
        (session: Session) =>
          session.hear(scene.slice(from, from + 40)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({min: 1, max: 400}).map(time => (session: Session) => session.wait(time)),
  },
  {
    weight: 1,
    arbitrary: fc.string().map(text => (session: Session) => {
      session.store.paste(text);
      return session;
    }),
  },
);

it(
  'any keys in any order leave the screen as a fresh one of the same state',
  {timeout: 600_000},
  () => {
    fc.assert(
      fc.property(
        fc.array(step, {minLength: walkLength, maxLength: walkLength, size: 'max'}),
        fc.boolean(),
        (steps, isAscii) => {
          const session = new Session({isAscii}).hear(twoRuns());
          for (const take of steps) {
            take(session);
            expect(misfits(session)).toEqual([]);
            expect(session.frame).toEqual(session.freshFrame);
          }
        },
      ),
      {numRuns: Math.ceil(presses / walkLength)},
    );
  },
);
