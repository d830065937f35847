// Sequence numbers as ranges: the same as a plain set, within a bound.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {formatRanges, SequenceSet, sizeOf} from '../../source/model/sequence-set.ts';

const setOf = (numbers: Iterable<number>) => {
  let set = SequenceSet.empty;
  for (const number of numbers) set = set.with(number);
  return set;
};

/** The numbers of `ranges`, one by one. */
const numbersIn = (ranges: SequenceSet['ranges']) =>
  ranges.flatMap(([first, last]) =>
    Array.from({length: last - first + 1}, (_, index) => first + index),
  );

const sequences = fc.array(fc.integer({min: 0, max: 60}), {maxLength: 80});

describe('a sequence set', () => {
  it('holds what a plain set holds, in whatever order it comes', () => {
    fc.assert(
      fc.property(sequences, numbers => {
        const plain = new Set(numbers);
        const set = setOf(numbers);
        expect(set.count).toBe(plain.size);
        expect(numbersIn(set.ranges)).toEqual([...plain].sort((a, b) => a - b));
        for (let number = -1; number <= 61; number += 1) {
          expect(set.has(number)).toBe(plain.has(number));
        }
        expect(set.first).toBe(plain.size === 0 ? undefined : Math.min(...plain));
        expect(set.last).toBe(plain.size === 0 ? undefined : Math.max(...plain));
      }),
    );
  });

  it('misses what a plain set has not, from any number to the last', () => {
    fc.assert(
      fc.property(sequences, fc.integer({min: 0, max: 70}), (numbers, from) => {
        const set = setOf(numbers);
        const absent: number[] = [];
        for (let number = from; number < (set.last ?? 0); number += 1) {
          if (!numbers.includes(number)) absent.push(number);
        }
        const missing = set.missing(from);
        expect(numbersIn(missing)).toEqual(absent);
        expect(sizeOf(missing)).toBe(absent.length);
      }),
    );
  });

  it('holds so many without another as a plain difference has', () => {
    fc.assert(
      fc.property(sequences, sequences, (numbers, others) => {
        const plain = new Set(numbers).difference(new Set(others));
        expect(setOf(numbers).countWithout(setOf(others))).toBe(plain.size);
      }),
    );
  });

  it('holds none without itself, and all without the empty one', () => {
    fc.assert(
      fc.property(sequences, numbers => {
        const set = setOf(numbers);
        expect(set.countWithout(set)).toBe(0);
        expect(set.countWithout(SequenceSet.empty)).toBe(set.count);
        expect(SequenceSet.empty.countWithout(set)).toBe(0);
      }),
    );
  });

  it('covers what lies in one of its ranges, from either end', () => {
    fc.assert(
      fc.property(sequences, fc.nat(60), fc.nat(10), (numbers, first, more) => {
        const range = Array.from({length: more + 1}, (_, index) => first + index);
        const isCovered = range.every(number => numbers.includes(number));
        expect(setOf(numbers).covers(first, first + more)).toBe(isCovered);
      }),
    );
  });

  it('keeps its ranges apart from each other', () => {
    fc.assert(
      fc.property(sequences, numbers => {
        const {ranges} = setOf(numbers);
        const bounds = ranges.flat();
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
        const touching = ranges.filter(([first], index) => first - 1 === ranges[index - 1]?.[1]);
        expect(touching).toEqual([]);
      }),
    );
  });

  it('stays as it was when another is made from it', () => {
    const set = setOf([1, 2, 5]);
    expect(set.with(3).ranges).toEqual([
      [1, 3],
      [5, 5],
    ]);
    expect(set.ranges).toEqual([
      [1, 2],
      [5, 5],
    ]);
    expect(set.with(2)).toBe(set);
  });

  it('is one range for a long run without holes', () => {
    expect(setOf(Array.from({length: 5000}, (_, index) => index + 1)).ranges).toEqual([[1, 5000]]);
  });

  it('tells 500 ranges apart and takes the oldest holes as filled', () => {
    const odd = (count: number) => Array.from({length: count}, (_, index) => 2 * index + 1);
    expect(setOf(odd(500)).ranges).toHaveLength(500);
    const more = setOf(odd(502));
    expect(more.ranges).toHaveLength(500);
    expect(more.ranges[0]).toEqual([1, 5]);
    expect([more.first, more.last, more.count]).toEqual([1, 1003, 502]);
  });
});

it('ranges are written as people write them', () => {
  expect(formatRanges([])).toBe('');
  expect(
    formatRanges([
      [3, 3],
      [7, 9],
    ]),
  ).toBe('3, 7–9');
});
