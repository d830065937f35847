// The one door between the network and the terminal: makes any text safe to print on one line and
// keeps its width predictable. What is dangerous is replaced by a visible stand-in, what only
// breaks columns is dropped.

const plainAscii = /^[\u0020-\u007e]*$/;

/** C0 controls and DEL, which have pictures of their own (U+2400 …). */
const controls = /[\u0000-\u001f\u007f]/g;

/**
 * C1 controls, line and paragraph separators, bidirectional marks, embeddings, overrides and
 * isolates, tags, annotations, lone surrogates, and whatever else has no width: all but what
 * `columnBreakers` drops.
 */
const dangerous =
  // oxlint-disable-next-line no-misleading-character-class -- each is meant by itself
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]]/gv;

/**
 * Joiners, variation selectors, keycaps, skin tones: terminals disagree about their width, and
 * without them the base character still reads.
 */
// oxlint-disable-next-line no-misleading-character-class -- each is meant by itself
const columnBreakers = /[\u200d\ufe00-\ufe0f\u20e3\u{1f3fb}-\u{1f3ff}\u{e0100}-\u{e01ef}]/gu;

/** Half a flag each: terminals disagree about one alone, and about three. */
const flagLetters = /[\u{1f1e6}-\u{1f1ff}]/gu;

/** Combining marks in a row: two are kept. */
const piledMarks = /(\p{M}{2})\p{M}+/gu;

/** Half a character, as a cut can leave it at the end. */
const halfAtEnd = /[\ud800-\udbff]$/;

/** Longest text that is kept for a column, in UTF-16 units. A column never shows more. */
export const maxColumnText = 512;

/** `text` made safe for one line of a terminal, cut at `limit` UTF-16 units with an ellipsis. */
export function sanitise(text: string, limit: number = maxColumnText): string {
  const cut = text.length > limit ? `${text.slice(0, limit - 1).replace(halfAtEnd, '')}…` : text;
  if (plainAscii.test(cut)) return cut;
  return cut
    .replace(controls, control =>
      control === '\u007f' ? '\u2421' : String.fromCodePoint(0x2400 + control.codePointAt(0)!),
    )
    .replace(dangerous, '\ufffd')
    .replace(columnBreakers, '')
    .replace(flagLetters, letter => String.fromCodePoint(letter.codePointAt(0)! - 0x1f1e6 + 0x41))
    .replace(piledMarks, '$1');
}

/**
 * JSON text with everything outside printable ASCII as `\u` escapes: the same value for any
 * parser, and nothing that a terminal could take as a command. White space between its parts
 * becomes spaces.
 */
export function asciiJson(json: string): string {
  if (plainAscii.test(json)) return json;
  return json
    .replace(/[\t\n\r]/g, ' ')
    .replace(/[^\u0020-\u007e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
