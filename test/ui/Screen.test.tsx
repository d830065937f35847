// What stands on the screen, and where, as its size and the view change.
import {describe, expect, it} from 'vitest';
import {Screen} from '../../source/ui/components/Screen.tsx';
import {received} from '../model/happenings.ts';
import {DrawnPart, sessionHere} from './drawn.tsx';
import {later, twoRuns} from './scenes.ts';

const busy = () => sessionHere().hear(twoRuns());
const titles = ({rows}: DrawnPart) =>
  rows.flatMap(row => /^[─▸] (\w+)(?: .*)?─$/.exec(row)?.[1] ?? []);
const small = 'too small a terminal';

describe('the screen', () => {
  it('has the header above, the panes, and the filter and the keys below', () => {
    const drawn = new DrawnPart(busy(), Screen);
    expect(drawn.rows).toHaveLength(30);
    expect(drawn.rows[0]).toMatch(/^ ● LIVE /);
    expect(titles(drawn)).toEqual(['Runs', 'Messages', 'Connection']);
    expect(drawn.rows.at(-2)).toMatch(/^ 1○/);
    expect(drawn.rows.at(-1)).toMatch(/^ \? help /);
  });

  it('makes room for an alert below the header, and takes it back', () => {
    const session = busy();
    const drawn = new DrawnPart(session, Screen);
    session.hear([received({msg_type: 'daq_error', message: 'no beam'}, later(37))]);
    expect(drawn.now().rows[1]).toMatch(/^ ▲ .*no beam/);
    expect(drawn.rows).toHaveLength(30);
    expect(drawn.rows.at(-1)).toMatch(/^ \? help /);
    session.press('x');
    expect(drawn.now().rows[1]).toMatch(/^─ Runs /);
  });

  it('shows what is open in place of the panes, and the panes again', () => {
    const session = busy().press('?');
    const drawn = new DrawnPart(session, Screen);
    expect(titles(drawn)).toEqual(['Keys']);
    expect(drawn.rows[0]).toMatch(/LIVE/);
    expect(drawn.rows.at(-1)).toMatch(/Esc back/);
    session.press('escape');
    expect(titles(drawn.now())).toEqual(['Runs', 'Messages', 'Connection']);
  });

  it('scrolls what is open', () => {
    const session = busy().press('?');
    const drawn = new DrawnPart(session, Screen);
    const first = drawn.rows[2];
    session.press('down');
    expect(drawn.now().rows[2]).not.toBe(first);
    session.press('up');
    expect(drawn.now().rows[2]).toBe(first);
  });

  it('has the focused pane alone where it is low or zoomed', () => {
    const session = busy().press('z');
    const drawn = new DrawnPart(session, Screen);
    expect(titles(drawn)).toEqual(['Messages']);
    session.press('z').resize({columns: 100, rows: 12});
    expect(titles(drawn.now())).toEqual(['Messages']);
    expect(drawn.rows).toHaveLength(12);
    session.press('tab');
    expect(titles(drawn.now())).toEqual(['Connection']);
  });

  it('has nothing but its state in a word on a terminal that is too small, and all again', async () => {
    const session = busy().resize({columns: 39, rows: 30});
    const drawn = new DrawnPart(session, Screen);
    expect(drawn.rows[0]).toBe(`● LIVE (${small})`);
    expect(await drawn.looks()).toBe('      green «● LIVE»');
    expect(drawn.rows.slice(1).join('')).toBe('');
    session.resize({columns: 100, rows: 7});
    expect(drawn.now().rows).toEqual([`● LIVE (${small})`, ...Array<string>(6).fill('')]);
    session.resize({columns: 5, rows: 1});
    expect(drawn.now().rows).toEqual(['● LI…']);
    session.resize({columns: 100, rows: 30});
    expect(titles(drawn.now())).toEqual(['Runs', 'Messages', 'Connection']);
  });

  it('gives its theme to all that is on it', () => {
    const session = sessionHere({isAscii: true}).hear(twoRuns());
    expect(new DrawnPart(session, Screen).text).toMatch(/^[\n -~]*$/);
  });
});
