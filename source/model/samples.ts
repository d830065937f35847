// Small bounded statistics: the newest values of a quantity, and counts by second.

/** The newest `capacity` values; quantiles are those of what it holds. */
export class Samples {
  readonly #values: Float64Array;
  #count = 0;
  /** Those held in rising order; undefined when it has to be found anew. */
  #rising: Float64Array | undefined;

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity);
  }

  add(value: number): void {
    this.#values[this.#count % this.#values.length] = value;
    this.#count += 1;
    this.#rising = undefined;
  }

  /** The value below which `share` (0 to 1) of those held lie; undefined when there are none. */
  quantile(share: number): number | undefined {
    this.#rising ??= this.#values.slice(0, Math.min(this.#count, this.#values.length)).sort();
    return quantile(this.#rising, share);
  }
}

/** The value of a rising list below which `share` (0 to 1) of it lie; undefined when it is empty. */
export function quantile(rising: ArrayLike<number>, share: number): number | undefined {
  return rising[Math.min(rising.length - 1, Math.floor(share * rising.length))];
}

/** How often something happened in each of the newest seconds. */
export class SecondCounts {
  readonly #counts: Float64Array;
  #second = 0;
  /** What the clock was set by since the first count, ms. */
  #stepped = 0;

  constructor(seconds: number) {
    this.#counts = new Float64Array(seconds);
  }

  /** The clock that `at` is by was set by so many ms: seconds go on as they did. */
  shift(by: number): void {
    this.#stepped += by;
  }

  /** `at`: ms; what is older than the newest second counts into it. */
  add(at: number, amount = 1): void {
    this.#advance(at);
    const slot = this.#second % this.#counts.length;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + amount;
  }

  /** Counts of the full seconds before `at`, oldest first. */
  before(at: number): readonly number[] {
    this.#advance(at);
    const length = this.#counts.length;
    return Array.from(
      {length: length - 1},
      (_, index) => this.#counts[(this.#second + 1 + index) % length] ?? 0,
    );
  }

  #advance(at: number): void {
    const second = Math.floor((at - this.#stepped) / 1000);
    const steps = Math.min(second - this.#second, this.#counts.length);
    for (let step = 1; step <= steps; step += 1) {
      this.#counts[(second - steps + step) % this.#counts.length] = 0;
    }
    this.#second = Math.max(this.#second, second);
  }
}
