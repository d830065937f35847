// Thresholds as people give them: in seconds, by number, or off.
import {describe, expect, it} from 'vitest';
import {
  defaultThresholds,
  givenDefault,
  isThreshold,
  thresholdNames,
  toThresholds,
  type GivenThreshold,
  type ThresholdName,
} from '../source/thresholds.ts';

const usual = Object.fromEntries(thresholdNames.map(name => [name, givenDefault(name)])) as Record<
  ThresholdName,
  GivenThreshold
>;

describe('thresholds', () => {
  it('are in seconds, but for the number of intervals', () => {
    const given = {imminent: 600, intervals: 3, silence: 60, settle: 1.5, unfilled: 0};
    expect(toThresholds(given)).toEqual({
      imminent: 600_000,
      intervals: 3,
      silence: 60_000,
      settle: 1500,
      unfilled: 0,
    });
  });

  it('are the usual ones when these are given', () => {
    expect(usual).toEqual({imminent: 300, intervals: 5, silence: 30, settle: 10, unfilled: 60});
    expect(toThresholds(usual)).toEqual(defaultThresholds);
  });

  it.each(thresholdNames)('leave the others as they are when %s is off', name => {
    const off = toThresholds({...usual, [name]: 'off'});
    expect(off).toEqual({...defaultThresholds, [name]: Infinity});
  });

  it('have names of their own, and none that every object has', () => {
    expect(thresholdNames.every(isThreshold)).toBe(true);
    expect(['', 'Silence', 'toString', '__proto__', 'constructor'].some(isThreshold)).toBe(false);
  });
});
