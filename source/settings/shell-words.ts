// A shell's text as commands made of words, as far as files of variables need it: quotes, escapes,
// comments, `;`, `&&`, line continuation. What `$` and `~` stand for is left to who knows the variables.

/** A piece of a word. */
export type Part =
  | {readonly text: string}
  /** `$NAME`, `${NAME}`, `${NAME:-otherwise}`. */
  | {readonly variable: string; readonly otherwise?: readonly Part[]}
  /** `~` at its beginning. */
  | {readonly home: true}
  /** What only a shell can tell, in words that go on after the name: `holds a command`. */
  | {readonly unknown: string};

export interface Word {
  /** `NAME` of `NAME=value`; the parts are those of its value. */
  readonly name: string | undefined;
  readonly parts: readonly Part[];
  /** As written. */
  readonly source: string;
  /** It has a quote without its end, which is taken as it stands. */
  readonly isOpen: boolean;
}

export interface Command {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly words: readonly Word[];
  /** After `&&`. */
  readonly isConditional: boolean;
}

/** The commands of a text with LF line ends, in their order. */
export function readCommands(text: string): readonly Command[] {
  const reader = new Reader(text);
  const commands: Command[] = [];
  let isConditional = false;
  while (!reader.isAtEnd) {
    const line = reader.line;
    const words = reader.readWords();
    if (words.length > 0) commands.push({line, words, isConditional});
    isConditional = reader.skipSeparator() === '&&';
  }
  return commands;
}

const blanks = /(?:[ \t]|\\\n)+/y;
const separator = /&&|;|\n/y;
const nameBefore = /([A-Za-z_]\w*)=/y;
/** Ends a word that is not quoted. */
const wordEnd = /[ \t\n;]|&&|$/y;
const plain = /(?:[^\\"'$` \t\n;&]|&(?!&))+/y;
const plainInQuotes = /[^\\"$`]+/y;
const variableName = /[A-Za-z_]\w*/y;
const specialParameter = /[\d@*#?$!-]/y;

class Reader {
  readonly #text: string;
  #at = 0;
  /** Line ends before `#countedTo`. */
  #lineEnds = 0;
  #countedTo = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get line(): number {
    this.#lineEnds += this.#text.slice(this.#countedTo, this.#at).split('\n').length - 1;
    this.#countedTo = this.#at;
    return this.#lineEnds + 1;
  }

  /** Up to a separator. */
  readWords(): readonly Word[] {
    const words: Word[] = [];
    for (;;) {
      this.#take(blanks);
      if (this.#text[this.#at] === '#') this.#take(/[^\n]*/y);
      if (this.isAtEnd || this.#sees(separator)) return words;
      words.push(this.#readWord());
    }
  }

  skipSeparator(): string | undefined {
    return this.#take(separator);
  }

  #readWord(): Word {
    const start = this.#at;
    const name = this.#take(nameBefore)?.slice(0, -1);
    const parts: Part[] = [];
    let isOpen = false;
    if (name !== undefined) parts.push(...this.#readTilde());
    while (!this.#sees(wordEnd)) {
      const part = this.#readPart();
      if (part) parts.push(...part);
      else {
        // A quote without its end: as it stands, to the end of the line.
        isOpen = true;
        parts.push({text: this.#take(/[^\n]*/y)!.trimEnd()});
      }
    }
    return {name, parts, source: this.#text.slice(start, this.#at), isOpen};
  }

  #readTilde(): readonly Part[] {
    if (this.#take(/~(?=[/ \t\n;]|$)/y) !== undefined) return [{home: true}];
    return this.#take(/~[\w.-]+/y) === undefined ? [] : [{unknown: 'names the home of another'}];
  }

  /** Undefined where a quote has no end. */
  #readPart(): readonly Part[] | undefined {
    const text = this.#take(plain);
    if (text !== undefined) return [{text}];
    const next = this.#text[this.#at];
    if (next === "'") return this.#readSingleQuoted();
    if (next === '"') return this.#readDoubleQuoted();
    return [next === '\\' ? {text: this.#readEscape(/\\([^]?)/y)} : this.#readDollar()];
  }

  #readSingleQuoted(): readonly Part[] | undefined {
    const quoted = this.#takeQuoted(/'([^']*)'/y);
    return quoted === undefined ? undefined : [{text: quoted.slice(1, -1)}];
  }

  #readDoubleQuoted(): readonly Part[] | undefined {
    if (!this.#seesQuoted(/"(?:[^"\\]|\\[^])*"/y)) return undefined;
    this.#at += 1;
    const parts: Part[] = [{text: ''}];
    while (this.#text[this.#at] !== '"') {
      if (this.isAtEnd) return parts;
      const text = this.#take(plainInQuotes);
      if (text !== undefined) parts.push({text});
      else if (this.#text[this.#at] === '\\') {
        parts.push({text: this.#readEscape(/\\([$`"\\\n])/y)});
      } else parts.push(this.#readDollar());
    }
    this.#at += 1;
    return parts;
  }

  /** What the backslash makes plain; the backslash itself where it does not. An escaped line end is nothing. */
  #readEscape(escape: RegExp): string {
    const escaped = this.#take(escape);
    if (escaped === undefined) {
      this.#at += 1;
      return '\\';
    }
    return escaped === '\\\n' ? '' : escaped.slice(1) || '\\';
  }

  /** At a `$` or a backquote. */
  #readDollar(): Part {
    if (this.#take(/`[^`\n]*`?/y) !== undefined) return aCommand;
    if (this.#text.startsWith('$(', this.#at)) {
      this.#skipParentheses();
      return aCommand;
    }
    this.#at += 1;
    const variable = this.#take(variableName);
    if (variable !== undefined) return {variable};
    if (this.#text[this.#at] === '{') return this.#readBraces();
    if (this.#sees(/['"]/y) || this.#take(specialParameter) !== undefined) {
      return {unknown: 'holds a form of $ that only a shell can tell'};
    }
    return {text: '$'};
  }

  #readBraces(): Part {
    const [whole = '', variable = '', otherwise] =
      this.#match(/\{([A-Za-z_]\w*)(?::?-((?:[^"'\\${}`]|\$\w+|\$\{\w+\})*))?\}/y) ?? [];
    if (whole === '') {
      this.#take(/\{[^}\n]*\}?/y);
      return {unknown: 'holds a form of ${…} that only a shell can tell'};
    }
    this.#at += whole.length;
    if (otherwise === undefined) return {variable};
    return {variable, otherwise: new Reader(otherwise).#readAll()};
  }

  /** All of a text without quotes, blanks too. */
  #readAll(): readonly Part[] {
    const parts: Part[] = [...this.#readTilde()];
    while (!this.isAtEnd) {
      const text = this.#take(/[^$]+/y);
      parts.push(text === undefined ? this.#readDollar() : {text});
    }
    return parts;
  }

  /** `$(…)`, also with others in it; without an end: to the end of the line. */
  #skipParentheses(): void {
    let depth = 0;
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      if (this.#text[at] === '(') depth += 1;
      if (this.#text[at] === ')') depth -= 1;
      if (depth === 0) {
        this.#at = at + 1;
        return;
      }
    }
    this.#take(/[^\n]*/y);
  }

  /** Over several lines only where the quote's end is the word's: else a stray one would take them in. */
  #seesQuoted(pattern: RegExp): boolean {
    const quoted = this.#match(pattern)?.[0];
    if (quoted === undefined) return false;
    return (
      !quoted.includes('\n') ||
      /^[ \t]*(?:[\n;#]|$)/.test(this.#text.slice(this.#at + quoted.length))
    );
  }

  #takeQuoted(pattern: RegExp): string | undefined {
    return this.#seesQuoted(pattern) ? this.#take(pattern) : undefined;
  }

  #sees(pattern: RegExp): boolean {
    return this.#match(pattern) !== undefined;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? undefined;
  }

  /** Goes on behind what matches; undefined where nothing does, or nothing is there. */
  #take(pattern: RegExp): string | undefined {
    const found = this.#match(pattern)?.[0];
    if (found === undefined || found === '') return undefined;
    this.#at += found.length;
    return found;
  }
}

const aCommand: Part = {unknown: 'holds a command, which is not run'};
