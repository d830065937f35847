// Calls somebody who does not look: the bell (tmux lights the window) once for new alerts, and the
// terminal's title, which says how things stand from another tab.
import {openAlerts} from '../ui/view-models/alerts.ts';
import type {Snapshot} from '../model/monitor-model.ts';
import {isActive} from '../model/run-standing.ts';
import type {Terminal} from './stalled.ts';

/** Between two bells, ms. */
const restfulness = 30_000;

export class Attention {
  readonly #terminal: Terminal;
  readonly #hasTitle: boolean;
  #title = '';
  #raised = 0;
  #rangAt: number | undefined;

  /** @param kind the TERM of the environment; some have no title. */
  constructor(terminal: Terminal, kind: string | undefined) {
    this.#terminal = terminal;
    this.#hasTitle = kind !== undefined && kind !== 'dumb' && kind !== 'linux';
    // The title that was there is kept on the terminal's own stack.
    if (this.#hasTitle) terminal.write('\u001b[22;2t');
  }

  /**
   * Writes nothing to a terminal that does not read: title and bell wait for a later call.
   * @param raised alerts so far.
   */
  update(snapshot: Snapshot, raised: number, isMuted: boolean): void {
    if (this.#terminal.writableLength) return;
    this.#setTitle(titleOf(snapshot));
    if (raised <= this.#raised) return;
    const isKnown = isMuted || openAlerts(snapshot).length === 0;
    if (!isKnown && this.#isResting(snapshot.now)) return;
    this.#raised = raised;
    if (isKnown) return;
    this.#rangAt = snapshot.now;
    this.#terminal.write('\u0007');
  }

  /** Gives the title back; a terminal that keeps no titles has none rather than an old word. */
  end(): void {
    if (this.#hasTitle) this.#terminal.write('\u001b]2;\u0007\u001b[23;2t');
  }

  /** A clock that was set back makes no longer rest. */
  #isResting(now: number): boolean {
    return this.#rangAt !== undefined && Math.abs(now - this.#rangAt) < restfulness;
  }

  #setTitle(title: string): void {
    if (!this.#hasTitle || title === this.#title) return;
    this.#title = title;
    this.#terminal.write(`\u001b]2;${title}\u0007`);
  }
}

/** Made of our own words and numbers alone: nothing from the network gets here. */
function titleOf(snapshot: Snapshot): string {
  const {runs, health} = snapshot;
  const active = runs.filter(isActive).length;
  const alerts = openAlerts(snapshot).length;
  const parts = [
    `swfmon ${health.word}`,
    `${active} ${active === 1 ? 'run' : 'runs'}`,
    ...(alerts > 0 ? [`${alerts} ${alerts === 1 ? 'alert' : 'alerts'}`] : []),
  ];
  return parts.join(', ');
}
