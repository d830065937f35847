// When REST is to be asked: every few minutes; at once when something is known to be missing; soon
// again when it did not answer or the stream is doubted; and when a run falls silent, ever more rarely while REST has nothing either.
import type {Timings} from './timings.ts';

export class LookTimes {
  readonly #timings: Timings;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** Something is known to be missing. */
  #isWanted = false;
  /** When the newest look that was answered in full began. */
  #answeredAt = Number.NEGATIVE_INFINITY;
  /** When the stream was last found deaf. */
  #doubtedAt = Number.NEGATIVE_INFINITY;
  /** Until the next try when REST did not answer; grows. */
  #patience: number;
  /** Between two looks at one silence; grows. */
  #silencePatience: number;

  constructor(timings: Timings) {
    this.#timings = timings;
    this.#patience = timings.silenceCheck;
    this.#silencePatience = timings.silenceCheck;
  }

  /** A look begins. All times: moments. */
  begin(now: number): void {
    this.#lastAt = now;
    this.#isWanted = false;
  }

  /** The look that began at `askedAt` was answered in full. */
  answered(askedAt: number): void {
    this.#answeredAt = askedAt;
    this.#patience = this.#timings.silenceCheck;
  }

  failed(): void {
    this.#patience = Math.min(this.#timings.witness, this.#patience * 2);
  }

  wanted(): void {
    this.#isWanted = true;
  }

  doubted(askedAt: number): void {
    this.#doubtedAt = askedAt;
  }

  /** The stream brings messages. */
  heard(): void {
    this.#silencePatience = this.#timings.silenceCheck;
  }

  /** What was heard of from then on is asked about: since the last answer, and a little before. */
  reach(askedAt: number): number {
    return Math.min(askedAt, this.#answeredAt) - this.#timings.witnessReach;
  }

  /** Whether the next look is due; one at a silence is taken to be made. */
  isDue(now: number, isSilent: () => boolean): boolean {
    const {witness, witnessTick, doubt} = this.#timings;
    const sinceLast = now - this.#lastAt;
    if (this.#isWanted && sinceLast >= witnessTick) return true;
    const isOwed = this.#answeredAt < this.#lastAt || now - this.#doubtedAt < doubt;
    if (sinceLast >= (isOwed ? this.#patience : witness)) return true;
    if (sinceLast < this.#silencePatience || !isSilent()) return false;
    this.#silencePatience = Math.min(witness, this.#silencePatience * 2);
    return true;
  }
}
