// One run as its messages tell it: whole, joined late, out of order, with holes and repetitions.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  firstExpected,
  generatedCount,
  missingCount,
  missingStfs,
  processedCount,
  readyCount,
  stfRate,
  timeFrameCount,
  type Run,
} from '../../source/model/run.ts';
import {physicsTime} from '../../source/model/timeline.ts';
import {formatRanges} from '../../source/model/sequence-set.ts';
import type {EventOf} from '../../source/monitor-event.ts';
import {messageFrom, received, runEvents, runOf, start} from './happenings.ts';

type MessageEvent = EventOf<'message'>;

const runAfter = (events: readonly MessageEvent[]): Run =>
  runOf(events.map(({at, message}) => [message, message.sentAt ?? at]));

const whole = runEvents();
const without = (drop: (event: MessageEvent) => boolean) => whole.filter(event => !drop(event));
const isStf =
  (...sequences: number[]) =>
  ({message}: MessageEvent) =>
    message.type === 'stf_gen' && sequences.includes(message.sequence ?? 0);
const upTo = (type: string) =>
  whole.slice(0, whole.findIndex(({message}) => message.type === type) + 1);

describe('a run seen from its beginning to its end', () => {
  const run = runAfter(whole);

  it('has ended, with every STF generated and ready and none missing', () => {
    expect(run).toMatchObject({
      phase: 'ended',
      isInferred: false,
      isJoinedLate: false,
      periods: 2,
      repeated: 0,
      total: 10,
      messages: 95,
      executionId: 'stf_datataking-root-0004',
    });
    expect([generatedCount(run), readyCount(run), missingCount(run)]).toEqual([10, 10, 0]);
    expect([timeFrameCount(run), processedCount(run)]).toEqual([70, 0]);
  });

  it('took data for the sum of its physics periods, and time after its end adds nothing', () => {
    // Each period: 1.1 s until the first STF, 4 × 2.4 s between them, 0.2 s to its end.
    expect(physicsTime(run, start + 33_000)).toBe(21_800);
    expect(physicsTime(run, start + 3_600_000)).toBe(21_800);
  });

  it('carries no state stamps any more, as end_run has none', () => {
    expect([run.state, run.substate]).toEqual([undefined, undefined]);
  });

  it('ends so with any parameters and delays', () => {
    const counts = {stfs: fc.integer({min: 1, max: 6}), periods: fc.integer({min: 1, max: 4})};
    fc.assert(
      fc.property(counts.stfs, counts.periods, fc.nat(), (stfCount, physicsPeriodCount, seed) => {
        const run = runAfter(runEvents({stfCount, physicsPeriodCount}, seed));
        const stfs = stfCount * physicsPeriodCount;
        const perPeriod = 1100 + (stfCount - 1) * 2400 + 200;
        expect(run).toMatchObject({phase: 'ended', periods: physicsPeriodCount, total: stfs});
        expect([generatedCount(run), readyCount(run), missingCount(run)]).toEqual([stfs, stfs, 0]);
        expect(
          Math.abs(physicsTime(run, start) - physicsPeriodCount * perPeriod),
        ).toBeLessThanOrEqual(2 * physicsPeriodCount);
      }),
      {numRuns: 50},
    );
  });
});

describe('a run on its way', () => {
  it('is imminent, then running with the stamps of its message', () => {
    expect(runAfter(upTo('run_imminent'))).toMatchObject({
      phase: 'imminent',
      state: 'beam',
      substate: 'not_ready',
    });
    expect(runAfter(upTo('start_run'))).toMatchObject({
      phase: 'running',
      phaseSince: start + 8100,
      state: 'run',
      substate: 'physics',
      periods: 1,
    });
  });

  it('counts physics only while it is running', () => {
    const running = runAfter(upTo('start_run'));
    expect(physicsTime(running, start + 10_100)).toBe(2000);
    expect(physicsTime(running, start)).toBe(0);
    const paused = runAfter(upTo('pause_run'));
    expect(paused).toMatchObject({phase: 'paused', state: 'run', substate: 'standby', periods: 1});
    expect(physicsTime(paused, start + 60_000)).toBe(10_900);
  });

  it('has the rate of its newest STFs, once there are two', () => {
    const paused = runAfter(upTo('pause_run'));
    expect(stfRate(runAfter(upTo('stf_gen')), start)).toBeUndefined();
    expect(stfRate(paused, paused.lastAt)).toBeCloseTo(1 / 2.4, 2);
    expect(runAfter(runEvents({stfCount: 30})).generatedAt).toHaveLength(10);
  });

  it('has no rate when all its STFs bear one time', () => {
    const stf = (sequence: number) =>
      received({msg_type: 'stf_gen', run_id: '100013', sequence}, start);
    expect(stfRate(runAfter([stf(1), stf(2)]), start)).toBeUndefined();
  });

  it('has the lower a rate the longer no STF comes', () => {
    const stf = (sequence: number) =>
      received({msg_type: 'stf_gen', run_id: '100013', sequence}, start + sequence * 1000);
    const run = runAfter([stf(1), stf(2), stf(3)]);
    const rates = [-60, 0, 1, 3, 3599].map(seconds => stfRate(run, run.lastAt + seconds * 1000));
    expect(rates).toEqual([1, 1, 1, 0.5, 1 / 1800]);
  });
});

describe('a run joined late', () => {
  it('is inferred to run from an STF, and misses none from before its first', () => {
    const late = runAfter(whole.slice(whole.findIndex(isStf(4)), whole.findIndex(isStf(5))));
    expect(late).toMatchObject({phase: 'running', isInferred: true, isJoinedLate: true});
    expect([generatedCount(late), firstExpected(late), missingCount(late)]).toEqual([1, 4, 0]);
  });

  it('misses what is lost after its first STF', () => {
    const late = runAfter(whole.slice(whole.findIndex(isStf(4))).filter(event => !isStf(6)(event)));
    expect(missingCount(late)).toBe(1);
  });

  it('is only seen, in no phase, while its agents alone speak', () => {
    const seen = runAfter(whole.filter(({message}) => message.type === 'tf_file_registered'));
    expect(seen).toMatchObject({phase: 'unknown', isJoinedLate: true, periods: 0});
    expect(timeFrameCount(seen)).toBe(70);
  });
});

describe('messages lost, repeated and out of order', () => {
  it('lost ones are missing by number', () => {
    const run = runAfter(without(isStf(3, 7, 8)));
    expect([generatedCount(run), missingCount(run), run.total]).toEqual([7, 3, 10]);
    expect(formatRanges(missingStfs(run))).toBe('3, 7–8');
  });

  it('the first ones lost are missing too, when the run was seen to begin', () => {
    expect(missingCount(runAfter(without(isStf(1, 2))))).toBe(2);
  });

  it('repeated ones count once, and as repeated', () => {
    const run = runAfter(whole.flatMap(event => [event, event]));
    expect([generatedCount(run), readyCount(run), run.repeated, run.periods]).toEqual([
      10, 10, 10, 2,
    ]);
    expect(physicsTime(run, start)).toBe(21_800);
  });

  it('any order comes to the same counts, and ends', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...whole], {minLength: whole.length}), events => {
        const run = runAfter(events);
        expect(run).toMatchObject({phase: 'ended', total: 10, repeated: 0});
        expect(timeFrameCount(run)).toBe(70);
        expect([generatedCount(run), readyCount(run), missingCount(run)]).toEqual([10, 10, 0]);
        expect(physicsTime(run, start + 60_000)).toBeGreaterThanOrEqual(0);
        expect(run.lastAt).toBe(Math.max(...whole.map(({message}) => message.sentAt!)));
      }),
      {numRuns: 50},
    );
  });

  it('of several ends that tell of different totals the most is taken, in either order', () => {
    const end = (total: number) =>
      received({msg_type: 'end_run', run_id: '100013', total_stf_files: total}, start + total);
    expect(runAfter([end(10), end(12)]).total).toBe(12);
    expect(runAfter([end(12), end(10)]).total).toBe(12);
  });

  it('copies of one message are no faster run, but a number made twice is an STF each time', () => {
    const stf = (sequence: number, after: number) =>
      received({msg_type: 'stf_gen', run_id: '100013', sequence}, start + after);
    const run = runAfter([stf(1, 0), stf(1, 0), stf(2, 1000), stf(2, 1000), stf(2, 2000)]);
    expect(stfRate(run, run.lastAt)).toBe(1);
    expect(run.repeated).toBe(3);
  });

  it('a start_run that comes after its first STF confirms what was inferred', () => {
    const [imminent, started, stf] = upTo('stf_gen');
    const run = runAfter([imminent!, stf!, started!]);
    expect(run).toMatchObject({phase: 'running', isInferred: false, periods: 1});
  });

  it('a late run_imminent does not set the state of a running run back', () => {
    const [imminent, started] = upTo('start_run');
    expect(runAfter([started!, imminent!])).toMatchObject({
      phase: 'running',
      state: 'run',
      substate: 'physics',
    });
  });

  it('an ended run does not take up a state again', () => {
    const resumed = whole.find(({message}) => message.type === 'resume_run')!;
    expect(runAfter([...whole, resumed])).toMatchObject({phase: 'ended', state: undefined});
  });
});

describe('messages that carry less than they should', () => {
  it('STFs without a sequence number count, and are neither missing nor repeated', () => {
    const bare = (type: string) => received({msg_type: type, run_id: '100013'}, start);
    const run = runAfter([
      received({msg_type: 'run_imminent', run_id: '100013'}, start),
      bare('stf_gen'),
      bare('stf_gen'),
      bare('stf_ready'),
      bare('data_ready'),
    ]);
    expect([generatedCount(run), readyCount(run)]).toEqual([2, 2]);
    expect([missingCount(run), run.repeated]).toEqual([0, 0]);
  });

  it('an end_run without a total has none to compare with', () => {
    const end = received({msg_type: 'end_run', run_id: '100013', total_stf_files: null}, start);
    expect(runAfter([end]).total).toBeUndefined();
  });

  it('a type named like a property of every object is a message as any other', () => {
    const odd = messageFrom({msg_type: 'constructor', run_id: '100013'});
    expect(runOf([[odd, start]])).toMatchObject({phase: 'unknown', messages: 1});
  });
});
