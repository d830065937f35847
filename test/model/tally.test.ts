// Counts by name within a bound: those that rise in place, and those that stay as they are.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {NameCounts} from '../../source/model/name-counts.ts';
import {count, others, ranked} from '../../source/model/tally.ts';

const bound = 4;

function tallyOf(names: readonly string[]): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  for (const name of names) count(tally, name, bound);
  return tally;
}

const countsOf = (names: readonly string[]) =>
  names.reduce((counts, name) => counts.with(name, bound), NameCounts.empty);

describe.each([
  ['a tally', tallyOf],
  ['counts by name', countsOf],
])('%s', (_, of) => {
  it('has each name, in the order of their first coming', () => {
    expect(Array.from(of(['b', 'a', 'b']))).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    expect([of(['b', 'a', 'b']).get('b'), of(['b']).get('a')]).toEqual([2, undefined]);
  });

  it('has names beyond its bound together, and known ones still by name', () => {
    expect([...of(['a', 'b', 'c', 'd', 'e', 'f', 'a'])]).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 1],
      ['d', 1],
      [others, 2],
    ]);
  });

  it('has names like those of every object', () => {
    expect(of(['constructor', '__proto__', 'constructor']).get('constructor')).toBe(2);
    expect(of([]).get('constructor')).toBeUndefined();
  });

  it('accounts for everything, whatever the names, and never outgrows its bound', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', others), {maxLength: 40});
    fc.assert(
      fc.property(names, list => {
        const counts = of(list);
        expect([...counts].reduce((sum, [, number]) => sum + number, 0)).toBe(list.length);
        expect(counts.size).toBeLessThanOrEqual(bound + 1);
        const firsts = [...new Set(list)].filter(name => name !== others).slice(0, bound - 1);
        for (const name of firsts) {
          expect(counts.get(name)).toBe(list.filter(other => other === name).length);
        }
      }),
    );
  });
});

it('counts by name stay as they are when others are made from them', () => {
  const before = countsOf(['a']);
  const after = before.with('a', bound);
  expect([...after]).toEqual([['a', 2]]);
  expect(before.with('b', bound).size).toBe(2);
  expect([...before]).toEqual([['a', 1]]);
});

it('the most frequent name ranks first, equal ones as they came', () => {
  expect(ranked(tallyOf(['a', 'b', 'c', 'b', 'c']))).toEqual([
    ['b', 2],
    ['c', 2],
    ['a', 1],
  ]);
  expect(ranked(NameCounts.empty)).toEqual([]);
});
