// A terminal whose input a test writes, read through the filter; time passes when the test says so.
import {EventEmitter} from 'node:events';
import {
  TerminalInput,
  type TerminalInputOptions,
  type TerminalSource,
  type Timers,
} from '../../source/terminal/terminal-input.ts';

export class ManualTimers implements Timers {
  #now = 0;
  readonly #due = new Map<() => void, number>();

  after(ms: number, due: () => void): () => void {
    this.#due.set(due, this.#now + ms);
    return () => this.#due.delete(due);
  }

  get waiting(): number {
    return this.#due.size;
  }

  pass(ms: number): void {
    this.#now += ms;
    for (const [due, at] of this.#due) {
      if (at > this.#now) continue;
      this.#due.delete(due);
      due();
    }
  }
}

export class FakeTerminal extends EventEmitter implements Omit<TerminalSource, 'on'> {
  readonly isTTY = true;
  /** What was called, in order. */
  readonly calls: string[] = [];

  setRawMode(isRaw: boolean): never {
    return this.#called(`raw ${isRaw}`);
  }

  ref(): never {
    return this.#called('ref');
  }

  unref(): never {
    return this.#called('unref');
  }

  resume(): never {
    return this.#called('resume');
  }

  pause(): never {
    return this.#called('pause');
  }

  #called(what: string): never {
    this.calls.push(what);
    return this as never;
  }
}

/** Bytes (a string is UTF-8), or so many milliseconds without any. */
export type Step = string | Uint8Array | number;

export class TypedInput {
  readonly terminal = new FakeTerminal();
  readonly timers = new ManualTimers();
  readonly focus: boolean[] = [];
  readonly input: TerminalInput;

  constructor(options: TerminalInputOptions = {}) {
    this.input = new TerminalInput(this.terminal as unknown as TerminalSource, {
      timers: this.timers,
      onFocus: isFocused => this.focus.push(isFocused),
      ...options,
    });
    this.input.setRawMode(true);
    this.input.read();
  }

  /** @returns the keys and pastes that came of it so far. */
  type(...steps: readonly Step[]): readonly string[] {
    for (const step of steps) {
      if (typeof step === 'number') this.timers.pass(step);
      else this.terminal.emit('data', Buffer.from(step as string));
    }
    return this.keys();
  }

  keys(): readonly string[] {
    const keys: string[] = [];
    for (;;) {
      const key = this.input.read() as string | null;
      if (key === null) return keys;
      keys.push(key);
    }
  }
}

/** Keys after all of it, and a long time. */
export const keysAfter = (...steps: readonly Step[]): readonly string[] =>
  new TypedInput().type(...steps, 5000);
