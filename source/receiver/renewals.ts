// When a working stream is replaced without anybody asking: because it is old (the server's relay
// forgets a stream after a day), or because it is deaf.
import type {Clock} from './clock.ts';
import type {Timings} from './timings.ts';

export class Renewals {
  readonly #clock: Clock;
  readonly #timings: Timings;
  readonly #renew: (why: 'age' | 'deaf') => void;
  #cancelAge: (() => void) | undefined;
  #deafs = 0;
  #nextDeaf = Number.NEGATIVE_INFINITY;
  #deafSince: number | undefined;

  constructor(options: {
    readonly clock: Clock;
    readonly timings: Timings;
    readonly renew: (why: 'age' | 'deaf') => void;
  }) {
    this.#clock = options.clock;
    this.#timings = options.timings;
    this.#renew = options.renew;
  }

  /** A stream has opened: its age counts from now. */
  opened(): void {
    this.#renewAfter(this.#timings.renewal);
  }

  /** The stream brings messages. */
  heard(): void {
    this.#deafs = 0;
  }

  /** The stream has missed messages since then; one that stays deaf is renewed ever more rarely. */
  deaf(since: number): void {
    const now = this.#clock.now();
    if (now < this.#nextDeaf) return;
    const {deafRenewal, longestDeafRenewal} = this.#timings;
    const wait = Math.min(longestDeafRenewal, deafRenewal * 2 ** Math.min(this.#deafs, 10));
    this.#nextDeaf = now + wait;
    this.#deafs += 1;
    this.#deafSince = since;
    this.#renew('deaf');
  }

  /** Since when the stream that is being renewed has been deaf, ms. */
  get deafSince(): number | undefined {
    return this.#deafSince;
  }

  /** Again, until a stream opens: the next one may not come up at the first try. */
  #renewAfter(delay: number): void {
    this.stop();
    this.#cancelAge = this.#clock.after(delay, () => {
      this.#renewAfter(this.#timings.renewalRetry);
      this.#renew('age');
    });
  }

  stop(): void {
    this.#cancelAge?.();
    this.#cancelAge = undefined;
  }
}
