// When something is wrong enough to say so.

/** Times: ms; `Infinity` never. */
export interface Thresholds {
  /** A run may be imminent this long. */
  readonly imminent: number;
  /** STFs may stay away for so many of their own intervals … */
  readonly intervals: number;
  /** … but this long at least. */
  readonly silence: number;
  /** Missing numbers and a wrong total may be caught up within this time. */
  readonly settle: number;
  /** REST may take this long to fill a gap. */
  readonly unfilled: number;
}

export const defaultThresholds: Thresholds = {
  imminent: 300_000,
  intervals: 5,
  silence: 30_000,
  settle: 10_000,
  unfilled: 60_000,
};

/** What one of a threshold's unit is: ms for times, which are given in seconds. */
const units: Readonly<Record<keyof Thresholds, number>> = {
  imminent: 1000,
  intervals: 1,
  silence: 1000,
  settle: 1000,
  unfilled: 1000,
};

export const thresholdNames = Object.keys(units) as readonly (keyof Thresholds)[];

/**
 * The defaults with what `imminent=600` or `silence=off` change; times in seconds.
 * @throws Error with what is wrong, in words.
 */
export function readThresholds(changes: readonly string[]): Thresholds {
  const thresholds: Record<keyof Thresholds, number> = {...defaultThresholds};
  for (const change of changes) {
    const [name = '', value = ''] = change.split('=', 2).map(part => part.trim());
    if (!isThreshold(name)) throw new Error(`"${name}" is none of ${thresholdNames.join(', ')}`);
    const number = value === 'off' ? Infinity : value === '' ? NaN : Number(value);
    if (!(number >= 0)) throw new Error(`${name} takes a number from 0, or off, not "${value}"`);
    thresholds[name] = number * units[name];
  }
  return thresholds;
}

const isThreshold = (name: string): name is keyof Thresholds => Object.hasOwn(units, name);
