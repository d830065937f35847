// When REST is to be read for everything that goes on: every few minutes; at once when something is known to be
// missing; soon again when it did not answer or the stream is doubted. Silent executions have times of their own.
import type {Timings} from './timings.ts';

export class PollSchedule {
  readonly #timings: Timings;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** Something is known, or may be, to be missing: the moment from which on it is to be read; Infinity: nothing is. */
  #wantedAt = Infinity;
  /** When the newest check that was answered in full began. */
  #answeredAt = Number.NEGATIVE_INFINITY;
  /** When the stream was last found deaf. */
  #doubtedAt = Number.NEGATIVE_INFINITY;
  /** Until the next try when REST did not answer, ms; grows. */
  #retryMs: number;

  constructor(timings: Timings) {
    this.#timings = timings;
    this.#retryMs = timings.silenceCheck;
  }

  /** A check begins. All times: moments. */
  begin(now: number): void {
    this.#lastAt = now;
    this.#wantedAt = Infinity;
  }

  /** The check that began at `askedAt` was answered in full. */
  answered(askedAt: number): void {
    this.#answeredAt = askedAt;
    this.#retryMs = this.#timings.silenceCheck;
  }

  failed(): void {
    this.#retryMs = Math.min(this.#timings.witness, this.#retryMs * 2);
  }

  /** Something is known to be missing. */
  wanted(): void {
    this.#wantedAt = Math.min(this.#wantedAt, this.#lastAt + this.#timings.witnessTick);
  }

  /** A filter has gone that kept something away; many changes in a row cost one check. */
  filterWidened(): void {
    this.#wantedAt = Math.min(this.#wantedAt, this.#lastAt + this.#timings.filterCheck);
  }

  doubted(askedAt: number): void {
    this.#doubtedAt = askedAt;
  }

  /** What was observed before that moment was settled by the last answer, with a margin. */
  reach(askedAt: number): number {
    return Math.min(askedAt, this.#answeredAt) - this.#timings.witnessReach;
  }

  isDue(now: number): boolean {
    const {witness, doubt} = this.#timings;
    if (now >= this.#wantedAt) return true;
    const isOwed = this.#answeredAt < this.#lastAt || now - this.#doubtedAt < doubt;
    return now - this.#lastAt >= (isOwed ? this.#retryMs : witness);
  }
}
