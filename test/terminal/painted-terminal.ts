// The screen painted as `swfmon` has it painted, into a terminal emulator: what a person would see.
import xterm from '@xterm/headless';
import {Writable} from 'node:stream';
import {readScreen, type Screen} from '../../scripts/terminal-screen.ts';
import type {Size} from '../../source/screen/layout.ts';
import {FullScreen} from '../../source/terminal/full-screen.ts';
import type {Session} from '../screen/session.ts';

export class PaintedTerminal {
  readonly #terminal;
  readonly #output;
  readonly #screen;
  #session: Session;
  /** What was written since the last look at it. */
  #written = '';

  constructor(session: Session) {
    const {columns: cols, rows} = session.size;
    this.#session = session;
    this.#terminal = new xterm.Terminal({cols, rows, allowProposedApi: true});
    this.#output = new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, written) => {
        this.#written += text;
        this.#terminal.write(text, written);
      },
    });
    this.#screen = new FullScreen(
      this.#output as unknown as NodeJS.WriteStream,
      () => this.#session.frame,
    );
    this.#screen.open();
  }

  /** The same terminal shows another session. */
  show(session: Session): void {
    this.#session = session;
  }

  resize({columns, rows}: Size): void {
    this.#terminal.resize(columns, rows);
    this.#screen.repaint();
  }

  /** Something else writes to the terminal. */
  disturb(text: string): void {
    this.#terminal.write(text);
  }

  repaint(): void {
    this.#screen.repaint();
  }

  /** What the terminal shows once all is painted. */
  async screen(): Promise<Screen> {
    await this.#flushed();
    this.#screen.paint();
    await this.#flushed();
    return readScreen(this.#terminal);
  }

  /** Bytes that the next frame takes. */
  async cost(): Promise<number> {
    await this.#flushed();
    this.#written = '';
    this.#screen.paint();
    return Buffer.byteLength(this.#written);
  }

  close(): void {
    this.#screen.close();
  }

  /** Everything that was written has reached the terminal. */
  async #flushed(): Promise<void> {
    await new Promise<void>(resolve => this.#output.write('', () => resolve()));
  }
}
