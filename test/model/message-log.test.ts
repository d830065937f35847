// The message log: its bounds, its ids, and what a frozen view of it shows.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MessageLog, type LogView} from '../../source/model/message-log.ts';
import {messageFrom, start} from './happenings.ts';

const entry = (n: number) => ({
  kind: 'message' as const,
  at: start + n,
  message: messageFrom({msg_type: 'stf_gen', sequence: n}),
  isCaughtUp: false,
});

function logOf(sizes: readonly number[], bounds: {entries: number; size: number}): MessageLog {
  const log = new MessageLog(bounds);
  for (const [index, size] of sizes.entries()) log.add(entry(index + 1), size);
  return log;
}

const ids = (log: LogView) => {
  const held: number[] = [];
  for (let id = log.first; id <= log.last; id += 1) held.push(log.get(id)?.id ?? -1);
  return held;
};

const roomy = {entries: 100, size: 1000};

describe('a message log', () => {
  it('is empty at first', () => {
    const log = new MessageLog();
    expect(ids(log)).toEqual([]);
    expect([log.get(0), log.get(1)]).toEqual([undefined, undefined]);
  });

  it('numbers its entries from 1 on', () => {
    const log = new MessageLog(roomy);
    expect([log.add(entry(1), 1), log.add(entry(2), 1)]).toEqual([1, 2]);
    expect(log.get(2)).toMatchObject({id: 2, at: start + 2, message: {sequence: 2}});
  });

  it('keeps the newest within its number', () => {
    expect(ids(logOf([1, 1, 1, 1, 1], {entries: 3, size: 1000}))).toEqual([3, 4, 5]);
  });

  it('keeps the newest within its size', () => {
    expect(ids(logOf([40, 40, 40, 40], {entries: 100, size: 100}))).toEqual([3, 4]);
  });

  it('keeps one entry that is too large by itself, and lets it go with the next', () => {
    const log = logOf([10, 5000], {entries: 100, size: 100});
    expect(ids(log)).toEqual([2]);
    log.add(entry(3), 10);
    expect(ids(log)).toEqual([3]);
  });

  it('never holds more than its bounds, has no holes, and its entries bear their ids', () => {
    const bounds = fc.record({entries: fc.integer({min: 1, max: 8}), size: fc.nat(60)});
    fc.assert(
      fc.property(fc.array(fc.nat(40), {maxLength: 40}), bounds, (sizes, within) => {
        const log = logOf(sizes, within);
        const held = ids(log);
        expect(log.last).toBe(sizes.length);
        expect(held).toEqual(held.map((_, index) => log.first + index));
        expect(held.length).toBeLessThanOrEqual(within.entries);
        const size = held.reduce((sum, id) => sum + sizes[id - 1]!, 0);
        expect(held.length <= 1 || size <= within.size).toBe(true);
        expect([log.get(log.first - 1), log.get(log.last + 1)]).toEqual([undefined, undefined]);
      }),
    );
  });
});

describe('a frozen log', () => {
  it('stays while the log goes on', () => {
    const log = logOf([1, 1, 1], {entries: 3, size: 1000});
    const frozen = log.freeze();
    log.add(entry(4), 1);
    log.add(entry(5), 1);
    expect(ids(log)).toEqual([3, 4, 5]);
    expect(ids(frozen)).toEqual([1, 2, 3]);
    expect(frozen.get(1)).toMatchObject({message: {sequence: 1}});
    expect([frozen.get(0), frozen.get(4)]).toEqual([undefined, undefined]);
  });
});

describe('a caught-up entry', () => {
  const times = (log: LogView) => ids(log).map(id => log.get(id)!.at - start);

  it('goes to its place in time, and newer ids rise by one', () => {
    const log = new MessageLog(roomy);
    for (const n of [1, 2, 5, 6]) log.add(entry(n), 1);
    log.insert({...entry(3), isCaughtUp: true}, 1);
    expect(times(log)).toEqual([1, 2, 3, 5, 6]);
    expect(ids(log)).toEqual([1, 2, 3, 4, 5]);
    expect(log.get(3)).toMatchObject({isCaughtUp: true});
  });

  it('keeps the order of time and the bounds, whatever comes in whatever order', () => {
    const bounds = fc.record({
      entries: fc.integer({min: 1, max: 12}),
      size: fc.integer({min: 20, max: 90}),
    });
    const arrivals = fc.array(fc.tuple(fc.nat(50), fc.integer({min: 1, max: 9})), {maxLength: 40});
    fc.assert(
      fc.property(arrivals, bounds, (entries, within) => {
        const log = new MessageLog(within);
        const kept: number[] = [];
        for (const [at] of entries) log.insert(entry(at), 1);
        for (const [at] of entries) kept.push(at);
        expect(ids(log)).toEqual(ids(log).map((_, index) => log.first + index));
        expect(times(log)).toEqual(times(log).toSorted((a, b) => a - b));
        expect(times(log).length).toBeLessThanOrEqual(within.entries);
        if (entries.length <= Math.min(within.entries, within.size)) {
          expect(times(log)).toEqual(kept.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('is left out when a full log begins after it', () => {
    const log = logOf([1, 1, 1], {entries: 3, size: 1000});
    log.insert(entry(0), 1);
    expect(times(log)).toEqual([1, 2, 3]);
  });
});

describe('a gap line', () => {
  const gap = {
    kind: 'gap' as const,
    gap: 7,
    at: start,
    from: start,
    to: undefined,
    reason: 'lost',
    caughtUp: undefined,
    isUnanswered: false,
  };

  it('is changed where it stands, even after others were put before it', () => {
    const log = new MessageLog(roomy);
    log.add(entry(-5), 1);
    log.add(gap, 0);
    log.add(entry(2), 1);
    log.insert(entry(-3), 1);
    log.changeGap(7, {to: start + 5});
    expect(log.get(3)).toMatchObject({kind: 'gap', to: start + 5, id: 3});
    expect(ids(log)).toEqual([1, 2, 3, 4]);
  });

  it('that has been dropped changes nothing', () => {
    const log = new MessageLog({entries: 2, size: 1000});
    log.add(gap, 0);
    log.add(entry(2), 1);
    log.add(entry(3), 1);
    log.changeGap(7, {to: start + 5});
    expect(ids(log).map(id => log.get(id)?.kind)).toEqual(['message', 'message']);
  });

  it('does not change in a frozen log', () => {
    const log = new MessageLog(roomy);
    const id = log.add(gap, 0);
    const frozen = log.freeze();
    log.changeGap(7, {to: start + 5});
    expect(frozen.get(id)).toMatchObject({to: undefined});
  });
});
