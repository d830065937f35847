// Finds runs that nobody told of, begun and ended while the stream was away or deaf: the testbed
// numbers its runs one after the other, so the numbers that were jumped over, and the next ones, are
// asked for by number. Runs before the first look are nobody's loss.
import type {WorkflowMessage} from '../wire/message.ts';
import {hasRunState} from '../wire/run-state.ts';

/** Numbers asked for, a look. */
const maxAsked = 20;
/** A number so far beyond the next one goes on elsewhere. */
const farAway = 100;

export class RunSearch {
  /** Newest number before the first look. */
  #newest: number | undefined;
  #hasLooked = false;
  /** When the newest run that was heard of began; server clock, ms. */
  #begunAt = 0;
  /** The first number that was neither heard of nor asked for; undefined before any is known. */
  #next: number | undefined;
  /** Numbers heard of from the next one on. */
  readonly #heard = new Set<number>();

  /** Messages of an execution alone: what else has a run number may be somebody's test. */
  heard({type, runId, executionId, sentAt = 0}: WorkflowMessage): void {
    if (executionId === undefined || runId === undefined || !hasRunState(runId)) return;
    const number = Number(runId);
    if (type === 'run_imminent' && sentAt > this.#begunAt) {
      this.#begunAt = sentAt;
      // A new database counts from its own beginning: the numbers go on from there.
      if (this.#next !== undefined && number < this.#next - farAway) this.#goOnAfter(number);
    }
    if (!this.#hasLooked) this.#newest = Math.max(number, this.#newest ?? 0);
    else if (this.#next === undefined || number > this.#next + farAway) this.#goOnAfter(number);
    else if (number >= this.#next) this.#heard.add(number);
  }

  /** REST was asked about everything that is known: from here on nothing may be missed. */
  looked(): void {
    if (this.#hasLooked) return;
    this.#hasLooked = true;
    if (this.#newest !== undefined) this.#goOnAfter(this.#newest);
  }

  /**
   * Asks for runs that were not heard of.
   * @param ask what the monitor knows of a run; undefined: nothing. What it throws ends this look.
   * @param found told the execution of each.
   */
  async look(
    ask: (runId: string) => Promise<{readonly executionId: string | undefined} | undefined>,
    found: (executionId: string) => void,
  ): Promise<void> {
    for (let asked = 0; asked < maxAsked && this.#next !== undefined; asked += 1) {
      this.#passHeard();
      const number = this.#next;
      const run = await ask(String(number));
      // The stream may have told of it, or of one far away, while REST was asked.
      const isHeard = this.#heard.delete(number);
      if (run?.executionId !== undefined) found(run.executionId);
      if (!run && !isHeard && this.#heard.size === 0) break;
      if (this.#next === number) this.#next += 1;
    }
  }

  #passHeard(): void {
    while (this.#next !== undefined && this.#heard.delete(this.#next)) this.#next += 1;
  }

  #goOnAfter(number: number): void {
    this.#next = number + 1;
    this.#heard.clear();
  }
}
