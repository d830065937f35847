// When each of the newest STFs of a run passed a stage, by number: so that stages are matched by STF
// and not by the order of their coming. Immutable: adding gives a new ring.

interface Stamp {
  readonly number: number;
  /** Server clock, ms. */
  readonly at: number;
}

/** STFs of which the stamps are kept: numbers further apart than this push each other out. */
const size = 64;

export class StampRing {
  static readonly empty = new StampRing([]);
  readonly #slots: readonly (Stamp | undefined)[];

  private constructor(slots: readonly (Stamp | undefined)[]) {
    this.#slots = slots;
  }

  /** `at`: server clock, ms. Of several stamps of one number the earliest stays. */
  with(number: number, at: number): StampRing {
    const slot = number % size;
    const held = this.#slots[slot];
    if (held && (held.number > number || (held.number === number && held.at <= at))) return this;
    const slots = this.#slots.slice();
    slots[slot] = {number, at};
    return new StampRing(slots);
  }

  get(number: number): number | undefined {
    const held = this.#slots[number % size];
    return held?.number === number ? held.at : undefined;
  }

  /** How long after `earlier` each STF was here that both hold, ms, in rising order. */
  lagsAfter(earlier: StampRing): readonly number[] {
    const lags: number[] = [];
    for (const slot of this.#slots) {
      const before = slot && earlier.get(slot.number);
      if (slot && before !== undefined) lags.push(Math.max(0, slot.at - before));
    }
    return lags.sort((a, b) => a - b);
  }
}
