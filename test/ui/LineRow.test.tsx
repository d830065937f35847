// A row of text is one row, and no wider than its place.
import {Box} from 'ink';
import {describe, expect, it} from 'vitest';
import {LineRow} from '../../source/ui/components/LineRow.tsx';
import {searchFor} from '../../source/ui/store/search.ts';
import type {Line} from '../../source/ui/text.ts';
import {ascii, Drawn} from './drawn.tsx';

/** The row with one below it, for its height. */
const row = (line: Line, width: number, query = '') => (
  <Box flexDirection="column">
    <LineRow line={line} width={width} search={searchFor(query)} />
    <LineRow line={[['below']]} width={8} />
  </Box>
);
const rowsOf = (line: Line, width: number) => new Drawn(row(line, width)).rows;

describe('a row', () => {
  it('has its pieces one behind the other, each in its tone', async () => {
    const drawn = new Drawn(row([['a '], ['b ', 'good'], ['c', 'bad']], 20));
    expect(drawn.rows).toEqual(['a b c', 'below']);
    expect(await drawn.looks()).toBe('      green «b»  bold red «c»');
  });

  it('is cut with an ellipsis where its place ends, and whole again in a wider one', () => {
    const line: Line = [['abc '], ['defgh', 'good']];
    const drawn = new Drawn(row(line, 7));
    expect(drawn.rows).toEqual(['abc de…', 'below']);
    expect(drawn.again(row(line, 9)).rows).toEqual(['abc defgh', 'below']);
  });

  it.each([
    [5, '漢字…'],
    [4, '漢…'],
    [3, '漢…'],
    [2, '…'],
  ])('never shows half of a wide character: in %i columns', (width, shown) => {
    expect(rowsOf([['漢字仮名']], width)).toEqual([shown, 'below']);
  });

  it('is not broken where it is wider than the terminal', () => {
    expect(rowsOf([['x'.repeat(300)]], 100)).toEqual([`${'x'.repeat(99)}…`, 'below']);
  });

  it.each<[string, Line, number]>([
    ['there is nothing in it', [], 9],
    ['its text is empty', [['', 'bad']], 9],
    ['there is no room', [['abc']], 0],
  ])('keeps its height where %s', (_, line, width) => {
    expect(rowsOf(line, width)).toEqual(['', 'below']);
  });

  it('marks what is searched for in each of its pieces', async () => {
    const drawn = new Drawn(row([['run 1 '], ['run 2', 'good']], 20, 'run'));
    expect(await drawn.looks()).toBe('      bold inverse «run»  bold inverse «run»  green «2»');
  });

  it('shows an ASCII sign that it was cut where there is no other', () => {
    expect(new Drawn(row([['abcdef']], 4), ascii).rows[0]).toBe('abc~');
  });
});
