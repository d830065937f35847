// A tally that stays as it is: one more of a name is another one. Plain lists, as a run's names are
// few and a map would be copied with every message.
import {others} from './tally.ts';

export class NameCounts implements Iterable<readonly [name: string, count: number]> {
  static readonly empty = new NameCounts([], []);
  /** In the order of their first coming. */
  readonly #names: readonly string[];
  /** In the same order. */
  readonly #counts: readonly number[];

  private constructor(names: readonly string[], counts: readonly number[]) {
    this.#names = names;
    this.#counts = counts;
  }

  /** One more of `name`; it never holds more than `bound` names and the others. */
  with(name: string, bound: number): NameCounts {
    const isKnown = this.#names.includes(name);
    const key = isKnown || this.#names.length < bound ? name : others;
    const index = this.#names.indexOf(key);
    return index < 0
      ? new NameCounts([...this.#names, key], [...this.#counts, 1])
      : new NameCounts(this.#names, this.#counts.with(index, (this.#counts[index] ?? 0) + 1));
  }

  /** Names held, the others as one. */
  get size(): number {
    return this.#names.length;
  }

  get(name: string): number | undefined {
    return this.#counts[this.#names.indexOf(name)];
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, count: number]> {
    for (const [index, name] of this.#names.entries()) yield [name, this.#counts[index] ?? 0];
  }
}
