// When a working stream is replaced without anybody asking: because it is old (the server's relay
// forgets a stream after a day), or because it is deaf.
import type {Clock} from './clock.ts';
import type {Timings} from './timings.ts';

export class Renewals {
  readonly #clock: Clock;
  readonly #timings: Timings;
  readonly #renew: (why: 'age' | 'deaf') => void;
  #cancelAge: (() => void) | undefined;
  #cancelDeaf: (() => void) | undefined;
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
    this.stop();
    this.#renewAfter(this.#timings.renewal);
  }

  /** The stream brings messages. */
  heard(): void {
    this.#deafs = 0;
    this.#forgetDeaf();
  }

  /** The stream has missed messages since that moment; one that stays deaf is renewed ever more rarely. */
  deaf(since: number): void {
    this.#deafSince = since;
    const wait = this.#nextDeaf - this.#clock.monotonic();
    if (wait <= 0) this.#renewDeaf();
    else this.#cancelDeaf ??= this.#clock.after(wait, () => this.#renewDeaf());
  }

  #renewDeaf(): void {
    this.#forgetDeaf();
    const {deafRenewal, longestDeafRenewal} = this.#timings;
    const wait = Math.min(longestDeafRenewal, deafRenewal * 2 ** Math.min(this.#deafs, 10));
    this.#nextDeaf = this.#clock.monotonic() + wait;
    this.#deafs += 1;
    this.#renew('deaf');
  }

  #forgetDeaf(): void {
    this.#cancelDeaf?.();
    this.#cancelDeaf = undefined;
  }

  /** The moment since which the stream that is being renewed has been deaf. */
  get deafSince(): number | undefined {
    return this.#deafSince;
  }

  stop(): void {
    this.#cancelAge?.();
    this.#forgetDeaf();
  }

  /** Again, until a stream opens: the next one may not come up at the first try. */
  #renewAfter(delay: number): void {
    this.#cancelAge = this.#clock.after(delay, () => {
      this.#renewAfter(this.#timings.renewalRetry);
      this.#renew('age');
    });
  }
}
