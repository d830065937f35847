// What a frame costs the terminal, and that it shows it: counted in bytes, read by an emulator.
import {stripVTControlCharacters} from 'node:util';
import * as fc from 'fast-check';
import xterm from '@xterm/headless';
import {describe, expect, it} from 'vitest';
import {readScreen, showRows} from '../../scripts/terminal-screen.ts';
import {widthOf} from '../../source/screen/row.ts';
import {Painter} from '../../source/terminal/painter.ts';
import {scrollBetween} from '../../source/terminal/scroll.ts';
import {received} from '../model/happenings.ts';
import {twoRuns} from '../screen/scenes.ts';
import {Session} from '../screen/session.ts';

const rowsOf = (text: string) => text.split('').map(letter => letter.repeat(4));
const middle = {columns: 120, rows: 40};

describe('a scroll', () => {
  it.each([
    ['abcdefgh', 'bcdefghX', {top: 0, bottom: 7, by: 1}],
    ['abcdefgh', 'Xabcdefg', {top: 0, bottom: 7, by: -1}],
    ['HabcdefF', 'HcdefXYF', {top: 1, bottom: 6, by: 2}],
    ['HabcdefF', 'GbcdefXF', {top: 1, bottom: 6, by: 1}],
  ])('from %s to %s is found', (before, after, scroll) => {
    expect(scrollBetween(rowsOf(before), rowsOf(after))).toEqual(scroll);
  });

  it.each([
    ['nothing moved', 'abcdef', 'abcdef'],
    ['few rows moved', 'abcdef', 'bcXYZV'],
    ['blank rows moved', 'a     ', '     b'],
    ['more would be moved away', 'abcXYZWVUdef', 'defXYZWVUabc'],
  ])('is none when %s', (_, before, after) => {
    expect(scrollBetween(rowsOf(before), rowsOf(after))).toBeUndefined();
  });
});

describe('a frame', () => {
  const live = () => {
    const session = new Session({size: middle, hasColour: true}).hear(twoRuns());
    const painter = new Painter();
    painter.paint(session.frame);
    const cost = () => Buffer.byteLength(painter.paint(session.frame));
    return {session, cost};
  };

  it('that is shown costs nothing', () => {
    const {cost} = live();
    expect(cost()).toBe(0);
  });

  it('of a new second costs what the clock and the ages take', () => {
    const {session, cost} = live();
    session.wait(1);
    cost();
    session.wait(1);
    expect(cost()).toBeLessThan(250);
  });

  it('with one message more costs about its line', () => {
    const {session, cost} = live();
    const line = {msg_type: 'stf_gen', run_id: '100014', namespace: 'fastmon-dev', sequence: 7};
    session.hear([received({...line, filename: 'swf.100014.000007.stf'}, session.now)]);
    expect(cost()).toBeLessThan(600);
  });
});

it('a character that the terminal counts otherwise moves nothing behind it', async () => {
  const terminal = new xterm.Terminal({cols: 20, rows: 1, allowProposedApi: true});
  const painter = new Painter();
  for (const frame of [['🙂 a'], ['🙂 ab']]) {
    await new Promise<void>(resolve => terminal.write(painter.paint(frame), resolve));
  }
  const [row] = readScreen(terminal);
  // The emulator knows the emoji in one column, we count two.
  expect(row!.flatMap(({cells}) => cells).slice(3, 5)).toEqual(['a', 'b']);
});

it('any frames, one after the other, are shown cell by cell', async () => {
  const size = {columns: 140, rows: 8};
  const text = fc.oneof(
    fc.string({maxLength: 30}).map(string => string.replaceAll(/\p{C}/gu, ' ')),
    fc.constantFrom('漢字', 'é', 'e\u0301', '│', '', '   '),
  );
  const styled = fc.tuple(fc.constantFrom('', '1', '2', '7', '31'), text).map(([look, said]) => {
    const end = {'': '', 1: '22', 2: '22', 7: '27', 31: '39'}[look];
    return look === '' ? said : `\u001b[${look}m${said}\u001b[${end}m`;
  });
  const row = fc.array(styled, {maxLength: 4}).map(parts => {
    const said = parts.join('');
    return said + ' '.repeat(size.columns - widthOf(stripVTControlCharacters(said)));
  });
  const pool = fc.array(row, {minLength: 12, maxLength: 12});
  const frames = fc.tuple(pool, fc.array(fc.nat(11), {minLength: 8, maxLength: 48}));
  await fc.assert(
    fc.asyncProperty(frames, async ([rows, picks]) => {
      const terminal = new xterm.Terminal({
        cols: size.columns,
        rows: size.rows,
        allowProposedApi: true,
      });
      const painter = new Painter();
      for (let first = 0; first + size.rows <= picks.length; first += 4) {
        const frame = picks.slice(first, first + size.rows).map(pick => rows[pick]!);
        const written = painter.paint(frame);
        await new Promise<void>(resolve => terminal.write(`\u001b[?7l${written}`, resolve));
        expect(readScreen(terminal)).toEqual(await showRows(frame, size));
      }
    }),
    {numRuns: 100},
  );
});
