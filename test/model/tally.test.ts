// Counts by name within a bound.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {counted, others, ranked, type Tally} from '../../source/model/tally.ts';

const bound = 4;
const tallyOf = (names: readonly string[]): Tally =>
  names.reduce<Tally>((tally, name) => counted(tally, name, bound), new Map());

describe('a tally', () => {
  it('counts each name, in the order of their first coming', () => {
    expect([...tallyOf(['b', 'a', 'b'])]).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
  });

  it('stays as it was when another is made from it', () => {
    const before = tallyOf(['a']);
    counted(before, 'a', bound);
    counted(before, 'b', bound);
    expect([...before]).toEqual([['a', 1]]);
  });

  it('counts names beyond its bound together, and known ones still by name', () => {
    expect([...tallyOf(['a', 'b', 'c', 'd', 'e', 'f', 'a'])]).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 1],
      ['d', 1],
      [others, 2],
    ]);
  });

  it('holds names like those of every object', () => {
    expect(tallyOf(['constructor', '__proto__', 'constructor']).get('constructor')).toBe(2);
  });

  it('accounts for everything, whatever the names, and never outgrows its bound', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', others), {maxLength: 40});
    fc.assert(
      fc.property(names, list => {
        const tally = tallyOf(list);
        expect([...tally.values()].reduce((sum, count) => sum + count, 0)).toBe(list.length);
        expect(tally.size).toBeLessThanOrEqual(bound + 1);
        const firsts = [...new Set(list)].filter(name => name !== others).slice(0, bound - 1);
        for (const name of firsts) {
          expect(tally.get(name)).toBe(list.filter(other => other === name).length);
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
  expect(ranked(new Map())).toEqual([]);
});
