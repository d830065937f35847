// What no text may hold that reaches the terminal, and texts that hold it.
import * as fc from 'fast-check';

/**
 * Controls, formats (bidirectional, joiners, tags), lone surrogates, separators of lines, all that
 * has no width, and three combining marks in a row.
 */
export const unsafe =
  // oxlint-disable-next-line no-misleading-character-class -- each is meant by itself
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{M}{3}|[\u{1f3fb}-\u{1f3ff}\u20e3]/u;

const nasty = [
  '\u0000\u001b\n\r\t\u007f\u009b\u0085\u00ad\u034f\u061c\u115f\u180b\u180e\u200b\u200d\u200f\u2028\u202e',
  '\u2066\u20e3\u3164\ufe0f\ufeff\ufff9\u{1f3fd}\u{e0001}\u{e0101}\u0301\u0489a[]0;"\\é漢😀 ',
].flatMap(text => Array.from(text));
const halves = ['\ud83d', '\ude00', '\ud83c', '\udffd'];

/** Any text, and texts made of what is dangerous. */
export const anyText = fc.oneof(
  fc.string({unit: 'binary', maxLength: 50}),
  fc.array(fc.constantFrom(...nasty, ...halves), {maxLength: 50}).map(parts => parts.join('')),
);
