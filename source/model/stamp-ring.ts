// When each of the newest STFs of a run passed a stage, by number: so that stages are matched by STF
// and not by the order of their coming. Immutable: adding gives a new ring.

/** STFs of which the stamps are kept: numbers further apart than this push each other out. */
const size = 64;

/** No STF has this number. */
const none = -1;

export class StampRing {
  static readonly empty = new StampRing(Array(size).fill(none), Array(size).fill(Number.NaN));
  // Plain numbers, side by side: a thousand runs have thousands of rings.
  readonly #numbers: readonly number[];
  /** Server clock, ms. */
  readonly #times: readonly number[];

  private constructor(numbers: readonly number[], times: readonly number[]) {
    this.#numbers = numbers;
    this.#times = times;
  }

  /** `at`: server clock, ms. Of several stamps of one number the earliest stays. */
  with(number: number, at: number): StampRing {
    const slot = number % size;
    const held = this.#numbers[slot]!;
    if (held > number || (held === number && this.#times[slot]! <= at)) return this;
    const numbers = this.#numbers.slice();
    const times = this.#times.slice();
    numbers[slot] = number;
    times[slot] = at;
    return new StampRing(numbers, times);
  }

  get(number: number): number | undefined {
    const slot = number % size;
    return this.#numbers[slot] === number ? this.#times[slot] : undefined;
  }

  /** How long after `earlier` each STF was here that both hold, ms, in rising order. */
  lagsAfter(earlier: StampRing): readonly number[] {
    const lags: number[] = [];
    for (const [slot, number] of this.#numbers.entries()) {
      const before = number === none ? undefined : earlier.get(number);
      if (before !== undefined) lags.push(Math.max(0, this.#times[slot]! - before));
    }
    return lags.sort((a, b) => a - b);
  }
}
