// A clock that the simulation turns: time jumps from one task to the next.
import type {Clock} from '../../source/receiver/clock.ts';

interface Task {
  readonly at: number;
  readonly run: () => void;
}

export class TurnedClock implements Clock {
  #now: number;
  readonly #tasks = new Set<Task>();

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delay: number, run: () => void): () => void {
    const task = {at: this.#now + Math.max(0, delay), run};
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  monotonic(): number {
    return this.#now;
  }

  timeout(delay: number, run: () => void): () => void {
    return this.after(delay, run);
  }

  /** Nothing happens to it: it is neither set, nor does it stand still. */
  watch(): () => void {
    return () => undefined;
  }

  check(): void {}

  /** When the next task is due; Infinity when there is none. */
  get nextAt(): number {
    let next = Infinity;
    for (const {at} of this.#tasks) next = Math.min(next, at);
    return next;
  }

  /** Turns the clock to `time` and runs the tasks that are due then, in order. */
  turnTo(time: number): void {
    this.#now = Math.max(this.#now, time);
    const due = [...this.#tasks].filter(({at}) => at <= this.#now).sort((a, b) => a.at - b.at);
    for (const task of due) if (this.#tasks.delete(task)) task.run();
  }
}
