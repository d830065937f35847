// Reads `~/.env` as shells do that source it: assignments, `export`, `unset`, quotes, `$NAME`, `~`. Nothing
// is run: what only a shell can tell is left out with a note, and never taken as it stands.
import type {Environment} from './setting.ts';
import {readCommands, type Command, type Part, type Word} from './shell-words.ts';

/** What is to be known of a line. */
export interface EnvNote {
  /** From 1. */
  readonly line: number;
  /** The variable that it is about. */
  readonly name: string;
  /** Goes on after the name; shows nothing of its value. */
  readonly text: string;
}

export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  readonly notes: readonly EnvNote[];
}

/** @param environment the process's own: what `$NAME` stands for where the file does not say. */
export function parseEnvFile(text: string, environment: Environment = {}): EnvFile {
  const lines = text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n');
  const reading = new Reading(environment);
  for (const command of readCommands(lines)) reading.apply(command);
  return {values: Object.fromEntries(reading.values), notes: reading.notes};
}

type Verb = (reading: Reading, words: readonly Word[], line: number) => void;

const assign: Verb = (reading, words, line) => reading.assign(withoutOptions(words), line);
const unset: Verb = (reading, words, line) => {
  for (const {source} of withoutOptions(words)) reading.unset(source, line);
};

/** Commands that are read, of sh, bash, zsh and tcsh. */
const verbs: Readonly<Record<string, Verb>> = {
  export: assign,
  declare: assign,
  typeset: assign,
  readonly: assign,
  setenv: (reading, [name, ...value], line) => {
    if (name) reading.assign([{...joined(value), name: name.source}], line);
  },
  unset,
  unsetenv: unset,
};

/** What stands before a command in a block, and how much deeper it goes. */
const blocks: ReadonlyMap<string, number> = new Map([
  ...['if', 'while', 'until', 'for', 'case'].map(word => [word, 1] as const),
  ...['then', 'elif', 'else', 'do'].map(word => [word, 0] as const),
  ...['fi', 'done', 'esac'].map(word => [word, -1] as const),
]);

class Reading {
  readonly values = new Map<string, string>();
  readonly notes: EnvNote[] = [];
  readonly #environment: Environment;
  /** Blocks of `if`, `for` and their like around what is read. */
  #depth = 0;
  #wasRead = true;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  apply({words: given, line, isConditional}: Command): void {
    const words = withSpacedEquals(given);
    const [first, ...rest] = words;
    if (!first) return;
    const deeper = blocks.get(first.source);
    if (deeper !== undefined) {
      this.#depth = Math.max(0, this.#depth + deeper);
      this.apply({words: rest, line, isConditional});
      return;
    }
    const isMaybe = this.#depth > 0 || (isConditional && !this.#wasRead);
    const before = this.notes.length;
    const names = this.#read(words, line);
    this.#wasRead = names !== undefined;
    if (names === undefined) {
      for (const [, name] of words
        .map(({source}) => source)
        .join(' ')
        .matchAll(/\b([A-Za-z_]\w*)=/g)) {
        this.#note(line, name!, 'is not read there: it is part of another command');
      }
    } else if (isMaybe && this.notes.length === before) {
      for (const name of names)
        this.#note(line, name, 'is read, though a condition stands before it');
    }
  }

  /** The names that it is about; undefined: it is a command that is not read. */
  #read(words: readonly Word[], line: number): readonly string[] | undefined {
    const [first, ...operands] = words;
    if (first!.name !== undefined) {
      this.assign(words, line);
      return namesOf(words);
    }
    const verb = Object.hasOwn(verbs, first!.source) ? verbs[first!.source] : undefined;
    if (!verb) return undefined;
    verb(this, operands, line);
    return namesOf(operands);
  }

  /** What follows a value and is no assignment belongs to it: so other readers of the file have it. */
  assign(words: readonly Word[], line: number): void {
    for (let index = 0; index < words.length;) {
      const next = words.findIndex(({name}, at) => at > index && name !== undefined);
      const end = next === -1 ? words.length : next;
      const value = words.slice(index, end);
      const [{name}] = value as [Word];
      if (name !== undefined) this.#assign(name, value, line);
      index = end;
    }
  }

  unset(name: string, line: number): void {
    this.values.delete(name);
    if (this.#environment[name]?.trim()) {
      this.#note(line, name, 'is unset there, but the environment has it, which goes first');
    }
  }

  #assign(name: string, words: readonly Word[], line: number): void {
    const {parts, isOpen} = joined(words);
    const value = this.#expand(parts);
    if (typeof value !== 'string') {
      this.values.delete(name);
      this.#note(line, name, `is left out: it ${value.unknown}`);
      return;
    }
    this.values.set(name, value);
    if (isOpen) this.#note(line, name, 'has a quote without its end');
    else if (words.length > 1 && words[0]!.parts.length > 0) {
      this.#note(line, name, 'holds a blank outside of quotes, where shells end it');
    }
  }

  #expand(parts: readonly Part[]): string | {readonly unknown: string} {
    let text = '';
    for (const part of parts) {
      const value = this.#expandPart(part);
      if (typeof value !== 'string') return value;
      text += value;
    }
    return text;
  }

  #expandPart(part: Part): string | {readonly unknown: string} {
    if ('text' in part) return part.text;
    if ('unknown' in part) return part;
    if ('home' in part) {
      return this.#valueOf('HOME') || {unknown: 'begins with ~, and there is no HOME'};
    }
    const value = this.#valueOf(part.variable);
    if (part.otherwise && !value) return this.#expand(part.otherwise);
    return value ?? {unknown: 'refers to a variable that is not set'};
  }

  #valueOf(name: string): string | undefined {
    return this.values.get(name) ?? this.#environment[name];
  }

  #note(line: number, name: string, text: string): void {
    this.notes.push({line, name, text});
  }
}

const withoutOptions = (words: readonly Word[]): readonly Word[] =>
  words.filter(({source}) => !source.startsWith('-'));

const namesOf = (words: readonly Word[]): readonly string[] =>
  words.flatMap(({name}) => name ?? []);

/** Words as one, with a blank between them. */
function joined(words: readonly Word[]): Word {
  return {
    name: words[0]?.name,
    parts: words.flatMap(({parts}, index) =>
      index === 0 || words[index - 1]!.parts.length === 0 ? parts : [{text: ' '}, ...parts],
    ),
    source: words.map(({source}) => source).join(' '),
    isOpen: words.some(({isOpen}) => isOpen),
  };
}

/** `NAME = value` is no assignment of a shell, but what people write and other readers of the file take. */
function withSpacedEquals(words: readonly Word[]): readonly Word[] {
  const result: Word[] = [];
  for (const word of words) {
    const before = result.at(-1);
    const [first, ...rest] = word.parts;
    const isName = before?.name === undefined && /^[A-Za-z_]\w*$/.test(before?.source ?? '');
    if (isName && word.source.startsWith('=') && first && 'text' in first) {
      const text = first.text.slice(1);
      const parts = text === '' ? rest : [{text}, ...rest];
      result[result.length - 1] = {...word, name: before!.source, parts};
    } else {
      result.push(word);
    }
  }
  return result;
}
