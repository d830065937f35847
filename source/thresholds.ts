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

export type ThresholdName = keyof Thresholds;
export const thresholdNames = Object.keys(units) as readonly ThresholdName[];

/** A threshold as people give it: in seconds (`intervals`: their number), or never. */
export type GivenThreshold = number | 'off';

export const givenDefault = (name: ThresholdName): GivenThreshold =>
  defaultThresholds[name] / units[name];

/** The thresholds as people give them. */
export function toThresholds(given: Readonly<Record<ThresholdName, GivenThreshold>>): Thresholds {
  const threshold = (name: ThresholdName) => {
    const value = given[name];
    return [name, value === 'off' ? Infinity : value * units[name]];
  };
  return Object.fromEntries(thresholdNames.map(threshold));
}

export const isThreshold = (name: string): name is ThresholdName => Object.hasOwn(units, name);
