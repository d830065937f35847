// Text measured in columns: cut, padded and wrapped before Ink sees it, so that no row is ever wider
// than it may be and no long value costs a frame.
import stringWidth from 'string-width';

/** How a piece of text is meant; the theme says how that looks. */
export type Tone =
  'plain' | 'dim' | 'strong' | 'good' | 'active' | 'warn' | 'bad' | 'selected' | 'match' | 'key';

/** A piece of text; without a tone it is plain. */
export type Span = readonly [text: string, tone?: Tone];

/** One row of text. */
export type Line = readonly Span[];

const graphemes = new Intl.Segmenter();

/** @returns the columns that `text` takes on the screen. */
export const widthOf = (text: string): number => stringWidth(text);

export const lineWidth = (line: Line): number =>
  line.reduce((sum, [text]) => sum + widthOf(text), 0);

/** @returns `text` in at most `width` columns, with an ellipsis where something was cut. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  // Measuring a value of a megabyte would take longer than a frame.
  const near = text.slice(0, width * 8);
  if (near.length === text.length && widthOf(text) <= width) return text;
  return `${head(near, width - 1)}…`;
}

/** @returns the beginning of `text`, in at most `width` columns. */
function head(text: string, width: number): string {
  let kept = '';
  let used = 0;
  for (const {segment} of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    kept += segment;
  }
  return kept;
}

/** @returns the end of `text`, in at most `width` columns. */
export function tail(text: string, width: number): string {
  let kept = '';
  let used = 0;
  for (const {segment} of [...graphemes.segment(text)].toReversed()) {
    used += widthOf(segment);
    if (used > width) break;
    kept = segment + kept;
  }
  return kept;
}

/** Where a name that is too long is cut. */
export type CutPlace = 'end' | 'middle';

/** @returns `text` in at most `width` columns, its end in sight where there is room for both. */
export function cutMiddle(text: string, width: number): string {
  const short = cut(text, width);
  if (short === text || width < 5) return short;
  const end = tail(text.slice(-width * 8), Math.floor((width - 1) / 2));
  return `${head(text, width - 1 - widthOf(end))}…${end}`;
}

/** @returns where to cut the names of one column, so that different ones do not look the same. */
export function cutPlaceFor(names: Iterable<string>, width: number): CutPlace {
  const heads = new Map<string, string>();
  for (const name of names) {
    const short = cut(name, width);
    const other = heads.get(short);
    if (other !== undefined && other !== name) return 'middle';
    heads.set(short, name);
  }
  return 'end';
}

/** @returns `text` in exactly `width` columns. */
export function fit(
  text: string,
  width: number,
  align: 'left' | 'right' = 'left',
  place: CutPlace = 'end',
): string {
  const short = place === 'end' ? cut(text, width) : cutMiddle(text, width);
  const padding = ' '.repeat(Math.max(0, width - widthOf(short)));
  return align === 'left' ? short + padding : padding + short;
}

/**
 * @returns the spans in at most `width` columns, an ellipsis in the last where more would follow;
 * neighbours of one tone are one.
 */
export function cutLine(line: Line, width: number): Line {
  const spans: Span[] = [];
  let left = width;
  for (const [index, [text, tone]] of line.entries()) {
    if (left <= 0) break;
    const isFull = widthOf(text) === left && line.slice(index + 1).some(hasInk);
    const short = cut(isFull ? `${text}…` : text, left);
    left -= widthOf(short);
    if (short === '') continue;
    const before = spans.at(-1);
    if (before && before[1] === tone) spans[spans.length - 1] = span(before[0] + short, tone);
    else spans.push(span(short, tone));
  }
  return spans;
}

const span = (text: string, tone: Tone | undefined): Span =>
  tone === undefined ? [text] : [text, tone];

const hasInk = ([text]: Span) => text.trim() !== '';

/** @returns `text` in as many rows of at most `width` columns as it takes, broken anywhere. */
export function wrapped(text: string, width: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const {segment} of graphemes.segment(text)) {
    const next = widthOf(segment);
    if (used + next > Math.max(2, width)) {
      rows.push(row);
      row = '';
      used = 0;
    }
    row += segment;
    used += next;
  }
  return [...rows, row];
}

/** @returns `lead`, and `body` behind it in as many rows of `width` columns as its words take. */
export function hanging(lead: Line, body: Line, width: number): readonly Line[] {
  const indent = lineWidth(lead);
  const room = Math.max(8, width - indent);
  const rows: Span[][] = [[...lead]];
  let used = 0;
  for (const [text, tone = 'plain'] of body) {
    for (const word of text.split(/(?<= )/).flatMap(part => wrapped(part, room))) {
      if (used + widthOf(word.trimEnd()) > room) {
        rows.push([[' '.repeat(indent)]]);
        used = 0;
      }
      rows.at(-1)!.push([word, tone]);
      used += widthOf(word);
    }
  }
  return rows;
}

/** Our own punctuation in ASCII; what else is not ASCII becomes a question mark. */
const asciiFaces: Readonly<Record<string, string>> = {
  '…': '~',
  '·': '|',
  '–': '-',
  '—': '-',
  '─': '-',
  '’': "'",
  '↑': '^',
  '↓': 'v',
  '→': '>',
  '×': 'x',
};

/** @returns `text` in ASCII, in as many columns. */
export function toAscii(text: string): string {
  if (/^[\u0020-\u007e]*$/.test(text)) return text;
  let ascii = '';
  for (const {segment} of graphemes.segment(text)) {
    ascii += /^[\u0020-\u007e]+$/.test(segment)
      ? segment
      : (asciiFaces[segment] ?? '?'.repeat(widthOf(segment)));
  }
  return ascii;
}
