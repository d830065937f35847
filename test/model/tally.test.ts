// Counts by name within a bound.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {count, others, ranked} from '../../source/model/tally.ts';

const bound = 4;

function tallyOf(names: readonly string[]): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  for (const name of names) count(tally, name, bound);
  return tally;
}

describe('a tally', () => {
  it('has each name, in the order of their first coming', () => {
    expect(Array.from(tallyOf(['b', 'a', 'b']))).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    expect([tallyOf(['b', 'a', 'b']).get('b'), tallyOf(['b']).get('a')]).toEqual([2, undefined]);
  });

  it('has names beyond its bound together, and known ones still by name', () => {
    expect([...tallyOf(['a', 'b', 'c', 'd', 'e', 'f', 'a'])]).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 1],
      ['d', 1],
      [others, 2],
    ]);
  });

  it('has names like those of every object', () => {
    expect(tallyOf(['constructor', '__proto__', 'constructor']).get('constructor')).toBe(2);
    expect(tallyOf([]).get('constructor')).toBeUndefined();
  });

  it('accounts for everything, whatever the names, and never outgrows its bound', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', others), {maxLength: 40});
    fc.assert(
      fc.property(names, list => {
        const counts = tallyOf(list);
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

it('the most frequent name ranks first, equal ones as they came', () => {
  expect(ranked(tallyOf(['a', 'b', 'c', 'b', 'c']))).toEqual([
    ['b', 2],
    ['c', 2],
    ['a', 1],
  ]);
  expect(ranked(tallyOf([]))).toEqual([]);
});
