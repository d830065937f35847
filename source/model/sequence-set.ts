// The sequence numbers that a run's messages brought, as ranges: small however long the run, and
// it knows its holes. Immutable: adding gives a new set.

export type Range = readonly [first: number, last: number];

/** More holes than this are not told apart any more; the oldest are taken as filled. */
const maxRanges = 500;

export class SequenceSet {
  static readonly empty = new SequenceSet([], 0);
  /** In rising order, apart from each other by at least one missing number. */
  readonly ranges: readonly Range[];
  /** Distinct numbers held. */
  readonly count: number;

  private constructor(ranges: readonly Range[], count: number) {
    this.ranges = ranges;
    this.count = count;
  }

  has(number: number): boolean {
    return this.ranges.some(([first, last]) => number >= first && number <= last);
  }

  /** Whether it holds every number from `first` to `last`. */
  covers(first: number, last: number): boolean {
    return this.ranges.some(([from, to]) => from <= first && last <= to);
  }

  with(number: number): SequenceSet {
    const {ranges} = this;
    let index = ranges.length;
    // From the end: numbers come in order but for rare exceptions.
    while (index > 0 && ranges[index - 1]![0] > number) index -= 1;
    const before = ranges[index - 1];
    const after = ranges[index];
    if (before && number <= before[1]) return this;
    const joinsBefore = before?.[1] === number - 1;
    const joinsAfter = after?.[0] === number + 1;
    const joined: Range = [joinsBefore ? before[0] : number, joinsAfter ? after[1] : number];
    const next = [
      ...ranges.slice(0, joinsBefore ? index - 1 : index),
      joined,
      ...ranges.slice(joinsAfter ? index + 1 : index),
    ];
    if (next.length > maxRanges) next.splice(0, 2, [next[0]![0], next[1]![1]]);
    return new SequenceSet(next, this.count + 1);
  }

  get first(): number | undefined {
    return this.ranges[0]?.[0];
  }

  get last(): number | undefined {
    return this.ranges.at(-1)?.[1];
  }

  /** How many of these numbers `other` does not hold. */
  countWithout(other: SequenceSet): number {
    let common = 0;
    let index = 0;
    for (const [first, last] of this.ranges) {
      while ((other.ranges[index]?.[1] ?? Infinity) < first) index += 1;
      for (let at = index; (other.ranges[at]?.[0] ?? Infinity) <= last; at += 1) {
        const [from, to] = other.ranges[at]!;
        common += Math.min(last, to) - Math.max(first, from) + 1;
      }
    }
    return Math.max(0, sizeOf(this.ranges) - common);
  }

  /** The holes from `from` to the last number, as ranges. */
  missing(from: number): readonly Range[] {
    const holes: Range[] = [];
    let expected = from;
    for (const [first, last] of this.ranges) {
      if (first > expected) holes.push([expected, first - 1]);
      expected = Math.max(expected, last + 1);
    }
    return holes;
  }
}

/** How many numbers the ranges hold. */
export function sizeOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Ranges as people write them: `3, 7–9`. */
export function formatRanges(ranges: readonly Range[]): string {
  return ranges
    .map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
    .join(', ');
}
