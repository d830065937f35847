import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {Backoff} from '../../source/receiver/backoff.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';

const delays = (random: () => number, count: number) => {
  const backoff = new Backoff(defaultTimings, random);
  return Array.from({length: count}, () => backoff.next());
};

describe('the backoff', () => {
  it('doubles from 1 s to 30 s and stays there', () => {
    expect(delays(() => 0, 8)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('takes up to a quarter off at random', () => {
    fc.assert(
      fc.property(fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}), random => {
        const full = delays(() => 0, 10);
        for (const [index, delay] of delays(() => random, 10).entries()) {
          expect(delay).toBeLessThanOrEqual(full[index]!);
          expect(delay).toBeGreaterThanOrEqual(full[index]! * 0.75);
        }
      }),
    );
  });

  it('begins anew after a reset', () => {
    const backoff = new Backoff(defaultTimings, () => 0);
    backoff.next();
    backoff.next();
    expect(backoff.failures).toBe(2);
    backoff.reset();
    expect(backoff.next()).toBe(1000);
  });

  it('does not overflow after weeks of failures', () => {
    expect(delays(() => 0, 5000).at(-1)).toBe(30_000);
  });
});
