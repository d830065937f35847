// The program as Ink draws it on a terminal, seen through a terminal emulator: what a person sees.
import xterm from '@xterm/headless';
import {PassThrough, Writable} from 'node:stream';
import {readScreen, type Screen} from '../../scripts/terminal-screen.ts';
import {mountScreen, type MountedScreen} from '../../source/ui/mount-screen.tsx';
import type {Size} from '../../source/ui/store/layout.ts';
import type {Session} from './session.ts';

/** A terminal's output as Ink knows it. */
class FakeStdout extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  /** What was written since the last look at it. */
  written = '';

  constructor({columns, rows}: Size, show: (text: string, done: () => void) => void) {
    super({
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        this.written += text;
        show(text, done);
      },
    });
    this.columns = columns;
    this.rows = rows;
  }
}

function fakeStdin(): NodeJS.ReadStream {
  const stream = new PassThrough();
  const terminal = {isTTY: true, setRawMode: () => stream, ref: () => stream, unref: () => stream};
  return Object.assign(stream, terminal) as unknown as NodeJS.ReadStream;
}

export class InkTerminal {
  readonly #terminal;
  readonly #stdout: FakeStdout;
  readonly #stdin = fakeStdin();
  readonly #mounted: MountedScreen;

  constructor(session: Session) {
    const {columns: cols, rows} = session.size;
    this.#terminal = new xterm.Terminal({
      cols,
      rows,
      allowProposedApi: true,
      // As a terminal's line discipline does it.
      convertEol: true,
    });
    // Somebody's prompt, behind which the program is started.
    this.#terminal.write('\r\nshift@lab $ ');
    this.#stdout = new FakeStdout(session.size, (text, done) => this.#terminal.write(text, done));
    this.#mounted = mountScreen(session.store, {
      stdin: this.#stdin,
      stdout: this.#stdout as unknown as NodeJS.WriteStream,
    });
  }

  resize(session: Session, size: Size): void {
    this.#terminal.resize(size.columns, size.rows);
    this.#stdout.columns = size.columns;
    this.#stdout.rows = size.rows;
    session.size = size;
    this.#stdout.emit('resize');
  }

  /** What the terminal shows once all is drawn. */
  async screen(): Promise<Screen> {
    await this.#drawn();
    return readScreen(this.#terminal);
  }

  /** @returns the bytes that `change` costs. */
  async cost(change: () => void): Promise<number> {
    await this.#drawn();
    this.#stdout.written = '';
    change();
    await this.#drawn();
    return Buffer.byteLength(this.#stdout.written);
  }

  close(): void {
    this.#mounted.unmount();
  }

  async #drawn(): Promise<void> {
    await this.#mounted.flushed();
    await new Promise<void>(resolve => this.#terminal.write('', resolve));
  }
}
