// The filter sheet: chosen, typed, applied or left, and the filters on one key.
import {describe, expect, it} from 'vitest';
import {lifecycleTypes} from '../../source/model/lifecycle.ts';
import {everything} from '../../source/wire/filter.ts';
import {received} from '../model/happenings.ts';
import {later, twoRuns} from './scenes.ts';
import {misfits, Session} from './session.ts';

const size = {columns: 100, rows: 60};
const busy = () => new Session({size}).hear(twoRuns());
const footer = ({rows}: Session) => rows.at(-1)?.trim();
const cursorRow = ({rows}: Session) => rows.find((row, index) => index > 1 && row.includes('▸'));
/** Goes down to the row of `name`. */
function goTo(session: Session, name: string): Session {
  const isThere = () => cursorRow(session)?.includes(name) === true;
  for (let row = 0; row < 100 && !isThere(); row += 1) session.press('down');
  expect(cursorRow(session)).toContain(name);
  return session;
}

describe('the filter sheet', () => {
  it('shows what was seen, with counts, what is standard, and what is asked for', () => {
    const text = busy().press('f').text;
    expect(text).toMatch(/○ stf_gen {2}16\n/);
    expect(text).toMatch(/○ fastmon-agent-root-22 {2}70\n/);
    expect(text).toMatch(/○ 100014 {2}\d+\n/);
    expect(text).toMatch(/○ data_ready\n/);
    expect(text).not.toContain('stf_datataking-agent');
  });

  it('asks for nothing until it is applied, and then for all of it at once', () => {
    const session = busy().press('f');
    goTo(session, 'stf_ready').press('space');
    goTo(session, 'data-agent-root-21').press('space');
    goTo(session, '100014').press('space');
    expect(session.filters).toEqual([]);
    session.press('return');
    expect(session.filters).toEqual([
      {types: ['stf_ready', ...lifecycleTypes], agents: ['data-agent-root-21'], runs: ['100014']},
    ]);
    expect(session.store.view.overlay).toBeUndefined();
  });

  it('is left as it was with Esc, and says when nothing has changed', () => {
    const session = busy().press('f', 'space', 'escape');
    expect(session.filters).toEqual([]);
    expect(footer(session.press('f', 'return'))).toBe('the filter is as it was');
  });

  it('begins with the filter in force, and takes out what is in it', () => {
    const session = busy().press('1', '2');
    const asked = session.filters.at(-1)!;
    expect(asked.types).toEqual(['stf_gen', 'stf_ready', ...lifecycleTypes]);
    session.press('f');
    expect(session.text).toMatch(/◉ stf_gen[^]*◉ stf_ready/);
    goTo(session, 'stf_gen').press('space', 'return');
    expect(session.filters.at(-1)).toEqual({
      ...everything,
      types: ['stf_ready', ...lifecycleTypes],
    });
  });

  it('takes names that are typed or pasted, and refuses what no name can be', () => {
    const session = goTo(busy().press('f'), 'another …').press('return');
    session.type('quick_type');
    expect(footer(session)).toContain('ask for: quick_type');
    session.press('return');
    expect(cursorRow(session)).toContain('◉ quick_type');
    session.press('down').press('return');
    session.store.paste('one, two\nthree');
    session.press('return');
    expect(session.text).toMatch(/◉ one\n[^]*◉ two\n[^]*◉ three\n/);
    session.press('pagedown');
    goTo(session, 'another …').press('return', 'ä', 'return');
    expect(footer(session)).toBe('ä: no such name can be asked for');
    session.press('return', 'escape');
    expect(session.store.view.overlay?.kind).toBe('filter');
  });

  it('goes from section to section by pages, and keeps the cursor in sight', () => {
    const session = new Session({size: {columns: 80, rows: 20}}).hear(twoRuns()).press('f');
    for (const key of ['pagedown', 'pagedown', 'end', 'home', 'pageup', 'down', 'up']) {
      session.press(key);
      expect(cursorRow(session)).toBeDefined();
      expect(misfits(session)).toEqual([]);
    }
  });
});

describe('a filter on one key', () => {
  it('r asks for the selected run, and again for all', () => {
    const session = busy().press('shift+tab', 'r');
    expect(session.filters.at(-1)).toEqual({...everything, runs: ['100014']});
    session.press('r');
    expect(session.filters.at(-1)).toEqual(everything);
  });

  it('a asks for the agent of the selected message, by processed_by alone', () => {
    const session = busy();
    expect(footer(session.press('a'))).toContain('carries no processed_by');
    expect(session.filters).toEqual([]);
    session.press('up', 'a');
    expect(session.filters.at(-1)?.agents).toEqual(['fastmon-agent-root-22']);
    session.press('return', 'a');
    expect(session.filters.at(-1)?.agents).toEqual([]);
  });

  it('says what it cannot ask for', () => {
    const odd = received({msg_type: 'x', run_id: 'a,b', processed_by: 'a b'}, later(40));
    const session = busy().hear([odd]);
    expect(footer(session.press('r'))).toBe('a,b: no such run can be asked for');
    expect(footer(session.press('a'))).toBe('a b: no such name can be asked for');
    const bare = busy().hear([received({msg_type: 'x'}, later(40))]);
    expect(footer(bare.press('r'))).toBe('the selection names no run');
    expect(footer(new Session().press('a'))).toBe('select a message of the agent');
  });
});
