// What the row of a run says: its state, its counts, and when it promises a time to go.
import {describe, expect, it} from 'vitest';
import {MonitorModel} from '../../source/model/monitor-model.ts';
import {standingOf} from '../../source/model/run-standing.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {
  progressOf,
  remarksOn,
  stateWords,
  stfCounts,
  timeInState,
} from '../../source/report/run-row.ts';
import {defaultThresholds} from '../../source/thresholds.ts';
import {everything} from '../../source/wire/filter.ts';
import {later, lost} from '../model/circumstances.ts';
import {modelAfter, opening, received, start} from '../model/happenings.ts';

const message = (msg_type: string, at: number, more: object = {}, namespace = 'n') =>
  received({msg_type, run_id: '7', execution_id: 'x', namespace, ...more}, later(at) + 20);
const stfs = (last: number) =>
  Array.from({length: last}, (_, index) =>
    message('stf_gen', 10 + index * 2, {sequence: index + 1}),
  );
const agents = {...everything, agents: ['a']};
const running = [...opening(start), message('run_imminent', 1), message('start_run', 8)];

function row(events: readonly MonitorEvent[], at: number, expected: number | undefined = 24) {
  const snapshot = modelAfter(events).snapshot(later(at));
  const {health, gaps} = snapshot;
  const run = snapshot.runs[0]!;
  const standing = standingOf(run, snapshot);
  const cover = {filterTimes: health.filterTimes, skew: 0, gaps};
  const around = {standing, now: later(at), expected, isEndless: false, cover};
  return {
    state: stateWords(run, standing),
    time: timeInState(around),
    stfs: stfCounts(run, around)[0],
    progress: progressOf(standing.run, around),
    remarks: remarksOn(run, standing).map(({text}) => text),
  };
}

describe('a time to go', () => {
  it('is promised while STFs come, and no more when none has come for a while', () => {
    const events = [...running, ...stfs(6)];
    const toGo = (at: number) => (row(events, at).progress as {toGo: number | undefined}).toGo;
    expect([toGo(20), toGo(22)]).toEqual([36_000, 34_000]);
    expect([toGo(33), toGo(34)]).toEqual([23_000, undefined]);
  });

  it.each<[string, readonly MonitorEvent[]]>([
    ['a filter hides the STFs', opening(later(21), agents)],
    ['no stream is up', lost(21)],
  ])('is none while %s', (_, events) => {
    const {progress} = row([...running, ...stfs(6), ...events], 21.5);
    expect(progress).toMatchObject({kind: 'share', share: 0.25, toGo: undefined});
  });

  it('is none without STFs', () => {
    expect(row(running, 20).progress).toMatchObject({share: 0, toGo: undefined});
  });
});

describe('the state', () => {
  it('has a mark of doubt at once when it is not received, and its clock stands', () => {
    const events = [...running, ...stfs(6), ...opening(later(21), agents)];
    const {state, time, remarks} = row(events, 21);
    expect(state).toEqual(['taking data?', 'running?']);
    expect(remarks).toEqual(['may have gone on unseen']);
    expect(row(events, 600).time).toBe(time);
  });

  it('has no time since an end of which nobody knows when it was', () => {
    const ended: MonitorEvent = {
      kind: 'execution',
      at: later(60),
      execution: {
        id: 'x',
        namespace: 'n',
        status: 'terminated',
        executedBy: undefined,
        workflow: undefined,
        physicsPeriods: undefined,
        expectedStfs: undefined,
        stfInterval: undefined,
        parameters: [],
      },
    };
    const {state, time, progress} = row([...running, ...stfs(6), ended], 90);
    expect([state, time]).toEqual([['stopped (terminated)', 'stopped'], undefined]);
    expect(progress).toMatchObject({toGo: undefined});
  });
});

describe('the count of STFs', () => {
  it('stays as it is where it is complete, whatever the filter', () => {
    const all = [...running, ...stfs(24)];
    const filtered = opening(later(60), agents);
    expect(row([...all, ...filtered], 90).stfs).toBe('24/24');
    const ended = message('end_run', 59, {total_stf_files: 24});
    const over = row([...all, ended, ...filtered], 90);
    expect([over.stfs, over.progress]).toEqual(['24/24', expect.objectContaining({share: 1})]);
  });

  it('may be more where a filter hides what comes, and is caught up or stays so', () => {
    const some = [...running, ...stfs(12), ...opening(later(33), agents), ...opening(later(90))];
    expect(row(some, 95).stfs).toBe('12+');
    const rest = Array.from({length: 12}, (_, index) => ({
      ...message('stf_gen', 34 + index * 2, {sequence: 13 + index}),
      source: 'history' as const,
    }));
    expect(row([...some, ...rest], 95).stfs).toBe('24/24');
  });
});

it('alerts are of the namespace alone that is watched', () => {
  const texts = (namespace: string | undefined) => {
    const model = new MonitorModel(defaultThresholds, {namespace});
    const events = [
      ...opening(start),
      message('run_imminent', 1),
      message('run_imminent', 2, {run_id: '8'}, 'other'),
      message('stf_failed', 3, {run_id: '8'}, 'other'),
    ];
    for (const event of events) model.apply(event);
    for (let at = 4; at < 320; at += 1) model.checkAlerts(later(at));
    return [
      model.alertsRaised,
      model.snapshot(later(320)).alerts.map(({text}) => text.slice(0, 6)),
    ];
  };
  expect(texts('n')).toEqual([1, ['run 7:']]);
  expect(texts(undefined)).toEqual([3, ['run 8:', 'run 7:', 'run 8:']]);
});
