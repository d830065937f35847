// When a message was sent, as far as its stamp is believed: agents may give their own, by a wrong clock
// or without its zone, and one such stamp among others would turn a run's course around.
import {isAhead} from '../wire/stamp.ts';

/** Stamps that the next one is held against. */
const window = 64;
/** So much later than the least late of those, it is of another clock or zone, ms: zones are an hour apart and more. */
const maxBehind = 30 * 60_000;

export class MessageTimes {
  /** From the stamp to its coming, of the newest stamps, ms. All are late by days where a recording is streamed. */
  readonly #delays: number[] = [];
  #count = 0;
  /** Of those held. */
  #least = Infinity;

  /**
   * Of a message that the stream brought.
   * @param sentAt its stamp, ms.
   * @param cameAt when it came, server clock, ms.
   * @param isMonitors the monitor set it, and no agent.
   * @returns the stamp; undefined where there is none, or it is not believed.
   */
  believed(sentAt: number | undefined, cameAt: number, isMonitors: boolean): number | undefined {
    if (sentAt === undefined || isAhead(sentAt, cameAt)) return undefined;
    const delay = cameAt - sentAt;
    // An agent whose clock is hours behind is so with all its messages.
    if (!isMonitors) return delay > maxBehind ? undefined : sentAt;
    const least = this.#least;
    this.#note(delay);
    return delay - least > maxBehind ? undefined : sentAt;
  }

  #note(delay: number): void {
    const slot = this.#count % window;
    const oldest = this.#delays[slot];
    this.#delays[slot] = delay;
    this.#count += 1;
    this.#least = oldest === this.#least ? Math.min(...this.#delays) : Math.min(this.#least, delay);
  }
}

/** From the stamp to its coming, ms, never negative; undefined where that says nothing of the way. */
export function latencyOf(sentAt: number, cameAt: number): number | undefined {
  const delay = cameAt - sentAt;
  return delay > maxBehind ? undefined : Math.max(0, delay);
}
