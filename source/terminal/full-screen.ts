// The terminal while it is swfmon's: the alternate screen, where a frame costs what it changes, and
// the terminal as it was, whatever ends the program.
import type {Frame} from '../screen/frame.ts';
import {Painter} from './painter.ts';

/** Alternate screen; no cursor; no wrapping at the edge; what is pasted comes marked as such. */
const take = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h';
const give = '\u001b[0m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';
/** Shown at once, where the terminal knows how (tmux does not). */
const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';

export class FullScreen {
  readonly #terminal: NodeJS.WriteStream;
  readonly #frame: () => Frame;
  readonly #painter = new Painter();
  #isOurs = false;

  constructor(terminal: NodeJS.WriteStream, frame: () => Frame) {
    this.#terminal = terminal;
    this.#frame = frame;
  }

  /** Takes the terminal and paints the whole frame. */
  open(): void {
    this.#isOurs = true;
    this.#terminal.write(take);
    process.on('exit', this.close);
    this.repaint();
  }

  /** Gives the terminal back; nothing is painted until it is taken again. */
  readonly close = (): void => {
    if (!this.#isOurs) return;
    this.#isOurs = false;
    process.off('exit', this.close);
    this.#terminal.write(give);
  };

  /** Whether the terminal has taken all that was written to it. */
  get isReady(): boolean {
    return this.#terminal.writableLength === 0;
  }

  /** Paints what has changed; a terminal that does not read gets no more until it does. */
  paint(): void {
    if (!this.#isOurs || !this.isReady) return;
    const written = this.#painter.paint(this.#frame());
    if (written !== '') this.#terminal.write(`${begin}${written}${end}`);
  }

  /** Paints all of it: something else may have written there, or the size is another. */
  repaint(): void {
    this.#painter.forget();
    this.paint();
  }
}
