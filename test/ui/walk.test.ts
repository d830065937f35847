// Somebody who knows nothing but `?`.
import {describe, expect, it} from 'vitest';
import {everything} from '../../source/wire/filter.ts';
import {twoRuns} from './scenes.ts';
import {Session} from './session.ts';

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
