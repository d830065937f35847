// One run as a row: cells in their columns, whatever stands in them.
import {describe, expect, it} from 'vitest';
import {RunRow} from '../../source/ui/components/RunRow.tsx';
import {searchFor} from '../../source/ui/store/search.ts';
import type {Line} from '../../source/ui/text.ts';
import {words, type Cell} from '../../source/ui/view-models/run-cells.ts';
import type {Column} from '../../source/ui/view-models/run-columns.ts';
import type {RunRowModel} from '../../source/ui/view-models/runs.ts';
import {ascii, Drawn} from './drawn.tsx';

const column = (title: string, width: number, align?: 'right'): Column => ({
  title,
  width,
  rank: 0,
  cell: () => words(''),
  ...(align && {align}),
});

type Place = readonly [column: Column, cell: Cell];

const row = (places: readonly Place[], model: Partial<RunRowModel> = {}, query = '') => (
  <RunRow
    row={{
      key: 'k',
      hasCursor: false,
      mark: undefined,
      cells: places.map(([, cell]) => cell),
      ...model,
    }}
    columns={places.map(([column]) => column)}
    search={searchFor(query)}
  />
);
const textOf = (...places: Place[]) => new Drawn(row([...places, end])).text;

const end: Place = [column('END', 3), words('end')];
const bar = (share: number, said: string): Cell => ({
  kind: 'bar',
  share,
  columns: 4,
  tone: 'good',
  words: said,
});

describe('a run’s row', () => {
  it('has each cell in its column, to the left or to the right', () => {
    expect(textOf([column('A', 6), words('run')], [column('B', 6, 'right'), words('7/12')])).toBe(
      '  run      7/12 end',
    );
  });

  it.each<[string, Cell, string]>([
    ['words', words('taking data?'), '  taking… end'],
    ['wide characters', words('漢字漢字'), '  漢字漢… end'],
    ['a bar with its words', bar(0.5, ' 50% -0:11'), '  ██░░ 5… end'],
    ['a full bar', bar(3, ''), '  ████    end'],
    ['an empty one', bar(0, ' 0%'), '  ░░░░ 0% end'],
    ['nothing', words(''), '          end'],
  ])('is no wider for %s', (_, cell, shown) => {
    expect(textOf([column('A', 7), cell])).toBe(shown);
  });

  it('shows the track of the lifecycle, the present step lit', async () => {
    const track: Cell = {
      kind: 'track',
      steps: [
        {glyph: 'imminent', tone: 'dim'},
        {glyph: 'running', tone: 'good'},
        {glyph: 'notYet', tone: 'dim'},
      ],
    };
    const drawn = new Drawn(row([[column('T', 5), track], end]));
    expect(drawn.text).toBe('  ◆─▶─· end');
    expect(await drawn.looks()).toContain('dim «◆─»  green «▶»  dim «─·»');
    expect(new Drawn(row([[column('T', 5), track], end]), ascii).text).toBe('  I-R-. end');
  });

  it('begins with its cursor and the worst that is to be said of it', async () => {
    const drawn = new Drawn(row([end]));
    expect(drawn.text).toBe('  end');
    drawn.again(row([end], {hasCursor: true, mark: {glyph: 'alert', tone: 'bad'}}));
    expect(drawn.text).toBe('▸▲end');
    expect(await drawn.looks()).toBe('      bold red «▲»');
    drawn.again(row([end], {mark: {glyph: 'late', tone: 'dim'}}));
    expect(drawn.text).toBe(' »end');
  });

  it('marks what is searched for, in words and behind bars', async () => {
    const line: Line = [['run '], ['50', 'warn']];
    const places: readonly Place[] = [
      [column('A', 8), {kind: 'words', line}],
      [column('B', 8), bar(0.5, ' 50%')],
    ];
    const drawn = new Drawn(row(places, {}, '50'));
    expect(drawn.text).toBe('  run 50   ██░░ 50%');
    expect((await drawn.looks()).match(/bold inverse «50»/g)).toHaveLength(2);
  });

  it('gives the blank behind the last column to its words', () => {
    expect(new Drawn(row([[column('A', 4), words('abcde')]])).text).toBe('  abcde');
    expect(new Drawn(row([[column('A', 4), words('abcdef')]])).text).toBe('  abcd…');
  });
});
