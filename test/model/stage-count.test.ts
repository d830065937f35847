// What an operator's own filter hid is not lost: it was not asked for.
import {describe, expect, it} from 'vitest';
import type {MonitorModel} from '../../source/model/monitor-model.ts';
import {missingCount, missingStfs, totalDifference, unaskedStfs} from '../../source/model/run.ts';
import {lacksStage, lacksStfs} from '../../source/model/stage-count.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {agreed, later} from './circumstances.ts';
import {modelAfter, opening, received, start} from './happenings.ts';

const agentsOnly: StreamFilter = {...everything, agents: ['data-agent']};

const told = (msg_type: string, at: number, more: Readonly<Record<string, number>> = {}) =>
  received({msg_type, run_id: '7', execution_id: 'x', ...more}, later(at));
const stf = (sequence: number) => told('stf_gen', 10 + sequence * 2, {sequence});
const stfs = (first: number, last: number) =>
  Array.from({length: last - first + 1}, (_, index) => stf(first + index));
const caughtUp = (event: ReturnType<typeof stf>, at: number): MonitorEvent => ({
  ...event,
  at: later(at),
  source: 'history',
});

const before = [...opening(start), told('run_imminent', 5)];
/** From before the start of the run until STF 12 has been made. */
const filtered = [...before, ...opening(later(8), agentsOnly), ...opening(later(35.1))];
const ended = (total: number) => told('end_run', 62, {total_stf_files: total});

function alertsOf(model: MonitorModel, until: number) {
  for (let at = 0; at <= until; at += 1) model.checkAlerts(later(at));
  return model.snapshot(later(until)).alerts.map(({text}) => text);
}

function look(events: Iterable<MonitorEvent>, at = 100) {
  const model = modelAfter(events);
  const {runs, health, gaps} = model.snapshot(later(at));
  const run = runs[0]!;
  const asked = {filterTimes: health.filterTimes, skew: 0, gaps};
  return {
    missing: missingStfs(run),
    unasked: unaskedStfs(run),
    difference: totalDifference(run),
    lacks: {stfs: lacksStfs(run, asked), ready: lacksStage(run, 'ready', asked)},
    alerts: alertsOf(model, at),
  };
}

describe('STFs that a filter hid', () => {
  const released = [...filtered, ...stfs(13, 24), agreed(36), ended(24)];

  it('are not missing, also after the end, though REST agrees', () => {
    expect(look(released)).toEqual({
      missing: [],
      unasked: [[1, 12]],
      difference: 0,
      lacks: {stfs: true, ready: true},
      alerts: [],
    });
  });

  it('are known once REST tells of the run: what it does not have is missing', () => {
    const history = [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12].map(n => caughtUp(stf(n), 36.5));
    const {missing, unasked, lacks, difference} = look([
      ...filtered,
      ...history,
      ...stfs(13, 24),
      ended(24),
    ]);
    expect([missing, unasked, difference]).toEqual([[[6, 6]], [], 1]);
    expect(lacks).toEqual({stfs: false, ready: true});
  });

  it('are told apart from those that were lost later', () => {
    const events = released.filter(event => event.kind !== 'message' || event.message.stf !== 20);
    const {missing, unasked, difference, alerts} = look(events);
    expect([missing, unasked, difference]).toEqual([[[20, 20]], [[1, 12]], 1]);
    expect(alerts).toEqual(expect.arrayContaining([expect.stringContaining('STF 20 missing')]));
  });

  it('are as many as may be where the filter lasted until the end', () => {
    const events = [...before, ...stfs(1, 5), ...opening(later(21), agentsOnly)];
    const {difference, lacks, alerts} = look([...events, ...opening(later(61)), ended(24)]);
    expect([difference, lacks.stfs, alerts]).toEqual([0, true, []]);
  });

  it('are none where the end tells of no more than came', () => {
    const pause = [...opening(later(21), agentsOnly), ...opening(later(61))];
    const {lacks, difference} = look([...before, ...stfs(1, 5), ...pause, ended(5)]);
    expect([lacks.stfs, difference]).toEqual([false, 0]);
  });

  it('are none where the numbers go on', () => {
    const pause = [...opening(later(21), agentsOnly), ...opening(later(21.5))];
    const {lacks} = look([...before, ...stfs(1, 5), ...pause, ...stfs(6, 8)], 30);
    expect(lacks).toEqual({stfs: false, ready: true});
  });

  it.each<[string, Partial<StreamFilter>]>([
    ['its own number', {runs: ['7']}],
    ['its types', {types: ['stf_gen', 'stf_ready', 'data_ready']}],
  ])('are none where the filter asked for %s', (_, filter) => {
    const narrow = opening(later(8), {...everything, ...filter});
    const {missing, lacks} = look([...before, ...narrow, ...stfs(2, 5)], 30);
    expect([missing, lacks]).toEqual([[[1, 1]], {stfs: false, ready: false}]);
  });
});

it('a run that REST says has ended has no silence to tell of', () => {
  const model = modelAfter([
    ...before,
    told('start_run', 10),
    ...stfs(1, 4),
    ...opening(later(20), agentsOnly),
    {
      kind: 'run-state',
      at: later(42),
      state: {
        runId: '7',
        phase: 'x',
        state: 'ended',
        substate: undefined,
        changedAt: later(41),
        slices: {created: 0, completed: 0, failed: 0},
      },
    },
    ...opening(later(60)),
    agreed(62),
  ]);
  expect(alertsOf(model, 300)).toEqual([]);
  expect(missingCount(model.snapshot(later(300)).runs[0]!)).toBe(0);
});
