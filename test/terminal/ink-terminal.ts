// The app drawn by Ink as `swfmon` has it drawn, into a terminal emulator: what a person would see.
import xterm from '@xterm/headless';
import {PassThrough, Writable} from 'node:stream';
import {createElement} from 'react';
import {readScreen, type Screen} from '../../scripts/terminal-screen.ts';
import {drawApp, type DrawnApp} from '../../source/commands/draw-app.ts';
import {App} from '../../source/screen/app.tsx';
import type {Size} from '../../source/screen/layout.ts';
import type {Session} from '../screen/session.ts';

class TerminalInput extends PassThrough {
  readonly isTTY = true;
  readonly setRawMode = (): this => this;
  readonly ref = (): this => this;
  readonly unref = (): this => this;
}

class TerminalOutput extends Writable {
  readonly isTTY = true;
  readonly #terminal;
  columns;
  rows;

  constructor({columns, rows}: Size, terminal: InstanceType<typeof xterm.Terminal>) {
    super({decodeStrings: false});
    this.#terminal = terminal;
    this.columns = columns;
    this.rows = rows;
  }

  override _write(text: string, _encoding: string, written: () => void): void {
    this.#terminal.write(text, written);
  }
}

export class InkTerminal {
  readonly #terminal;
  readonly #stdin = new TerminalInput();
  readonly #stdout;
  readonly #app: DrawnApp;

  constructor(session: Session, alternateScreen = true) {
    const {columns: cols, rows} = session.size;
    // A real terminal's driver turns line feeds into new lines.
    const options = {cols, rows, convertEol: true, allowProposedApi: true};
    this.#terminal = new xterm.Terminal(options);
    this.#stdout = new TerminalOutput(session.size, this.#terminal);
    this.#app = drawApp(
      createElement(App, {store: session.store}),
      this.#stdout as unknown as NodeJS.WriteStream,
      {
        stdin: this.#stdin as unknown as NodeJS.ReadStream,
        alternateScreen,
        patchConsole: false,
      },
    );
  }

  /** The same app on the same terminal shows another session. */
  show(session: Session): void {
    this.#app.instance.rerender(createElement(App, {store: session.store}));
  }

  press(keys: string): void {
    this.#stdin.write(keys);
  }

  resize({columns, rows}: Size): void {
    this.#terminal.resize(columns, rows);
    Object.assign(this.#stdout, {columns, rows});
    this.#stdout.emit('resize');
  }

  /** Something else writes to the terminal. */
  disturb(text: string): void {
    this.#terminal.write(text);
  }

  repaint(): void {
    this.#app.repaint();
  }

  /** What the terminal shows once all is drawn. */
  async screen(): Promise<Screen> {
    await this.#app.instance.waitUntilRenderFlush();
    return readScreen(this.#terminal);
  }

  close(): void {
    this.#app.instance.unmount();
  }
}
