// What commands print on stdout. An output that takes no more (a full disk, a closed pipe) is the same for
// all of them: the command ends, with one line on stderr and its status, unless nobody reading is a usual end.

/** stdout takes no more. */
export class OutputError extends Error {
  /** Nobody reads any more: the pipe is closed, or the terminal is gone. */
  readonly isClosed: boolean;

  constructor({code = '', message}: NodeJS.ErrnoException) {
    const isClosed = code === 'EPIPE' || code === 'EIO';
    super(isClosed ? 'stdout is closed: the rest is not printed' : `stdout: ${message}`);
    this.isClosed = isClosed;
  }
}

type OutputStream = Pick<NodeJS.WriteStream, 'write' | 'on'>;

export class Output {
  readonly #stream: OutputStream;
  readonly #listeners = new Set<(error: OutputError) => void>();
  #error: OutputError | undefined;

  constructor(stream: OutputStream) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#error) return;
      this.#error = new OutputError(error);
      for (const listener of this.#listeners) listener(this.#error);
    });
  }

  /** @throws OutputError when it has taken no more before: the command has no reason to go on. */
  write(text: string): void {
    if (this.#error) throw this.#error;
    this.#stream.write(text);
  }

  /** For what runs on: calls `listener` once when it takes no more. Returns what ends that. */
  onError(listener: (error: OutputError) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** When all that was written is taken: undefined, or why it is not. */
  async finished(): Promise<OutputError | undefined> {
    if (!this.#error) {
      const {promise, resolve} = Promise.withResolvers<void>();
      const forget = this.onError(() => resolve());
      // Called after everything that was written before. An error is told by its event.
      this.#stream.write('', error => {
        if (!error) resolve();
      });
      await promise;
      forget();
    }
    return this.#error;
  }
}

export const output = new Output(process.stdout);

/** Without a reader of the diagnostics, commands go on. */
export function outliveStderr(): void {
  process.stderr.on('error', () => undefined);
}
