// How long to wait before the next try: doubling from the first delay to the longest, each with
// up to a quarter taken off at random so that receivers do not come back all at once.
import type {Timings} from './timings.ts';

export class Backoff {
  readonly #timings: Timings;
  readonly #random: () => number;
  #failures = 0;

  /** `random` gives numbers from 0 to below 1. */
  constructor(timings: Timings, random: () => number) {
    this.#timings = timings;
    this.#random = random;
  }

  /** Failures in a row so far. */
  get failures(): number {
    return this.#failures;
  }

  /** The delay after one more failure, ms. */
  next(): number {
    const {firstRetry, longestRetry} = this.#timings;
    const full = Math.min(longestRetry, firstRetry * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return full * (1 - this.#random() / 4);
  }

  reset(): void {
    this.#failures = 0;
  }
}
