// JSON as Python writes it: NaN and the infinities are read and written, and whole numbers beyond
// 2^53 keep their digits. Node's own parser does the work: what needs more than that is rare.

/** A whole number that a double cannot hold, with its digits as received. */
export class LongInteger {
  /** As JSON has it: `-?\d+`. */
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toString(): string {
    return this.digits;
  }

  /** For `JSON.stringify`: its digits. */
  toJSON(): unknown {
    return sourceJson.rawJSON(this.digits);
  }
}

/** What Node has from version 21 on and TypeScript's library does not know. */
const sourceJson = JSON as unknown as {
  rawJSON(text: string): unknown;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: {readonly source?: string}) => unknown,
  ): unknown;
};

/**
 * The value of a JSON text; `NaN`, `Infinity` and `-Infinity` are numbers too. Of a key that is given
 * twice the last counts, and a number beyond the largest double is an infinity: as Python has it.
 * @throws SyntaxError, whose message quotes the text.
 */
export function parseJson(text: string): unknown {
  if (mayHoldLongInteger(text)) return parseWithSources(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!nonFinite.test(text)) throw error;
    return parseWithSources(text);
  }
}

/**
 * `value` as JSON text, numbers as they were received.
 * @param indent spaces a level; undefined: all on one line.
 */
export function formatJson(value: unknown, indent?: number): string {
  let isFinite = true;
  const json = JSON.stringify(
    value,
    (_key, part: unknown) => {
      if (typeof part !== 'number' || Number.isFinite(part)) return part;
      isFinite = false;
      return sourceJson.rawJSON(standIns.get(String(part))!);
    },
    indent,
  );
  return isFinite ? json : swapNumbers(json, namesStoodInFor);
}

const nonFinite = /NaN|Infinity/;

/** Numbers that stand in for those that JSON does not have, on their way through Node's parser. */
const standIns: ReadonlyMap<string, string> = new Map([
  ['NaN', '0e-99991'],
  ['Infinity', '0e-99992'],
  ['-Infinity', '0e-99993'],
]);
const namesStoodInFor: ReadonlyMap<string, string> = new Map(
  [...standIns].map(([name, number]) => [number, name]),
);

/** Several times as slow as the plain parser: it looks at every number. */
function parseWithSources(text: string): unknown {
  const json = nonFinite.test(text) ? swapNumbers(text, standIns) : text;
  try {
    return sourceJson.parse(json, (_key, part, {source}) =>
      typeof part === 'number' && source !== undefined ? asReceived(part, source) : part,
    );
  } catch (error) {
    // Nested too deeply for that: the plain parser has no such bound.
    if (error instanceof RangeError) return JSON.parse(json) as unknown;
    throw error;
  }
}

function asReceived(value: number, source: string): number | LongInteger {
  const name = namesStoodInFor.get(source);
  if (name !== undefined) return Number(name);
  return !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? new LongInteger(source) : value;
}

/**
 * A text in quotes (also one without an end: one walk has to be enough), or what is to be swapped
 * where it stands alone.
 */
const textOrNumber =
  /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|(?<![\w.+-])(?:-?(?:NaN|Infinity)|0e-9999[123])(?![\w.+-])/g;

const swapNumbers = (json: string, names: ReadonlyMap<string, string>): string =>
  json.replace(textOrNumber, token => names.get(token) ?? token);

/** Digits of the smallest whole number that a double cannot hold. */
const longDigits = 16;

/**
 * Whether so many digits stand in a row, not behind a point. Looks at every sixteenth character where
 * that is no digit: a regular expression takes eight times as long.
 */
function mayHoldLongInteger(text: string): boolean {
  for (let index = longDigits - 1; index < text.length;) {
    let before = index;
    while (before > index - longDigits && isDigit(text.charCodeAt(before))) before -= 1;
    if (before > index - longDigits) {
      index = before + longDigits;
      continue;
    }
    while (before >= 0 && isDigit(text.charCodeAt(before))) before -= 1;
    if (text[before] !== '.') return true;
    while (isDigit(text.charCodeAt(index))) index += 1;
    index += longDigits;
  }
  return false;
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
