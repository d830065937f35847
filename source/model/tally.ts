// Counts by name, within a bound: further names are counted together. Immutable.

export type Tally = ReadonlyMap<string, number>;

/** Stands for all names beyond the bound. */
export const others = '(others)';

/** The tally with one more of `name`; it never holds more than `bound` names and the others. */
export function counted(tally: Tally, name: string, bound: number): Tally {
  const key = tally.has(name) || tally.size < bound ? name : others;
  return new Map(tally).set(key, (tally.get(key) ?? 0) + 1);
}

/** The most frequent first. */
export function ranked(tally: Tally): readonly (readonly [name: string, count: number])[] {
  return [...tally].sort(([, a], [, b]) => b - a);
}
