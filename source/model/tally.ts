// Counts by name, within a bound: further names are counted together.

export type Tally = ReadonlyMap<string, number>;

/** Stands for all names beyond the bound. */
export const others = '(others)';

/** One more of `name`; the map never holds more than `bound` names and the others. */
export function count(tally: Map<string, number>, name: string, bound: number): void {
  const key = tally.has(name) || tally.size < bound ? name : others;
  tally.set(key, (tally.get(key) ?? 0) + 1);
}

/** The most frequent first. */
export function ranked(
  tally: Iterable<readonly [name: string, count: number]>,
): readonly (readonly [name: string, count: number])[] {
  return [...tally].sort(([, a], [, b]) => b - a);
}
