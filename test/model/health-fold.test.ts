// Counting messages up and folding each of them come to the same, whenever one looks.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {HealthFold} from '../../source/model/health-fold.ts';
import {foldHealth, newHealth} from '../../source/model/health.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {messageOf, opening, received, start} from './happenings.ts';

const message = received({msg_type: 'stf_gen', run_id: '7'}, start);

const happenings: readonly ((at: number) => readonly MonitorEvent[])[] = [
  at => [{...message, at}],
  at => [{...message, at, message: messageOf('odd', 'no JSON')}],
  at => [{...message, at, source: 'history', stream: 0}],
  at => opening(at),
  at => [{kind: 'deaf', at, since: at - 10, missing: 2}],
  at => [{kind: 'heartbeat', at, stream: 1, serverTime: at + 3000}],
  at => [{kind: 'quiet', at, since: at - 45_000, reconnectAt: at + 30_000}],
  at => [{kind: 'lost', at, stream: 1, reason: 'gone', remedy: undefined}],
];

test('at any moment, after any events', () => {
  const step = fc.record({what: fc.nat(happenings.length - 1), isLookedAt: fc.boolean()});
  fc.assert(
    fc.property(fc.array(step, {maxLength: 40}), steps => {
      const fold = new HealthFold();
      let health = newHealth;
      for (const [index, {what, isLookedAt}] of steps.entries()) {
        for (const event of happenings[what]!(start + index * 100)) {
          fold.apply(event);
          health = foldHealth(health, event);
        }
        if (isLookedAt) expect(fold.current).toEqual(health);
      }
      expect(fold.current).toEqual(health);
    }),
  );
});
