// A file as lines, in pieces of bounded size, as far as it is written. Reads without waiting: a
// recording is a local file, and its reader decides how much of it is read at a time.
import {closeSync, openSync, readSync} from 'node:fs';

export interface FileLine {
  /** Undefined: longer than any event. */
  readonly text: string | undefined;
  /** Ended by a line feed; only a file's last line can be without. */
  readonly isWhole: boolean;
  /** Where it ends, bytes from the file's beginning. */
  readonly end: number;
}

const pieceSize = 256 * 1024;
const lineFeed = 0x0a;

/** Longest line, bytes: JSON in JSON of the largest event that the stream may bring. */
const longest = 64 * 1024 * 1024;

/** @throws Error when the file cannot be read. */
export function* linesOf(path: string): Generator<FileLine> {
  const file = openSync(path, 'r');
  try {
    const line = new LineBuffer();
    let position = 0;
    const piece = Buffer.alloc(pieceSize);
    for (let size = 0; (size = readSync(file, piece, 0, pieceSize, null)) > 0;) {
      let from = 0;
      for (let at; (at = piece.subarray(0, size).indexOf(lineFeed, from)) >= 0; from = at + 1) {
        line.add(piece.subarray(from, at));
        yield {text: line.take(), isWhole: true, end: position + at + 1};
      }
      line.add(piece.subarray(from, size));
      position += size;
    }
    if (!line.isEmpty) yield {text: line.take(), isWhole: false, end: position};
  } finally {
    closeSync(file);
  }
}

/** The pieces of one line. */
class LineBuffer {
  #pieces: Buffer[] = [];
  #size = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  add(piece: Buffer): void {
    this.#size += piece.length;
    // The piece is read into again.
    if (this.#size <= longest) this.#pieces.push(Buffer.from(piece));
    else this.#pieces = [];
  }

  take(): string | undefined {
    const text = this.#size > longest ? undefined : Buffer.concat(this.#pieces).toString('utf8');
    this.#pieces = [];
    this.#size = 0;
    return text;
  }
}
