// The last line: keys as there is room, a notice, or what is typed.
import {describe, expect, it} from 'vitest';
import {Footer} from '../../source/ui/components/Footer.tsx';
import {keyTable} from '../../source/ui/keys/key-table.ts';
import {widthOf} from '../../source/ui/text.ts';
import {DrawnPart, sessionHere} from './drawn.tsx';
import {twoRuns} from './scenes.ts';

const busy = () => sessionHere().hear(twoRuns());
const hints = keyTable.flatMap(({hint, spareHint}) => [hint, spareHint]);

describe('the footer', () => {
  it('has whole hints, the more the wider the terminal is', () => {
    const session = busy();
    const drawn = new DrawnPart(session, Footer);
    let most = 0;
    for (let columns = 40; columns <= 100; columns += 1) {
      session.resize({columns, rows: 24});
      const {text, rows} = drawn.now();
      expect(rows).toHaveLength(1);
      expect(text.length).toBeLessThanOrEqual(columns);
      const shown = text.trim().split('  ');
      for (const hint of shown) expect(hints).toContain(hint);
      expect(shown.length).toBeGreaterThanOrEqual(most);
      most = shown.length;
    }
    expect(most).toBeGreaterThan(8);
  });

  it('has keys in bold and words dim, those that are valid where the operator is', async () => {
    const session = busy();
    const drawn = new DrawnPart(session, Footer);
    expect(await drawn.looks()).toContain('bold «Enter»  dim «open»');
    expect(drawn.text).not.toContain('Esc back');
    session.press('f');
    expect(await drawn.now().looks()).toContain('bold «Space»  dim «toggle»');
    expect(drawn.text).toContain('Esc back');
    expect(drawn.text).not.toContain('Enter open');
  });

  it('says what a key could not do, until the next', async () => {
    const session = busy().press('y');
    const drawn = new DrawnPart(session, Footer);
    expect(await drawn.looks()).toBe('      yellow «y does nothing here; ? shows the keys»');
    session.press('up');
    expect(drawn.now().text).not.toContain('y does nothing');
  });

  it('cuts a notice that is longer than the terminal', () => {
    const session = busy();
    session.failure = new Error(`EACCES: '/${'漢'.repeat(80)}'`);
    const {rows} = new DrawnPart(session.press('w'), Footer);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/^ not written: EACCES: '\/漢+…$/);
  });

  it('shows what is typed with a cursor, and what Enter does', async () => {
    const session = busy().press('/').type('stf');
    const drawn = new DrawnPart(session, Footer);
    expect(drawn.text).toMatch(/^ \/stf {3,}Enter finds;/);
    expect(await drawn.looks()).toMatch(/bold «\/» {2}inverse «» {2}dim «Enter finds/);
    session.press('backspace').type('x');
    expect(drawn.now().text).toMatch(/^ \/stx {3,}Enter/);
    session.press('escape');
    expect(drawn.now().text).toMatch(/^ \? help/);
  });

  it('keeps the end of what is typed in sight, however wide, and gives it the hint’s room', () => {
    const session = busy().press('m');
    const drawn = new DrawnPart(session, Footer);
    for (let length = 1; length <= 70; length += 1) {
      session.press('漢');
      const {text, rows} = drawn.now();
      expect(rows).toHaveLength(1);
      expect(widthOf(text)).toBeLessThanOrEqual(100);
      expect(text).toContain(length < 46 ? `mark: ${'漢'.repeat(length)}` : '漢'.repeat(45));
    }
    expect(drawn.text).toMatch(/^ mark: …漢+$/);
  });

  it('never cuts what Enter does inside a word', () => {
    const session = busy().press('/');
    const drawn = new DrawnPart(session, Footer);
    const [, whole = ''] = drawn.text.split(/ {2,}/);
    const words = whole.split(' ');
    for (let length = 1; length <= 99; length += 1) {
      session.press('z');
      const right = drawn.now().text.split(/z+ */)[1] ?? '';
      const shown = right.replace(/ ?…$/, '').split(' ').filter(Boolean);
      expect(shown).toEqual(words.slice(0, shown.length));
    }
  });

  it('reads in ASCII too', () => {
    const session = sessionHere({isAscii: true}).press('/').type('é');
    expect(new DrawnPart(session, Footer).text).toMatch(/^ \/\? +Enter finds; \/~\/ [ -~]+$/);
  });
});
