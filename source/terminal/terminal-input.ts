// The terminal's input as Ink reads it: keys and pastes, one a chunk, and nothing else. It stands between
// the real stdin and Ink's `stdin` option.
import {Readable} from 'node:stream';
import {InputMachine} from './input-machine.ts';

export interface Timers {
  /** Calls `due` once, in so many ms. @returns what calls it off. */
  readonly after: (ms: number, due: () => void) => () => void;
}

export interface TerminalInputOptions {
  /** The terminal's window got or lost the focus; terminals report it only where DECSET 1004 is on. */
  readonly onFocus?: (isFocused: boolean) => void;
  readonly timers?: Timers;
}

/** What is needed of stdin. */
export type TerminalSource = Pick<
  NodeJS.ReadStream,
  'isTTY' | 'setRawMode' | 'ref' | 'unref' | 'resume' | 'pause' | 'on'
>;

/** Input that came while the program was busy is read before a timer's time is up. */
const systemTimers: Timers = {
  after: (ms, due) => {
    let immediate: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      immediate = setImmediate(due);
    }, ms);
    return () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    };
  },
};

/** Reads its source only while it is in raw mode and read itself: what is typed before waits there. */
export class TerminalInput extends Readable {
  readonly #source: TerminalSource;
  readonly #machine: InputMachine;
  readonly #timers: Timers;
  #isRaw = false;
  #isWanted = false;
  #isAttached = false;
  #callOff: (() => void) | undefined;

  constructor(source: TerminalSource, {onFocus, timers = systemTimers}: TerminalInputOptions = {}) {
    // One key an object: Ink reads them one by one, and has nothing to put together.
    super({objectMode: true});
    this.#source = source;
    this.#timers = timers;
    this.#machine = new InputMachine({
      key: text => {
        this.#isWanted = this.push(text);
      },
      focus: isFocused => onFocus?.(isFocused),
    });
  }

  get isTTY(): boolean {
    return this.#source.isTTY;
  }

  /** Without raw mode the terminal is another's: nothing is read, and half a key is forgotten. */
  setRawMode(isRaw: boolean): this {
    this.#source.setRawMode(isRaw);
    this.#isRaw = isRaw;
    if (!isRaw) this.#forget();
    this.#flow();
    return this;
  }

  ref(): this {
    this.#source.ref();
    return this;
  }

  unref(): this {
    this.#source.unref();
    return this;
  }

  /** It gives strings already; Node's own would join those that wait. */
  override setEncoding(_encoding: BufferEncoding): this {
    return this;
  }

  override _read(): void {
    this.#isWanted = true;
    this.#flow();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#isWanted = false;
    this.#forget();
    this.#flow();
    done(error);
  }

  #flow(): void {
    if (!this.#isRaw || !this.#isWanted) {
      if (this.#isAttached) this.#source.pause();
      return;
    }
    if (!this.#isAttached) {
      this.#isAttached = true;
      this.#source.on('data', (bytes: Buffer) => this.#feed(bytes));
      this.#source.on('end', () => {
        this.#forget();
        this.push(null);
      });
    }
    this.#source.resume();
  }

  #feed(bytes: Uint8Array): void {
    this.#callOff?.();
    this.#machine.feed(bytes);
    const {gapMs} = this.#machine;
    this.#callOff =
      gapMs === undefined ? undefined : this.#timers.after(gapMs, () => this.#timeout());
    this.#flow();
  }

  #timeout(): void {
    this.#callOff = undefined;
    this.#machine.timeout();
    this.#flow();
  }

  #forget(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#machine.reset();
  }
}
