// Gaps: opened, closed and filled, each by its own events, the newest 200.
import {describe, expect, it} from 'vitest';
import {foldGaps, type Gap} from '../../source/model/gaps.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {opening, received, start} from './happenings.ts';

const later = (seconds: number) => start + seconds * 1000;
const opened = (id: number, from = later(id)): MonitorEvent => ({
  kind: 'gap-opened',
  id,
  at: from + 500,
  from,
  reason: 'the server ended the stream',
});
const closed = (id: number, to = later(id + 10)): MonitorEvent => ({
  kind: 'gap-closed',
  id,
  at: to,
  from: later(id),
  to,
});
const filled = (id: number, isAnswered: boolean, caughtUp = 0): MonitorEvent => ({
  kind: 'gap-filled',
  id,
  at: later(id + 11),
  from: later(id),
  to: later(id + 10),
  caughtUp,
  isAnswered,
});
const gapsAfter = (...events: readonly MonitorEvent[]): readonly Gap[] =>
  events.reduce<readonly Gap[]>(foldGaps, []);

describe('a gap', () => {
  it('lasts from the last byte before it, and nothing is known of it', () => {
    expect(gapsAfter(opened(1))).toEqual([
      {
        id: 1,
        from: later(1),
        to: undefined,
        reason: 'the server ended the stream',
        caughtUp: undefined,
        isUnanswered: false,
      },
    ]);
  });

  it('ends, and is not filled by that', () => {
    expect(gapsAfter(opened(1), closed(1))).toMatchObject([
      {from: later(1), to: later(11), caughtUp: undefined},
    ]);
  });

  it.each([0, 7])('has %d messages caught up once REST answers', caughtUp => {
    expect(gapsAfter(opened(1), closed(1), filled(1, true, caughtUp))).toMatchObject([
      {caughtUp, isUnanswered: false},
    ]);
  });

  it('is unanswered until REST answers after all', () => {
    const unanswered = gapsAfter(opened(1), closed(1), filled(1, false));
    expect(unanswered).toMatchObject([{caughtUp: undefined, isUnanswered: true}]);
    expect(foldGaps(unanswered, filled(1, true, 3))).toMatchObject([
      {caughtUp: 3, isUnanswered: false},
    ]);
  });
});

describe('several gaps', () => {
  it('are changed each by its own events, in whatever order, oldest first', () => {
    expect(gapsAfter(opened(1), opened(2), closed(2), filled(2, true, 4), closed(1))).toMatchObject(
      [
        {id: 1, to: later(11), caughtUp: undefined},
        {id: 2, to: later(12), caughtUp: 4},
      ],
    );
  });

  it('stay as they are when another ends, or one that is forgotten', () => {
    const gaps = gapsAfter(opened(1));
    expect(foldGaps(foldGaps(gaps, closed(9)), filled(9, true, 1))).toEqual(gaps);
  });

  it('are the same list after everything else that happens', () => {
    const gaps = gapsAfter(opened(1));
    for (const event of [...opening(start), received({msg_type: 'stf_gen'}, start)]) {
      expect(foldGaps(gaps, event)).toBe(gaps);
    }
  });

  it('are the newest 200', () => {
    const gaps = gapsAfter(...Array.from({length: 250}, (_, index) => opened(index + 1)));
    expect([gaps.length, gaps[0]?.id, gaps.at(-1)?.id]).toEqual([200, 51, 250]);
  });
});
