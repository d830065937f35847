// Writes lines for a reader that may be slow, stand still, or be gone. What is read from the
// network never waits for it: lines wait in memory, within a bound, and what is left out is told.
import {once} from 'node:events';

/** What may wait for the reader, in UTF-16 units: ten minutes at 500 messages a second. */
const most = 128 * 1024 * 1024;

type LineStream = NodeJS.WritableStream &
  Pick<NodeJS.WriteStream, 'writableLength' | 'writableNeedDrain'>;

/**
 * Gathers the lines of one turn of the event loop into one write: the server sends each message as
 * a chunk of its own. Keeps their order.
 */
export class LineWriter {
  readonly #stream: LineStream;
  readonly #most: number;
  #lines: string[] = [];
  #leftOut = 0;

  /** @param late the reader reads again after standing still, too late for so many lines. */
  constructor(stream: LineStream, late: (leftOut: number) => void, bound: number = most) {
    this.#stream = stream;
    this.#most = bound;
    stream.on('drain', () => {
      if (this.#leftOut > 0) late(this.#leftOut);
      this.#leftOut = 0;
    });
  }

  write(line: string): void {
    if (this.#lines.length === 0) setImmediate(() => this.flush());
    this.#lines.push(line);
  }

  /** When the reader has taken what was written, as far as it has to be waited for, or is gone. */
  async drained(): Promise<void> {
    this.flush();
    if (this.#stream.writableNeedDrain) await once(this.#stream, 'drain').catch(() => undefined);
  }

  /** Writes the lines of this turn. */
  flush(): void {
    if (this.#lines.length === 0) return;
    const lines = this.#lines;
    this.#lines = [];
    if (this.#stream.writableLength > this.#most) this.#leftOut += lines.length;
    else this.#stream.write(`${lines.join('\n')}\n`);
  }
}
