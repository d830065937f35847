// What has to be written so that the terminal shows another frame: a band that moved is scrolled by
// the terminal itself, and of the other rows only the cells that differ are written. Pure but for
// what it remembers to be shown.
import type {Frame} from '../screen/frame.ts';
import {cellsOf, isDoubtful, type Cell} from './cells.ts';
import {scrollBetween, scrolled, type Scroll} from './scroll.ts';

const plain = '';
const blank: Cell = {text: ' ', look: plain};
/** Going to a place costs about as much as so many cells that have not changed. */
const shortGap = 6;
/** Erasing to the end of the row costs as much as so many blanks. */
const fewBlanks = 3;

const at = (row: number, column: number) => `\u001b[${row + 1};${column + 1}H`;
const toColumn = (column: number) => `\u001b[${column + 1}G`;
const eraseToEnd = '\u001b[K';
const clean = '\u001b[0m\u001b[H\u001b[J';

interface Span {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

export class Painter {
  /** Rows that the terminal shows; undefined when it may show anything. */
  #shown: Frame | undefined;
  /** The look that is set while a frame is written. */
  #look = plain;

  /** Something else may have been written to the terminal, or it has another size. */
  forget(): void {
    this.#shown = undefined;
  }

  /** What to write so that `frame` is shown; empty when it is. */
  paint(frame: Frame): string {
    if (frame === this.#shown) return '';
    const isKnown = this.#shown?.length === frame.length;
    let shown: readonly (string | undefined)[] = isKnown ? this.#shown! : [];
    let written = isKnown ? '' : clean;
    const scroll = isKnown ? scrollBetween(this.#shown!, frame) : undefined;
    if (scroll) {
      shown = scrolled<string | undefined>(shown, scroll, undefined);
      written += scrolling(scroll);
    }
    for (const [index, row] of frame.entries()) {
      if (row !== shown[index]) written += this.#rewrite(index, shown[index], row);
    }
    if (this.#look !== plain) written += this.#wear(plain);
    this.#shown = frame;
    return written;
  }

  /** `before`: undefined when the row is blank. */
  #rewrite(row: number, before: string | undefined, after: string): string {
    const cells = cellsOf(after);
    // Where the terminal may count other columns, nothing that is there can be relied on.
    const isUnsure = isDoubtful(bare(after)) || (before !== undefined && isDoubtful(bare(before)));
    const old = isUnsure || before === undefined ? [] : cellsOf(before);
    const spans = isUnsure ? [{from: 0, to: cells.length}] : differing(old, cells);
    return spans.map(span => at(row, span.from) + this.#write(cells, span, isUnsure)).join('');
  }

  #write(cells: readonly Cell[], {from, to}: Span, isUnsure: boolean): string {
    let written = '';
    const end = to === cells.length ? inkEnd(cells, from) : to;
    const isErasing = to - end > fewBlanks;
    const last = isErasing ? end : to;
    for (let column = from; column < last; column += 1) {
      const {text, look} = cells[column]!;
      if (text === '') continue;
      if (look !== this.#look) written += this.#wear(look);
      written += text;
      if (isUnsure && isDoubtful(text)) written += toColumn(columnAfter(cells, column));
    }
    if (!isErasing) return written;
    return written + (this.#look === plain ? '' : this.#wear(plain)) + eraseToEnd;
  }

  #wear(look: string): string {
    this.#look = look;
    return look === plain ? '\u001b[0m' : `\u001b[0;${look}m`;
  }
}

/** The spans of `after` in which it differs from `before`; beyond that one's end all is blank. */
function differing(before: readonly Cell[], after: readonly Cell[]): readonly Span[] {
  const spans: Span[] = [];
  for (const [column, cell] of after.entries()) {
    const {text, look} = before[column] ?? blank;
    if (text === cell.text && look === cell.look) continue;
    const last = spans.at(-1);
    if (last && column - last.to <= shortGap) spans[spans.length - 1] = {...last, to: column + 1};
    else spans.push({from: column, to: column + 1});
  }
  return spans;
}

/** Column from which on all cells are blank. */
function inkEnd(cells: readonly Cell[], from: number): number {
  let end = cells.length;
  while (end > from && cells[end - 1]!.text === ' ' && cells[end - 1]!.look === plain) end -= 1;
  return end;
}

/** Column behind the character in `column`, wide or not. */
function columnAfter(cells: readonly Cell[], column: number): number {
  let next = column + 1;
  while (cells[next]?.text === '') next += 1;
  return next;
}

/** Styles are ours, and narrow: they are not part of what a row says. */
const bare = (row: string) => row.replaceAll(/\u001b\[[\d;]*m/g, '');

/** The band as the scrolling region, then line feeds at its end or reverse ones at its start. */
function scrolling({top, bottom, by}: Scroll): string {
  const region = `\u001b[${top + 1};${bottom + 1}r`;
  const move = by > 0 ? at(bottom, 0) + '\n'.repeat(by) : at(top, 0) + '\u001bM'.repeat(-by);
  return `${region}${move}\u001b[r`;
}
