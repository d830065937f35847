// A run's messages in any order, some lost, some doubled: what must hold whatever comes.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {backlog, lagOf, stageCount, type StageName} from '../../source/model/pipeline.ts';
import {
  advance,
  generatedCount,
  missingStfs,
  newRun,
  readyCount,
  stfInterval,
  timeFrameCount,
  totalDifference,
  type Run,
} from '../../source/model/run.ts';
import type {Tally} from '../../source/model/tally.ts';
import {
  deadShare,
  deadTime,
  physicsTime,
  preparationTime,
  type Timeline,
} from '../../source/model/timeline.ts';
import {runEvents, runOf} from './happenings.ts';

const sent = runEvents({physicsPeriodCount: 3, stfCount: 3, withProcessing: true, tfPerStf: 2});
const messages = sent.map(({message}) => message);
type Messages = typeof messages;
const lifecycle = messages.filter(({type}) => type.endsWith('_run') || type === 'run_imminent');
const steps = messages.filter(({type}) => type === 'stf_gen').concat(lifecycle);

const runAfter = (list: Messages): Run => runOf(list.map(message => [message, message.sentAt!]));

const shuffled = (list: Messages) => fc.shuffledSubarray(list, {minLength: list.length});
const some = fc.array(fc.constantFrom(...messages), {minLength: 1, maxLength: 120});
const sum = (counts: Tally) => [...counts].reduce((total, [, count]) => total + count, 0);

const timelineKeys = [
  'phase',
  'phaseSince',
  'isInferred',
  'known',
  'lastStep',
  'oddities',
  'disagreement',
  'state',
  'substate',
  'periods',
  'physicsBefore',
  'imminentAt',
  'startedAt',
  'endedAt',
  'hasDataAfterEnd',
  'steps',
  'isJoinedLate',
  'isFromStart',
] as const satisfies readonly (keyof Timeline)[];

const timelineOf = (run: Run) => Object.fromEntries(timelineKeys.map(key => [key, run[key]]));

const stages: readonly StageName[] = ['generated', 'ready', 'sampled', 'processed'];

/** What of a run must not depend on the order of coming. */
function told(run: Run) {
  const {pipeline} = run;
  return {
    ...timelineOf(run),
    counts: stages.map(stage => [stageCount(pipeline[stage]), pipeline[stage].messages]),
    lags: stages.map(stage => lagOf(pipeline, stage)),
    waiting: backlog(pipeline, 'generated', 'ready'),
    missing: missingStfs(run),
    interval: stfInterval(run),
    seen: [run.firstAt, run.lastAt, run.lastType, run.messages, run.repeated],
    total: [run.total, totalDifference(run)],
    types: Object.fromEntries(run.types),
    agents: Object.fromEntries(run.agents),
  };
}

describe('the order of coming', () => {
  it('changes nothing of a whole run', () => {
    const expected = told(runAfter(messages));
    expect(expected).toMatchObject({
      phase: 'ended',
      periods: 3,
      isJoinedLate: false,
      oddities: {repeated: 0, outOfOrder: 0, afterEnd: 0},
      disagreement: undefined,
      waiting: 0,
      missing: [],
      total: [9, 0],
    });
    fc.assert(
      fc.property(shuffled(messages), list => {
        expect(told(runAfter(list))).toEqual(expected);
      }),
    );
  });

  it('changes nothing of a run of which messages were lost', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, {minLength: 1}), list => {
        const inOrder = list.toSorted((a, b) => a.sentAt! - b.sentAt!);
        expect(timelineOf(runAfter(list))).toEqual(timelineOf(runAfter(inOrder)));
      }),
      {numRuns: 500},
    );
  });

  it('changes nothing of a run whose messages came doubled', () => {
    const twice = [...messages, ...messages];
    const expected = told(runAfter(twice));
    expect(expected).toMatchObject({
      periods: 3,
      oddities: {repeated: lifecycle.length, outOfOrder: 0, afterEnd: 0},
      interval: stfInterval(runAfter(messages)),
    });
    fc.assert(
      fc.property(shuffled(twice), list => {
        expect(told(runAfter(list))).toEqual(expected);
      }),
    );
  });

  it('changes nothing when messages of one moment are swapped', () => {
    const moments = fc.array(fc.tuple(fc.constantFrom(...steps), fc.integer({min: 0, max: 3})), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        moments.chain(list =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, {minLength: list.length})),
        ),
        ([one, other]) => {
          const [a, b] = [one, other].map(list =>
            runOf(list.map(([message, at]) => [message, at * 600])),
          );
          expect(timelineOf(a!)).toEqual(timelineOf(b!));
        },
      ),
      {numRuns: 500},
    );
  });
});

describe('whatever is lost, doubled or out of order', () => {
  it('data is not taken for longer than the run is known, and its dead share is a share', () => {
    fc.assert(
      fc.property(some, fc.integer({min: -60_000, max: 60_000}), (list, after) => {
        const run = runAfter(list);
        const wall = run.lastAt - run.firstAt;
        const physics = physicsTime(run, run.lastAt);
        expect(physics).toBeGreaterThanOrEqual(0);
        expect(physics + (deadTime(run, run.lastAt) ?? 0)).toBeLessThanOrEqual(wall);
        const share = deadShare(run, run.lastAt + after);
        expect(share === undefined).toBe(run.startedAt === undefined);
        expect(share ?? 0).toBeGreaterThanOrEqual(0);
        expect(share ?? 0).toBeLessThanOrEqual(1);
        expect(preparationTime(run) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('counts never fall, and an ended run stays ended', () => {
    const counts = (run: Run) => [
      generatedCount(run),
      readyCount(run),
      timeFrameCount(run),
      ...stages.map(stage => run.pipeline[stage].messages),
      run.repeated,
      run.messages,
      run.types.size,
      run.agents.size,
    ];
    fc.assert(
      fc.property(some, list => {
        const [first] = list;
        const run = newRun(
          {key: 'k', nth: 1, runId: '100013', namespace: undefined, executionId: undefined},
          first!.sentAt!,
        );
        let hasEnded = false;
        for (const message of list) {
          const before = counts(run);
          advance(run, message, message.sentAt!);
          counts(run).forEach((count, index) => {
            expect(count).toBeGreaterThanOrEqual(before[index]!);
          });
          hasEnded ||= message.type === 'end_run';
          expect(run.phase === 'ended').toBe(hasEnded);
        }
      }),
    );
  });

  it('every message is accounted for, by type and by agent', () => {
    fc.assert(
      fc.property(some, list => {
        const run = runAfter(list);
        expect([run.messages, sum(run.types), sum(run.agents)]).toEqual([
          list.length,
          list.length,
          list.length,
        ]);
        const {generated} = run.pipeline;
        expect(generatedCount(run) + run.repeated).toBe(generated.messages);
        expect(new Set(list.map(({type}) => type))).toEqual(
          new Set([...run.types].map(([type]) => type)),
        );
      }),
    );
  });

  it('every lifecycle message leads on, confirms data, or is counted as odd', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lifecycle), {minLength: 1, maxLength: 20}), list => {
        const {oddities, known} = runAfter(list);
        const odd = oddities.repeated + oddities.outOfOrder + oddities.afterEnd;
        const types = new Set(list.map(({type}) => type));
        expect(odd).toBeLessThanOrEqual(list.length - 1);
        expect(odd).toBeGreaterThanOrEqual(list.length - new Set(list).size);
        for (const type of types) expect(known).toHaveProperty(type, 'seen');
      }),
    );
  });
});
