// Stamps by STF number: the newest 64, whatever the order of their coming.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {StampRing} from '../../source/model/stamp-ring.ts';

type Stamp = readonly [number: number, at: number];

function ringOf(stamps: readonly Stamp[]): StampRing {
  const ring = new StampRing();
  for (const stamp of stamps) ring.add(...stamp);
  return ring;
}

const numbersTo = (last: number) => Array.from({length: last}, (_, index) => index + 1);

describe('a stamp ring', () => {
  it('holds a stamp by its number, and none of another', () => {
    const ring = ringOf([[5, 100]]);
    expect([ring.get(5), ring.get(4), ring.get(69)]).toEqual([100, undefined, undefined]);
    expect(ringOf([]).get(5)).toBeUndefined();
  });

  it('holds the number 0, and the largest of all', () => {
    const largest = Number.MAX_SAFE_INTEGER;
    const ring = ringOf([
      [0, 1],
      [largest, 2],
    ]);
    expect([ring.get(0), ring.get(largest)]).toEqual([1, 2]);
  });

  it('holds the newest 64 of a long run', () => {
    const ring = ringOf(numbersTo(1000).map(number => [number, number * 10]));
    expect([ring.get(936), ring.get(937), ring.get(1000)]).toEqual([undefined, 9370, 10_000]);
  });

  it('keeps the earliest of several stamps of one number', () => {
    for (const stamps of [
      [[3, 10] as const, [3, 20] as const],
      [[3, 20] as const, [3, 10] as const],
    ]) {
      expect(ringOf(stamps).get(3)).toBe(10);
    }
  });

  it('is not pushed back by a number that comes late', () => {
    const ring = ringOf([
      [70, 500],
      [6, 400],
    ]);
    expect([ring.get(70), ring.get(6)]).toEqual([500, undefined]);
  });

  it('stays as it was when its copy goes on, and its copy when it does', () => {
    const ring = ringOf([[1, 10]]);
    const copy = ring.copy();
    copy.add(1, 5);
    ring.add(65, 50);
    expect([copy.get(1), copy.get(65)]).toEqual([5, undefined]);
    expect([ring.get(1), ring.get(65)]).toEqual([undefined, 50]);
  });

  it('holds the same in every order of coming', () => {
    const stamps = fc.array(fc.tuple(fc.nat(200), fc.nat(1000)), {maxLength: 60});
    fc.assert(
      fc.property(
        stamps.chain(list =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, {minLength: list.length})),
        ),
        ([one, other]) => {
          const [a, b] = [ringOf(one), ringOf(other)];
          for (const [number, at] of one) {
            expect(b.get(number)).toBe(a.get(number));
            expect(a.get(number) ?? 0).toBeLessThanOrEqual(at);
          }
        },
      ),
    );
  });
});

describe('the lags between two rings', () => {
  const earlier = ringOf([
    [1, 100],
    [2, 200],
    [3, 300],
  ]);

  it('are those of the numbers that both hold, in rising order', () => {
    const later = ringOf([
      [1, 190],
      [3, 310],
      [4, 450],
    ]);
    expect(later.lagsAfter(earlier)).toEqual([10, 90]);
    expect(ringOf([]).lagsAfter(earlier)).toEqual([]);
    expect(later.lagsAfter(ringOf([]))).toEqual([]);
  });

  it('are matched by number, not by order', () => {
    const later = ringOf([
      [3, 305],
      [1, 400],
      [2, 202],
    ]);
    expect(later.lagsAfter(earlier)).toEqual([2, 5, 300]);
  });

  it('are never below zero, whatever the stamps say', () => {
    expect(ringOf([[2, 150]]).lagsAfter(earlier)).toEqual([0]);
  });

  it('do not match a number with another of its place in the ring', () => {
    expect(ringOf([[65, 900]]).lagsAfter(earlier)).toEqual([]);
  });
});
