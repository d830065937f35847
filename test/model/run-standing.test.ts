// How a run stands: by the stream, by REST where that has more, by its execution, and what cannot be seen now.
import {describe, expect, it} from 'vitest';
import {restMeaning} from '../../source/wire/run-state-meaning.ts';
import {isActive, knownRun, standingOf} from '../../source/model/run-standing.ts';
import {physicsTime} from '../../source/model/timeline.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import type {RunState} from '../../source/wire/run-state.ts';
import {later, lost} from './circumstances.ts';
import {modelAfter, opening, received, start} from './happenings.ts';

type Stamps = Partial<Pick<RunState, 'phase' | 'state' | 'substate'>>;

const row = (
  stamps: Stamps,
  at: number,
  changedAt: number | undefined,
  more: Partial<RunState> = {},
): MonitorEvent => ({
  kind: 'run-state',
  at: later(at),
  state: {
    runId: '100013',
    phase: undefined,
    state: undefined,
    substate: undefined,
    changedAt: changedAt === undefined ? undefined : later(changedAt),
    slices: {created: 0, completed: 0, failed: 0},
    ...stamps,
    ...more,
  },
});
const message = (msg_type: string, at: number, more: object = {}): MonitorEvent =>
  received({msg_type, run_id: '100013', execution_id: 'x', ...more}, later(at) + 20);
const execution = (status: string, at: number, endedAt?: number): MonitorEvent => ({
  kind: 'execution',
  at: later(at),
  execution: {
    id: 'x',
    namespace: undefined,
    status,
    endedAt: endedAt === undefined ? undefined : later(endedAt),
    executedBy: undefined,
    workflow: undefined,
    physicsPeriods: 1,
    expectedStfs: 12,
    stfInterval: 2,
    parameters: [],
  },
});

const seen = [...opening(start), message('stf_ready', 5)];
const imminent = [...opening(start), message('run_imminent', 10)];
const running = [...imminent, message('start_run', 20)];
const ended = [...running, message('end_run', 30)];

function look(events: readonly MonitorEvent[], at = 300) {
  const snapshot = modelAfter(events).snapshot(later(at));
  const run = snapshot.runs[0]!;
  return {...standingOf(run, snapshot), seen: run, isActive: isActive(run)};
}

describe('a row of the table of run states', () => {
  it.each<[Stamps, string | undefined, string | undefined]>([
    [{phase: 'initializing', state: 'imminent', substate: 'preparing'}, 'imminent', 'imminent'],
    [{phase: 'initializing'}, 'imminent', 'imminent'],
    [{phase: 'imminent'}, 'imminent', 'imminent'],
    [{phase: 'preparing'}, 'imminent', 'imminent'],
    [{phase: 'beam', state: 'beam', substate: 'not_ready'}, 'imminent', 'imminent'],
    [{phase: 'beam', state: 'beam', substate: 'ready'}, 'imminent', 'imminent'],
    [{phase: 'beam'}, 'imminent', 'imminent'],
    [{phase: 'run', state: 'run', substate: 'physics'}, 'running', 'taking data'],
    [{phase: 'physics', state: 'run', substate: 'physics'}, 'running', 'taking data'],
    [{phase: 'physics'}, 'running', 'taking data'],
    [{phase: 'run', state: 'run', substate: 'standby'}, 'paused', 'paused'],
    [{phase: 'run', substate: 'standby'}, 'paused', 'paused'],
    [{phase: 'run'}, 'running', 'taking data'],
    [{phase: 'imminent', state: 'run', substate: 'physics'}, 'running', 'taking data'],
    [{phase: 'completed', state: 'ended'}, 'ended', 'ended'],
    [{phase: 'ended'}, 'ended', 'ended'],
    [{phase: 'abandoned', state: 'run', substate: 'physics'}, 'ended', 'abandoned'],
    [{phase: 'expired', state: 'run', substate: 'standby'}, 'ended', 'expired'],
    [{phase: 'physics', state: 'running', substate: 'physics'}, 'running', 'taking data'],
    [{phase: 'standby', state: 'paused', substate: 'standby'}, 'paused', 'paused'],
    [{phase: 'moon', state: 'calib', substate: 'calib'}, undefined, undefined],
    [{}, undefined, undefined],
  ])('%j means %s', (stamps, phase, words) => {
    expect([restMeaning(stamps)?.phase, restMeaning(stamps)?.words]).toEqual([phase, words]);
  });

  it.each<[string, Stamps, boolean]>([
    ['taking data', {phase: 'run', state: 'run', substate: 'physics'}, true],
    ['paused', {phase: 'run', state: 'run', substate: 'standby'}, true],
    ['imminent', {phase: 'preparing'}, true],
    ['ended', {phase: 'completed', state: 'ended'}, false],
    ['abandoned', {phase: 'abandoned', state: 'run', substate: 'physics'}, false],
  ])('shows a run without lifecycle as %s', (words, stamps, active) => {
    const agents: StreamFilter = {...everything, agents: ['a']};
    const filtered = [...opening(start, agents), message('stf_ready', 5)];
    for (const before of [seen, filtered]) {
      const told = look([...before, row(stamps, 8, 1)]);
      expect([told.words, told.isByRest, told.isActive]).toEqual([words, true, active]);
    }
  });

  it('goes before the stream where the run went on unseen', () => {
    const end = {phase: 'completed', state: 'ended'};
    expect(look([...running, row(end, 40, 30)])).toMatchObject({words: 'ended', isActive: false});
    expect(look([...running, row({state: 'run', substate: 'standby'}, 40, 30)]).words).toBe(
      'paused',
    );
  });

  it.each<[string, readonly MonitorEvent[], MonitorEvent]>([
    ['where both have the same', running, row({state: 'run', substate: 'physics'}, 40, 30)],
    ['where the table is behind', running, row({state: 'imminent'}, 20.1, 10)],
    ['where it is of before', running, row({state: 'run', substate: 'standby'}, 40, 15)],
    ['where the run has ended', ended, row({state: 'run', substate: 'physics'}, 60, 50)],
    [
      'where data came after a pause',
      [...running, message('stf_gen', 35, {sequence: 1})],
      row({state: 'run', substate: 'standby'}, 36, 30),
    ],
    ['where it has no state', running, row({}, 40, 30)],
  ])('does not %s', (_, before, event) => {
    expect(look([...before, event]).isByRest).toBe(false);
  });

  it('is of the run that its execution says', () => {
    const other = row({phase: 'completed', state: 'ended'}, 40, 30, {executionId: 'y'});
    expect(look([...running, other])).toMatchObject({words: 'taking data', isActive: true});
  });

  it('stops the times of a run that it ends, where it says when, else at the last message', () => {
    const physics = (event: MonitorEvent) => {
      const {run} = knownRun(look([...running, event]).seen);
      return [Math.round(physicsTime(run, later(300)) / 1000), run.endedAt];
    };
    expect(physics(row({state: 'ended'}, 40, 30))).toEqual([10, later(30)]);
    expect(physics(row({state: 'ended'}, 40, undefined))).toEqual([0, undefined]);
  });
});

describe('an execution that runs no more', () => {
  const data = [
    ...running,
    message('stf_gen', 22, {sequence: 1}),
    message('stf_gen', 24, {sequence: 2}),
  ];

  it.each([
    ['terminated', 'stopped (terminated)'],
    ['failed', 'failed'],
    ['completed', 'completed without end_run'],
  ])('and is %s has ended its run, at a time that nobody knows', (status, words) => {
    const standing = look([...data, execution(status, 60)]);
    expect(standing).toMatchObject({words, isByRest: true, isActive: false, isCertain: true});
    expect(standing.run).toMatchObject({phase: 'ended', endedAt: undefined});
    // Its clocks stand at its last message.
    expect(standing.until).toBe(later(24));
    expect(physicsTime(standing.run, later(9999)) / 1000).toBeCloseTo(4, 1);
  });

  it('has ended it when its record says, unless that cannot be', () => {
    expect(look([...data, execution('completed', 60, 50)]).run.endedAt).toBe(later(50));
    for (const impossible of [10, 3600]) {
      const {run} = look([...data, execution('completed', 60, impossible)]);
      expect(run.endedAt).toBeUndefined();
    }
  });

  it('says nothing of a run that has announced its end', () => {
    expect(look([...ended, execution('completed', 60, 50)])).toMatchObject({
      words: 'ended',
      isByRest: false,
      until: (ended.at(-1) as {at: number}).at - 20,
    });
  });

  it('is known to a run that is seen only later', () => {
    expect(look([...opening(start), execution('terminated', 1), ...data.slice(3)]).words).toBe(
      'stopped (terminated)',
    );
  });

  it('that runs says nothing', () => {
    expect(look([...data, execution('running', 60)]).isActive).toBe(true);
  });

  it('ends its alerts', () => {
    const model = modelAfter(data);
    for (let at = 25; at < 400; at += 1) model.checkAlerts(later(at));
    expect(model.snapshot(later(400)).alerts).toMatchObject([{rule: 'no STF', until: undefined}]);
    model.apply(execution('terminated', 401));
    model.checkAlerts(later(402));
    expect(model.snapshot(later(402)).alerts).toMatchObject([{rule: 'no STF', until: later(402)}]);
  });
});

describe('what is not received now', () => {
  const agents: StreamFilter = {...everything, agents: ['a']};
  const types: StreamFilter = {...everything, types: ['stf_gen']};
  const other: StreamFilter = {...everything, runs: ['7']};

  it.each<[string, readonly MonitorEvent[]]>([
    ['an agents filter', opening(later(60), agents)],
    ['a filter of types without the lifecycle', opening(later(60), types)],
    ['a filter of another run', opening(later(60), other)],
    ['a lost connection', lost(60)],
  ])('may be out of date at once under %s, and its clock stands', (_, events) => {
    const standing = look([...running, ...events], 61);
    expect(standing).toMatchObject({words: 'taking data', isCertain: false, isActive: true});
    expect(standing.until).toBeLessThanOrEqual(later(60));
    expect(look([...running, ...events], 3600).until).toBe(standing.until);
  });

  it('is certain again when it is received again', () => {
    const back = [...running, ...opening(later(60), agents), ...opening(later(90))];
    expect(look(back)).toMatchObject({isCertain: true, until: later(300)});
  });

  it('is known up to when REST had it so', () => {
    const physics = {phase: 'physics', state: 'run', substate: 'physics'};
    const told = [...running, ...opening(later(60), agents), row(physics, 90, 20)];
    expect(look(told)).toMatchObject({isCertain: false, until: later(90)});
  });

  it('has ended for good what had ended before', () => {
    expect(look([...ended, ...opening(later(60), agents)])).toMatchObject({
      words: 'ended',
      isCertain: true,
    });
  });
});

it('an alert that a filter or a lost connection disarms says so, until it can be checked again', () => {
  const model = modelAfter(running);
  const textAt = (at: number) => {
    model.checkAlerts(later(at));
    return model.snapshot(later(at)).alerts[0]?.text;
  };
  for (let at = 21; at < 400; at += 1) model.checkAlerts(later(at));
  const said = textAt(400);
  expect(said).toMatch(/^run 100013: no STF for 6 min/);
  for (const event of opening(later(401), {...everything, agents: ['a']})) model.apply(event);
  expect(textAt(402)).toBe(`${textAt(400)}`);
  expect(textAt(402)).toMatch(/ \(not checked: filtered out\)$/);
  for (const event of [...opening(later(410)), ...lost(411)]) model.apply(event);
  expect(textAt(412)).toMatch(/6 min \(not checked: not connected\)$/);
});
