// The lifecycle in time: what is seen, what follows from it, what does not belong, and how long.
import {describe, expect, it} from 'vitest';
import {lifecycleTypes, type LifecycleInput} from '../../source/model/lifecycle.ts';
import type {Run} from '../../source/model/run.ts';
import {deadShare, deadTime, physicsTime, preparationTime} from '../../source/model/timeline.ts';
import {messageFrom, runEvents, runOf} from './happenings.ts';

/** What came, when it was sent (s), and the stamps that it carried. */
type Told = readonly [
  type: LifecycleInput,
  at: number,
  state?: string | undefined,
  substate?: string,
];

function runAfter(...told: readonly Told[]): Run {
  return runOf(
    told.map(([type, at, state, substate]) => {
      const msg_type = type === 'data' ? 'stf_gen' : type;
      const stamps = {state: state ?? null, substate: substate ?? null};
      return [messageFrom({msg_type, run_id: '7', ...stamps}), at * 1000];
    }),
  );
}

const none = {repeated: 0, outOfOrder: 0, afterEnd: 0};

/** Imminent at 0, data from 10 to 30 and from 40 to 60 s, ended at 60 s. */
const usual: readonly Told[] = [
  ['run_imminent', 0],
  ['start_run', 10],
  ['data', 11],
  ['data', 29],
  ['pause_run', 30],
  ['resume_run', 40],
  ['data', 41],
  ['data', 59],
  ['end_run', 60],
];
const upTo = (type: LifecycleInput) =>
  usual.slice(0, usual.findIndex(told => told[0] === type) + 1);
const without = (...types: readonly LifecycleInput[]) =>
  usual.filter(([type]) => !types.includes(type));

describe('steps that were not heard of', () => {
  it('are none in a whole run', () => {
    const {known, oddities, isInferred} = runAfter(...usual);
    expect(Object.entries(known)).toEqual(lifecycleTypes.map(type => [type, 'seen']));
    expect([oddities, isInferred]).toEqual([none, false]);
  });

  it.each<[LifecycleInput, readonly LifecycleInput[]]>([
    ['run_imminent', []],
    ['start_run', ['run_imminent']],
    ['pause_run', ['run_imminent', 'start_run']],
    ['resume_run', ['run_imminent', 'start_run', 'pause_run']],
    ['end_run', ['run_imminent']],
    ['data', ['run_imminent', 'start_run']],
  ])('are inferred from %s alone', (type, implied) => {
    const {known} = runAfter([type, 20]);
    const heard = type === 'data' ? [] : [[type, 'seen'] as const];
    const inferred = implied.map(missed => [missed, 'inferred'] as const);
    expect(known).toEqual(Object.fromEntries([...heard, ...inferred]));
  });

  it.each(['run_imminent', 'start_run', 'pause_run', 'resume_run'] as const)(
    'are inferred when %s alone is lost, and seen once it comes late',
    lost => {
      const run = runAfter(...without(lost));
      expect(run.known).toEqual({...runAfter(...usual).known, [lost]: 'inferred'});
      const late = runAfter(...without(lost), ...usual.filter(([type]) => type === lost));
      expect(late).toMatchObject({known: runAfter(...usual).known, oddities: none});
      expect(late.isJoinedLate).toBe(false);
    },
  );

  it('are not guessed beyond the need: a run that never paused was never paused', () => {
    expect(runAfter(...without('pause_run', 'resume_run')).known).not.toHaveProperty('pause_run');
    expect(runAfter(['run_imminent', 0], ['end_run', 9]).known).not.toHaveProperty('start_run');
  });

  it('stay inferred when they are stamped later than what implied them', () => {
    const run = runAfter(['pause_run', 30], ['start_run', 31]);
    expect(run).toMatchObject({phase: 'paused', oddities: {...none, outOfOrder: 1}});
  });
});

describe('steps that do not lead on', () => {
  it.each<[LifecycleInput, LifecycleInput]>([
    ['run_imminent', 'run_imminent'],
    ['start_run', 'start_run'],
    ['pause_run', 'pause_run'],
    ['resume_run', 'resume_run'],
    ['end_run', 'end_run'],
    ['resume_run', 'start_run'],
    ['start_run', 'run_imminent'],
  ])('after %s, a second %s is repeated and changes nothing else', (last, again) => {
    const run = runAfter(...upTo(last), [again, 70]);
    const {phase, phaseSince, periods, endedAt, startedAt, imminentAt} = runAfter(...upTo(last));
    expect(run).toMatchObject({phase, phaseSince, periods, endedAt, startedAt, imminentAt});
    expect(run.oddities).toEqual({...none, repeated: 1});
  });

  it('are out of order when they come after what follows them', () => {
    const run = runAfter(['start_run', 10], ['run_imminent', 12]);
    expect(run).toMatchObject({phase: 'running', phaseSince: 10_000});
    expect(run.oddities).toEqual({...none, outOfOrder: 1});
  });

  it.each(['run_imminent', 'start_run', 'pause_run', 'resume_run'] as const)(
    'are after the end when it is %s',
    type => {
      const run = runAfter(...usual, [type, 70]);
      expect(run).toMatchObject({phase: 'ended', endedAt: 60_000, periods: 2});
      expect(run.oddities).toEqual({...none, afterEnd: 1});
    },
  );

  it('are in order, however late they come, when their stamps are', () => {
    expect(runAfter(...usual.toReversed()).oddities).toEqual(none);
  });
});

describe('a period of physics', () => {
  it('begins once when it is resumed without a pause', () => {
    const run = runAfter(['start_run', 10], ['resume_run', 20], ['resume_run', 30]);
    expect(run).toMatchObject({periods: 2, phaseSince: 20_000, known: {pause_run: 'inferred'}});
    expect(run.oddities).toEqual({...none, repeated: 1});
  });

  it('begins once when something else comes between two resumptions', () => {
    const run = runAfter(...upTo('resume_run'), ['start_run', 42], ['resume_run', 44]);
    expect(run).toMatchObject({periods: 2, phaseSince: 40_000});
    expect(run.oddities).toEqual({...none, repeated: 2});
  });

  it('begins again when data was seen and a pause was missed', () => {
    const run = runAfter(['data', 10], ['resume_run', 40]);
    expect(run).toMatchObject({periods: 2, isInferred: false, known: {pause_run: 'inferred'}});
  });

  it('begins once when it is told after its first data', () => {
    const started = runAfter(['run_imminent', 0], ['data', 10], ['start_run', 11]);
    expect(started).toMatchObject({periods: 1, phaseSince: 10_000, isInferred: false});
    const resumed = runAfter(...upTo('pause_run'), ['data', 40], ['resume_run', 41]);
    expect(resumed).toMatchObject({periods: 2, phaseSince: 40_000, isInferred: false});
    expect([started.oddities, resumed.oddities]).toEqual([none, none]);
  });

  it('is resumed by data that comes more than a second after the pause', () => {
    expect(runAfter(...upTo('pause_run'), ['data', 31])).toMatchObject({
      phase: 'paused',
      periods: 1,
    });
    expect(runAfter(...upTo('pause_run'), ['data', 31.001])).toMatchObject({
      phase: 'running',
      phaseSince: 31_001,
      isInferred: true,
      periods: 2,
      known: {resume_run: 'inferred'},
    });
  });

  it('is resumed by the first such data, also when the whole is told anew', () => {
    const data: readonly Told[] = [
      ['data', 30.5],
      ['data', 40],
      ['data', 50],
    ];
    const [imminent, ...rest] = upTo('pause_run');
    const inOrder = runAfter(imminent!, ...rest, ...data);
    expect(inOrder.phaseSince).toBe(40_000);
    expect(runAfter(...rest, ...data, imminent!).phaseSince).toBe(40_000);
  });

  it('is resumed by the first data after a pause that comes late', () => {
    const rest = usual.filter(([type]) => type !== 'pause_run' && type !== 'resume_run');
    const run = runAfter(...rest.slice(0, -1), ['pause_run', 30]);
    expect(run).toMatchObject({phase: 'running', phaseSince: 41_000, isInferred: true});
  });
});

describe('data after the end', () => {
  it('was on its way for a second, and is odd from then on', () => {
    expect(runAfter(...usual, ['data', 61]).hasDataAfterEnd).toBe(false);
    expect(runAfter(...usual, ['data', 61.001])).toMatchObject({
      hasDataAfterEnd: true,
      phase: 'ended',
      endedAt: 60_000,
      periods: 2,
    });
  });

  it('is odd whether the end comes before it or late', () => {
    expect(runAfter(...upTo('data'), ['data', 70], ['end_run', 60])).toMatchObject({
      hasDataAfterEnd: true,
      phase: 'ended',
    });
  });
});

describe('stamps that do not go with the type', () => {
  const odd: Told = ['pause_run', 30, 'run', 'physics'];

  it('are told, and the type wins', () => {
    const run = runAfter(...upTo('start_run'), odd);
    expect(run).toMatchObject({
      phase: 'paused',
      state: 'run',
      substate: 'physics',
      disagreement: 'pause_run says run/physics',
    });
    expect(runAfter(['start_run', 0, undefined, 'daq']).disagreement).toBe('start_run says -/daq');
  });

  it('are told no more once a step follows', () => {
    expect(runAfter(...upTo('start_run'), odd, ['resume_run', 40]).disagreement).toBeUndefined();
    const resumed = runAfter(...upTo('start_run'), odd, ['data', 40]);
    expect(resumed).toMatchObject({phase: 'running', disagreement: undefined});
  });

  it('stay those of the step that led here when another is repeated', () => {
    const run = runAfter(['start_run', 0, 'run', 'physics'], ['start_run', 5, 'beam', 'ready']);
    expect(run).toMatchObject({state: 'run', substate: 'physics', disagreement: undefined});
  });

  it('are not those of the pause any more once data has resumed it', () => {
    const run = runAfter(['start_run', 0], ['pause_run', 5, 'run', 'standby'], ['data', 20]);
    expect(run).toMatchObject({phase: 'running', state: undefined, substate: undefined});
  });
});

describe('dead time', () => {
  const ended = runAfter(...usual);

  it('is the time of the run without physics', () => {
    expect(physicsTime(ended, 60_000)).toBe(40_000);
    expect(deadTime(ended, 60_000)).toBe(10_000);
    expect(deadShare(ended, 60_000)).toBe(0.2);
  });

  it('grows in a pause and in nothing else', () => {
    const paused = runAfter(...upTo('pause_run'));
    expect([30, 35, 50].map(at => deadTime(paused, at * 1000))).toEqual([0, 5000, 20_000]);
    expect(deadShare(paused, 50_000)).toBe(0.5);
    const running = runAfter(...upTo('start_run'));
    expect([10, 20, 99].map(at => deadTime(running, at * 1000))).toEqual([0, 0, 0]);
  });

  it('does not grow after the end', () => {
    expect(deadTime(ended, 3_600_000)).toBe(10_000);
    expect(deadShare(ended, 3_600_000)).toBe(0.2);
  });

  it('is not known before a start, nor of a run called off', () => {
    for (const run of [
      runAfter(['run_imminent', 0]),
      runAfter(['run_imminent', 0], ['end_run', 9]),
      runAfter(['pause_run', 30]),
    ]) {
      expect([deadTime(run, 90_000), deadShare(run, 90_000)]).toEqual([undefined, undefined]);
    }
  });

  it('is zero, and so is its share, at the start itself and by a clock that is behind', () => {
    const started = runAfter(...upTo('start_run'));
    const paused = runAfter(...upTo('pause_run'));
    expect([deadTime(started, 10_000), deadShare(started, 10_000)]).toEqual([0, 0]);
    expect([deadTime(started, 0), deadShare(started, 0)]).toEqual([0, 0]);
    expect([deadTime(paused, 0), deadShare(paused, 0)]).toEqual([0, 0]);
  });

  it('is zero in a run that began and ended in one moment', () => {
    const run = runAfter(['start_run', 10], ['end_run', 10]);
    expect([deadTime(run, 99_000), deadShare(run, 99_000)]).toEqual([0, 0]);
  });
});

describe('preparation', () => {
  it('is the time from imminent to the start', () => {
    expect(preparationTime(runAfter(...usual))).toBe(10_000);
    expect(preparationTime(runAfter(['run_imminent', 5], ['start_run', 5]))).toBe(0);
  });

  it('ends with the first data when that came before its start_run', () => {
    expect(preparationTime(runAfter(['run_imminent', 0], ['data', 10], ['start_run', 11]))).toBe(
      10_000,
    );
  });

  it.each<[string, readonly Told[]]>([
    ['the start was not heard of', without('start_run')],
    ['imminent was not heard of', without('run_imminent')],
    ['it has not started', upTo('run_imminent')],
    ['it was called off', [upTo('run_imminent')[0]!, ['end_run', 9]]],
    [
      'imminent came after the start',
      [
        ['start_run', 10],
        ['run_imminent', 12],
      ],
    ],
  ])('is not known when %s', (_, told) => {
    expect(preparationTime(runAfter(...told))).toBeUndefined();
  });
});

describe('the bound of steps', () => {
  const pauses = (count: number): readonly Told[] =>
    Array.from({length: count}, (_, turn): readonly Told[] => [
      [turn === 0 ? 'start_run' : 'resume_run', turn * 20],
      ['pause_run', turn * 20 + 10],
    ]).flat();

  it('holds when a run pauses for ever, and its physics is still known', () => {
    const run = runAfter(...pauses(2000));
    expect(run.steps.length).toBeLessThanOrEqual(400);
    expect(run).toMatchObject({periods: 2000, physicsBefore: 20_000_000, phase: 'paused'});
    expect(run.oddities).toEqual(none);
  });

  it('holds for the STFs of a stretch, of which the first and the newest are kept', () => {
    const data = Array.from({length: 1000}, (_, index): Told => ['data', index]);
    const [stretch, ...rest] = runAfter(...data).steps;
    expect(rest).toEqual([]);
    expect(stretch).toMatchObject({at: 0, until: 999_000});
    expect(stretch!.moments.map(at => at / 1000)).toEqual([
      ...Array.from({length: 16}, (_, index) => index),
      ...Array.from({length: 16}, (_, index) => 984 + index),
    ]);
  });

  it('keeps what was known of its beginning', () => {
    const imminent: Told = ['run_imminent', -10];
    expect(runAfter(imminent, ...pauses(500))).toMatchObject({
      isJoinedLate: false,
      isFromStart: true,
      imminentAt: -10_000,
      startedAt: 0,
    });
    expect(runAfter(...pauses(500))).toMatchObject({isJoinedLate: true, isFromStart: true});
  });

  it('turns no time into physics twice when a step comes that belongs before those kept', () => {
    const before = runAfter(...pauses(500));
    const late = runAfter(...pauses(500), ['resume_run', 5], ['run_imminent', -10], ['data', 15]);
    const {phase, periods, physicsBefore, phaseSince} = before;
    expect(late).toMatchObject({phase, periods, physicsBefore, phaseSince});
    expect(late.known.run_imminent).toBe('seen');
    expect(late.oddities).toEqual({...none, outOfOrder: 2});
  });
});

describe('the steps', () => {
  it('stand in the order of their stamps, data as stretches between them', () => {
    const expected = [
      ['run_imminent', 0, 0],
      ['start_run', 10, 10],
      ['data', 11, 29],
      ['pause_run', 30, 30],
      ['resume_run', 40, 40],
      ['data', 41, 59],
      ['end_run', 60, 60],
    ];
    for (const told of [usual, usual.toReversed()]) {
      const {steps} = runAfter(...told);
      expect(steps.map(({type, at, until}) => [type, at / 1000, until / 1000])).toEqual(expected);
    }
  });

  it('of one moment stand as a run goes', () => {
    const atOnce: readonly Told[] = [...lifecycleTypes, 'data' as const].map(type => [type, 10]);
    for (const told of [atOnce, atOnce.toReversed()]) {
      const run = runAfter(...told);
      expect(run.steps.map(({type}) => type)).toEqual([
        ...lifecycleTypes.slice(0, -1),
        'data',
        'end_run',
      ]);
      expect(run).toMatchObject({phase: 'ended', oddities: none});
    }
  });

  it('tell a phase that is not known since the first message, whichever came first', () => {
    const message = messageFrom({msg_type: 'stf_ready', run_id: '7'});
    const run = runOf([30, 10, 20].map(at => [message, at]));
    expect(run).toMatchObject({phase: 'unknown', phaseSince: 10, firstAt: 10, lastAt: 30});
  });
});

it('a simulated run is told as it went', () => {
  const run = runOf(runEvents().map(({message}) => [message, message.sentAt!]));
  expect(preparationTime(run)).toBe(8100);
  expect(deadTime(run, 0)).toBe(3100);
  expect(deadShare(run, 0)).toBeCloseTo(3.1 / 24.9, 5);
});
