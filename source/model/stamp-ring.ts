// When each of the newest STFs of a run passed a stage, by number: so that stages are matched by STF
// and not by the order of their coming.

/** STFs of which the stamps are kept: numbers further apart than this push each other out. */
const size = 64;

/** To be read, not added to. */
export type Stamps = Pick<StampRing, 'get' | 'lagsAfter'>;

export class StampRing {
  // Plain numbers, side by side, with holes: a thousand runs have thousands of rings.
  #numbers: number[] = [];
  /** Server clock, ms. */
  #times: number[] = [];

  copy(): StampRing {
    const copy = new StampRing();
    copy.#numbers = this.#numbers.slice();
    copy.#times = this.#times.slice();
    return copy;
  }

  /** `at`: server clock, ms. Of several stamps of one number the earliest stays. */
  add(number: number, at: number): void {
    const slot = number % size;
    const held = this.#numbers[slot] ?? -1;
    if (held > number || (held === number && this.#times[slot]! <= at)) return;
    this.#numbers[slot] = number;
    this.#times[slot] = at;
  }

  get(number: number): number | undefined {
    const slot = number % size;
    return this.#numbers[slot] === number ? this.#times[slot] : undefined;
  }

  /** How long after `earlier` each STF was here that both hold, ms, in rising order. */
  lagsAfter(earlier: Pick<StampRing, 'get'>): readonly number[] {
    const lags: number[] = [];
    // Holes are passed over.
    this.#numbers.forEach((number, slot) => {
      const before = earlier.get(number);
      if (before !== undefined) lags.push(Math.max(0, this.#times[slot]! - before));
    });
    return lags.sort((a, b) => a - b);
  }
}
