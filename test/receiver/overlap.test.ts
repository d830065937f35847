import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {Overlap} from '../../source/receiver/overlap.ts';

describe('the overlap of two streams', () => {
  it('shows what both bring once, whichever brings it first', () => {
    const overlap = new Overlap();
    overlap.add(1);
    overlap.add(2);
    expect(overlap.isNew(1, 'a')).toBe(true);
    expect(overlap.isNew(2, 'a')).toBe(false);
    expect(overlap.isNew(2, 'b')).toBe(true);
    expect(overlap.isNew(1, 'b')).toBe(false);
  });

  it('shows a text as often as one stream brought it', () => {
    const overlap = new Overlap();
    overlap.add(1);
    overlap.add(2);
    const shown = [1, 1, 2, 2, 2].filter(stream => overlap.isNew(stream, 'same'));
    expect(shown).toEqual([1, 1, 2]);
  });

  it('still knows what the ended stream brought, and remembers nothing more', () => {
    const overlap = new Overlap();
    overlap.add(1);
    overlap.add(2);
    overlap.isNew(1, 'late on the other');
    overlap.remove(1);
    expect(overlap.isNew(2, 'late on the other')).toBe(false);
    expect(overlap.isNew(2, 'news')).toBe(true);
    expect(overlap.isNew(2, 'news')).toBe(true);
    expect(overlap.size).toBe(1);
  });

  it('passes on the larger count of each text, in any interleaving', () => {
    const arrival = fc.tuple(fc.constantFrom(1, 2), fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(arrival, {maxLength: 60}), arrivals => {
        const overlap = new Overlap();
        overlap.add(1);
        overlap.add(2);
        const shown: Record<string, number> = {};
        for (const [stream, text] of arrivals) {
          if (overlap.isNew(stream, text)) shown[text] = (shown[text] ?? 0) + 1;
        }
        for (const text of ['a', 'b', 'c']) {
          const came = (from: number) =>
            arrivals.filter(([stream, data]) => stream === from && data === text).length;
          expect(shown[text] ?? 0).toBe(Math.max(came(1), came(2)));
        }
      }),
    );
  });
});
