// Of what is remembered within a bound, the one heard of longest ago goes first. It is looked for
// when room is needed: an order kept with every message would cost more than the rest of it.

/** The key of the one heard of longest ago; of several, the one that has been there longest. */
export function leastRecent<Key>(
  known: ReadonlyMap<Key, {readonly lastAt: number}>,
): Key | undefined {
  let least: Key | undefined;
  let leastAt = Infinity;
  for (const [key, {lastAt}] of known) {
    if (lastAt >= leastAt) continue;
    least = key;
    leastAt = lastAt;
  }
  return least;
}

/** All keys, the one heard of last first. */
export function newestFirst<Key>(
  known: Iterable<readonly [Key, {readonly lastAt: number}]>,
): readonly Key[] {
  return [...known]
    .toReversed()
    .sort(([, a], [, b]) => b.lastAt - a.lastAt)
    .map(([key]) => key);
}
