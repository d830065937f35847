// The lifecycle in time: whatever the order in which messages come, their stamps decide.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  advance,
  generatedCount,
  newRun,
  readyCount,
  timeFrameCount,
  type Run,
} from '../../source/model/run.ts';
import {physicsTime} from '../../source/model/timeline.ts';
import {runEvents} from './happenings.ts';

const messages = runEvents().map(({message}) => message);

function runOf(list: typeof messages): Run {
  const [first] = list;
  return list.reduce(
    (run, message) => advance(run, message, message.sentAt!),
    newRun('k', '100013', first!, first!.sentAt!),
  );
}

/** What of a run must not depend on the order of coming. */
const told = ({phase, phaseSince, periods, physicsBefore, isJoinedLate, total, ...run}: Run) => ({
  phase,
  phaseSince,
  periods,
  physicsBefore,
  isJoinedLate,
  total,
  generated: generatedCount(run as Run),
  ready: readyCount(run as Run),
  timeFrames: timeFrameCount(run as Run),
});

describe('the timeline', () => {
  it('tells the same run in every order of coming', () => {
    const expected = told(runOf(messages));
    expect(expected).toMatchObject({
      phase: 'ended',
      periods: 2,
      isJoinedLate: false,
      generated: 10,
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(messages, {minLength: messages.length}), shuffled => {
        expect(told(runOf(shuffled))).toEqual(expected);
      }),
    );
  });

  it('never tells more data taking than time, nor leaves the end, whatever is lost or doubled', () => {
    const some = fc.array(fc.constantFrom(...messages), {minLength: 1, maxLength: 150});
    fc.assert(
      fc.property(some, list => {
        let run = newRun('k', '100013', list[0]!, list[0]!.sentAt!);
        let hasEnded = false;
        let generated = 0;
        for (const message of list) {
          run = advance(run, message, message.sentAt!);
          expect(physicsTime(run, run.lastAt)).toBeLessThanOrEqual(run.lastAt - run.firstAt);
          expect(generatedCount(run)).toBeGreaterThanOrEqual(generated);
          generated = generatedCount(run);
          hasEnded ||= message.type === 'end_run';
          if (hasEnded) expect(run.phase).toBe('ended');
        }
        expect(run.messages).toBe(list.length);
      }),
    );
  });

  it('stays within its bound when a run pauses for ever, and still knows its physics', () => {
    const [first] = messages;
    let run = newRun('k', '1', first!, 0);
    for (let turn = 0; turn < 2000; turn += 1) {
      run = advance(run, {...first!, type: turn === 0 ? 'start_run' : 'resume_run'}, turn * 20);
      run = advance(run, {...first!, type: 'pause_run'}, turn * 20 + 10);
    }
    expect(run.steps.length).toBeLessThanOrEqual(400);
    expect(run).toMatchObject({periods: 2000, physicsBefore: 20_000, phase: 'paused'});
  });
});
