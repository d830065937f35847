// A row of styled text as a terminal holds it: a cell for each column, with a text and a look.
import {narrow} from '../screen/narrow.ts';
import {widthOf} from '../screen/row.ts';

export interface Cell {
  /** A character with what combines with it; empty behind a wide one. */
  readonly text: string;
  /** Parameters of the SGR sequence that makes the look out of the plain one; empty: plain. */
  readonly look: string;
}

const graphemes = new Intl.Segmenter();
const sgr = /\u001b\[([\d;]*)m/g;

/** Attributes by the parameter that begins them, and the parameter that ends them. */
const endOf: Readonly<Record<string, string>> = {1: '22', 2: '22', 3: '23', 4: '24', 7: '27'};
const foreground = /^(?:3[0-8]|9[0-7])/;
const background = /^(?:4[0-8]|10[0-7])/;

export function cellsOf(row: string): readonly Cell[] {
  const cells: Cell[] = [];
  let look: readonly string[] = [];
  let from = 0;
  for (const {0: sequence, 1: parameters = '', index} of row.matchAll(sgr)) {
    append(cells, row.slice(from, index), look.join(';'));
    look = changed(look, parameters);
    from = index + sequence.length;
  }
  append(cells, row.slice(from), look.join(';'));
  return cells;
}

/** Whether the terminal may see `text` in another number of columns than it has here. */
export const isDoubtful = (text: string): boolean => !narrow.test(text);

function append(cells: Cell[], text: string, look: string): void {
  if (!isDoubtful(text)) {
    for (const character of text) cells.push({text: character, look});
    return;
  }
  for (const {segment} of graphemes.segment(text)) {
    const width = widthOf(segment);
    if (width > 0) cells.push({text: segment, look});
    for (let behind = 1; behind < width; behind += 1) cells.push({text: '', look});
  }
}

/** The look after an SGR sequence: one attribute, or one colour, begins or ends. */
function changed(look: readonly string[], parameters: string): readonly string[] {
  if (parameters === '' || parameters === '0') return [];
  const isEnded = (attribute: string) =>
    endOf[attribute] === parameters ||
    (foreground.test(attribute) && (parameters === '39' || foreground.test(parameters))) ||
    (background.test(attribute) && (parameters === '49' || background.test(parameters))) ||
    attribute === parameters;
  const kept = look.filter(attribute => !isEnded(attribute));
  const isEnd = ['22', '23', '24', '27', '39', '49'].includes(parameters);
  return isEnd ? kept : [...kept, parameters];
}
