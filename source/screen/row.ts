// Composes rows of exactly the width they have: the terminal then neither wraps nor cuts anything.
import stringWidth from 'string-width';
import {narrow} from './narrow.ts';
import type {Style, Theme} from './theme.ts';

/** A piece of a row; without a style it is plain. */
export type Segment = readonly [text: string, style?: Style];

const plainAscii = /^[\u0020-\u007e]*$/;

/** Columns that `text` takes on the screen. */
export function widthOf(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

const graphemes = new Intl.Segmenter();

/** `text` in at most `width` columns, with an ellipsis where something was cut. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 0) return '';
  if (narrow.test(text)) return `${text.slice(0, width - 1)}…`;
  let kept = '';
  let used = 0;
  for (const {segment} of graphemes.segment(text)) {
    const next = used + widthOf(segment);
    if (next > width - 1) break;
    kept += segment;
    used = next;
  }
  return `${kept}…`;
}

/** `text` in as many rows of at most `width` columns as it takes. */
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

/**
 * `lead`, and `body` behind it in as many rows of `width` columns as its words take, each below the
 * one before.
 */
export function hanging(
  lead: readonly Segment[],
  body: readonly Segment[],
  width: number,
): readonly (readonly Segment[])[] {
  const indent = lead.reduce((sum, [text]) => sum + widthOf(text), 0);
  const room = Math.max(8, width - indent);
  const rows: Segment[][] = [[...lead]];
  let used = 0;
  for (const [text, style = plain] of body) {
    for (const word of text.split(/(?<= )/).flatMap(part => wrapped(part, room))) {
      if (used + widthOf(word.trimEnd()) > room) {
        rows.push([[' '.repeat(indent)]]);
        used = 0;
      }
      rows.at(-1)!.push([word, style]);
      used += widthOf(word);
    }
  }
  return rows;
}

const plain: Style = text => text;

/** `text` in exactly `width` columns. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const short = cut(text, width);
  const padding = ' '.repeat(Math.max(0, width - widthOf(short)));
  return align === 'left' ? short + padding : padding + short;
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

function toAscii(text: string): string {
  if (plainAscii.test(text)) return text;
  let ascii = '';
  for (const {segment} of graphemes.segment(text)) {
    if (plainAscii.test(segment)) ascii += segment;
    else ascii += asciiFaces[segment] ?? '?'.repeat(widthOf(segment));
  }
  return ascii;
}

/** The segments one after another in exactly `width` columns: cut or padded at the end. */
export function row(segments: readonly Segment[], width: number, theme: Theme): string {
  let left = width;
  let composed = '';
  for (const [index, [text, style = theme.styles.plain]] of segments.entries()) {
    if (left <= 0) break;
    // Where it fills the row and more follows, the ellipsis has to stand in its end.
    const isCut = widthOf(text) === left && segments.slice(index + 1).some(hasInk);
    const short = cut(isCut ? `${text}…` : text, left);
    left -= widthOf(short);
    const face = theme.isAscii ? toAscii(short) : short;
    composed += face === '' ? '' : style(face);
  }
  return left > 0 ? composed + ' '.repeat(left) : composed;
}

const hasInk = ([text]: Segment) => text.trim() !== '';

/** `left` at the left end, `right` at the right one; where both do not fit, `right` is cut first. */
export function spread(
  left: readonly Segment[],
  right: readonly Segment[],
  width: number,
  theme: Theme,
): string {
  const used = left.reduce((sum, [text]) => sum + widthOf(text), 0);
  const wanted = right.reduce((sum, [text]) => sum + widthOf(text), 0);
  const room = width - used - 1;
  if (room < wanted)
    return row([...left, ...(room > 8 ? [[' '] as const, ...right] : [])], width, theme);
  return row([...left, [' '.repeat(width - used - wanted)], ...right], width, theme);
}
