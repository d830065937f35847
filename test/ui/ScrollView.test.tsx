// A document in a place of a few rows: which of its lines are in sight.
import {describe, expect, it} from 'vitest';
import {ScrollView} from '../../source/ui/components/ScrollView.tsx';
import {searchFor} from '../../source/ui/store/search.ts';
import type {Line} from '../../source/ui/text.ts';
import {ascii, Drawn} from './drawn.tsx';

const lines = (count: number) =>
  Array.from({length: count}, (_, index): Line => [[`line ${index + 1}`]]);

interface Props {
  readonly count?: number;
  readonly top?: number;
  readonly cursorLine?: number;
  readonly height?: number;
  readonly query?: string;
}

const view = ({count = 10, top = 0, cursorLine, height = 5, query = ''}: Props) => (
  <ScrollView
    document={{
      title: 'Help',
      lines: lines(count),
      ...(cursorLine === undefined ? {} : {cursorLine}),
    }}
    top={top}
    width={40}
    height={height}
    search={searchFor(query)}
  />
);
const shown = (first: number, last: number) =>
  lines(last)
    .slice(first - 1)
    .map(line => `  ${line[0]![0]}`);
const rowsOf = (props: Props) => new Drawn(view(props)).rows;

describe('a document', () => {
  it('shows its first lines, and how many are below', () => {
    const [title, ...rest] = rowsOf({});
    expect(title).toMatch(/^▸ Help ─ 6 more lines below ─+$/);
    expect(rest).toEqual(shown(1, 4));
  });

  it('scrolls with its top, to the last line and no further', () => {
    const drawn = new Drawn(view({}));
    expect(drawn.again(view({top: 3})).rows.slice(1)).toEqual(shown(4, 7));
    expect(drawn.rows[0]).toMatch(/ 3 more lines below /);
    expect(drawn.again(view({top: 5})).rows[0]).toMatch(/ 1 more line below /);
    expect(drawn.again(view({top: 6})).rows.slice(1)).toEqual(shown(7, 10));
    expect(drawn.rows[0]).not.toMatch(/below/);
    expect(drawn.again(view({top: 400})).rows.slice(1)).toEqual(shown(7, 10));
    expect(drawn.again(view({top: -2})).rows.slice(1)).toEqual(shown(1, 4));
  });

  it('fills its place where it is shorter', () => {
    expect(rowsOf({count: 2, top: 1})).toEqual([
      expect.stringMatching(/^▸ Help ─+$/),
      ...shown(1, 2),
      '',
      '',
    ]);
    expect(rowsOf({count: 0})).toHaveLength(5);
    expect(rowsOf({count: 4})[0]).not.toMatch(/below/);
  });

  it('keeps its cursor in the middle, and at the ends as near as its lines go', () => {
    const drawn = new Drawn(view({cursorLine: 5, top: 9}));
    expect(drawn.rows.slice(1)).toEqual(shown(4, 7));
    expect(drawn.again(view({cursorLine: 0, top: 9})).rows.slice(1)).toEqual(shown(1, 4));
    expect(drawn.again(view({cursorLine: 9})).rows.slice(1)).toEqual(shown(7, 10));
  });

  it('has its title alone where there is no more room', () => {
    expect(rowsOf({height: 1})).toEqual([expect.stringMatching(/^▸ Help ─ 10 more lines below/)]);
  });

  it('marks what is searched for in what is in sight', async () => {
    const drawn = new Drawn(view({query: 'line 2'}));
    expect(await drawn.looks()).toContain('bold inverse «line 2»');
    expect(await drawn.again(view({query: 'line 2', top: 3})).looks()).not.toContain('inverse');
  });

  it('cuts a line that is too long, in ASCII too', () => {
    const document = {title: 'Message', lines: [[['x'.repeat(60)]] as const]};
    const long = (
      <ScrollView document={document} top={0} width={40} height={3} search={undefined} />
    );
    expect(new Drawn(long).rows[1]).toBe(`  ${'x'.repeat(37)}…`);
    expect(new Drawn(long, ascii).rows[1]).toBe(`  ${'x'.repeat(37)}~`);
  });

  it('of thousands of lines costs no more than what is in sight', () => {
    // A line that nobody sees is not even read.
    const many = lines(5000).map((line, index): Line => {
      if (index >= 100 && index < 104) return line;
      return new Proxy(line, {
        get: (_, name) => {
          throw new Error(`line ${index + 1} is read: ${String(name)}`);
        },
      });
    });
    const document = {title: 'Message', lines: many};
    const tall = (
      <ScrollView document={document} top={100} width={40} height={5} search={undefined} />
    );
    expect(new Drawn(tall).rows.slice(1)).toEqual(shown(101, 104));
  });
});
