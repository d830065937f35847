// A clock of the receiver for tests in which the machine sleeps, or much time passes at once.
import {systemClock, type Clock, type TimeChange} from '../../source/receiver/clock.ts';

/** The system's clock, ahead of it by what it was put forward. */
export class JumpingClock implements Clock {
  #ahead = 0;
  readonly #reports = new Set<(change: TimeChange) => void>();

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  monotonic(): number {
    return systemClock.monotonic() + this.#ahead;
  }

  after(delay: number, task: () => void): () => void {
    return systemClock.after(delay, task);
  }

  timeout(delay: number, task: () => void): () => void {
    return systemClock.timeout(delay, task);
  }

  watch(report: (change: TimeChange) => void): () => void {
    this.#reports.add(report);
    return () => this.#reports.delete(report);
  }

  check(): void {}

  /** Time passes, ms. */
  jump(duration: number): void {
    this.#ahead += duration;
  }

  /** The machine wakes up after `duration` ms. */
  sleep(duration: number): void {
    this.jump(duration);
    for (const report of this.#reports) report({kind: 'stood-still', duration});
  }
}
