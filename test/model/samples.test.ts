// Small statistics, also on clocks that step.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {Samples, SecondCounts} from '../../source/model/samples.ts';
import {start} from './happenings.ts';

describe('samples', () => {
  it('have no quantile before the first', () => {
    expect(new Samples(4).quantile(0.5)).toBeUndefined();
  });

  it('hold the newest alone, and their quantiles are values that came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({min: -1000, max: 1000}), {minLength: 1, maxLength: 40}),
        fc.integer({min: 1, max: 10}),
        (values, capacity) => {
          const samples = new Samples(capacity);
          for (const value of values) samples.add(value);
          const newest = values.slice(-capacity).sort((a, b) => a - b);
          expect(samples.quantile(0)).toBe(newest[0]);
          expect(samples.quantile(1)).toBe(newest.at(-1));
          expect(samples.quantile(0.5)).toBe(newest[Math.floor(newest.length / 2)]);
        },
      ),
    );
  });

  it('tell the slow hundredth from the rest', () => {
    const samples = new Samples(512);
    for (let n = 0; n < 200; n += 1) samples.add(n < 196 ? 15 : 90);
    expect([samples.quantile(0.5), samples.quantile(0.99)]).toEqual([15, 90]);
  });
});

describe('counts by second', () => {
  const counted = (times: readonly number[]) => {
    const counts = new SecondCounts(5);
    for (const at of times) counts.add(start + at);
    return counts;
  };

  it('are those of the full seconds before, oldest first', () => {
    const counts = counted([0, 999, 1000, 3500]);
    expect(counts.before(start + 4000)).toEqual([2, 1, 0, 1]);
    expect(counts.before(start + 4999)).toEqual([2, 1, 0, 1]);
    expect(counts.before(start + 5000)).toEqual([1, 0, 1, 0]);
  });

  it('leave the running second out', () => {
    expect(counted([4100, 4200]).before(start + 4900)).toEqual([0, 0, 0, 0]);
  });

  it('may carry amounts', () => {
    const counts = new SecondCounts(3);
    counts.add(start, 7);
    expect(counts.before(start + 1000)).toEqual([0, 7]);
  });

  it('are all zero after a jump of an hour ahead', () => {
    const counts = counted([0, 1000, 2000]);
    expect(counts.before(start + 3_600_000)).toEqual([0, 0, 0, 0]);
    counts.add(start + 3_600_000);
    expect(counts.before(start + 3_601_000)).toEqual([0, 0, 0, 1]);
  });

  it('go into the newest second when the clock steps back', () => {
    const counts = counted([3000, 1500, 2999]);
    expect(counts.before(start + 4000)).toEqual([0, 0, 0, 3]);
  });

  it('lose nothing of what came when the clock steps back an hour', () => {
    const counts = counted([3000, 3000 - 3_600_000, 3000]);
    expect(counts.before(start + 4000)).toEqual([0, 0, 0, 3]);
  });

  it('are those of a plain count while the clock only rises', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3000), {maxLength: 30}), steps => {
        const counts = new SecondCounts(5);
        const times: number[] = [];
        let at = start;
        for (const step of steps) {
          at += step;
          times.push(at);
          counts.add(at);
        }
        const second = Math.floor(at / 1000);
        const expected = [4, 3, 2, 1].map(
          ago => times.filter(time => Math.floor(time / 1000) === second - ago).length,
        );
        expect(counts.before(at)).toEqual(expected);
      }),
    );
  });
});
