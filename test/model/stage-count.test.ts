// What an operator's own filter hid is not lost: it was not asked for.
import {describe, expect, it} from 'vitest';
import type {MonitorModel} from '../../source/model/monitor-model.ts';
import {
  missingCount,
  missingNow,
  missingStfs,
  totalDifference,
  unaskedStfs,
} from '../../source/model/run.ts';
import {countOf, lacksStage, lacksStfs} from '../../source/model/stage-count.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {agreed, later, lost} from './circumstances.ts';
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

describe('stages', () => {
  const ready = (sequence: number, at = 11 + sequence * 2) => told('stf_ready', at, {sequence});
  const files = (byStatus: Readonly<Record<string, number>>): MonitorEvent => ({
    kind: 'stf-files',
    at: later(80),
    files: {
      runId: '7',
      count: Object.values(byStatus).reduce((sum, count) => sum + count, 0),
      byStatus,
      seen: 24,
    },
  });
  const numbers = (first: number, last: number) =>
    Array.from({length: last - first + 1}, (_, index) => first + index);
  const generated = stfs(1, 24);
  const begun = [told('run_imminent', 5), told('start_run', 10)];
  const end = told('end_run', 62, {total_stf_files: 24});

  function stage(events: Iterable<MonitorEvent>, name: 'ready' | 'processed' = 'ready', at = 100) {
    const {runs, health, gaps} = modelAfter(events).snapshot(later(at));
    const cover = {filterTimes: health.filterTimes, skew: 0, gaps};
    return countOf(runs[0]!, name, name === 'ready' ? 'generated' : 'ready', cover);
  }

  /** The receiver came at STF 18; what was before is caught up. */
  const history = [...begun, ...generated.slice(0, 17)].map(event => caughtUp(event, 45.5));
  const late = [
    ...opening(later(45)),
    ...history,
    ...numbers(18, 24).flatMap(number => [stf(number), ready(number)]),
  ];

  it.each<[string, readonly MonitorEvent[]]>([
    ['while it runs', late],
    ['after its end', [...late, end]],
    [
      'without what was before',
      late.filter(event => event.kind !== 'message' || event.source === 'stream'),
    ],
  ])('of a run that was joined late count from then on, %s', (_, events) => {
    expect(stage(events)).toEqual({count: 7, isAtLeast: true, waiting: undefined});
  });

  it('of a run that was seen from its beginning have what waits', () => {
    const whole = [...opening(start), ...begun, ...generated, ...numbers(1, 7).map(n => ready(n))];
    expect(stage(whole)).toEqual({count: 7, isAtLeast: false, waiting: 17});
  });

  it.each<[string, number, number, boolean]>([
    ['in a gap of the run', 20, 25, true],
    ['in a gap just after its end', 70, 72, true],
    ['in a gap long after', 200, 210, false],
  ])('may have more that were sent %s', (_, from, to, isAtLeast) => {
    const gap: readonly MonitorEvent[] = [
      {kind: 'gap-opened', at: later(from), id: 1, from: later(from), reason: 'lost'},
      {kind: 'gap-closed', at: later(to), id: 1, from: later(from), to: later(to)},
    ];
    const heard = numbers(1, 22).map(number => ready(number));
    const events = [...opening(start), ...begun, ...generated, ...heard, end, ...gap];
    expect(stage(events, 'ready', 300)).toMatchObject({count: 22, isAtLeast});
  });

  it('that are complete stay so, whatever is filtered out or lost later', () => {
    const all = numbers(1, 24).map(number => ready(number, 63 + number / 10));
    const events = [...opening(start), ...begun, ...generated, end, ...all];
    for (const later_ of [opening(later(66), agentsOnly), lost(66)]) {
      expect(stage([...events, ...later_])).toEqual({count: 24, isAtLeast: false, waiting: 0});
    }
  });

  it('are settled by the list of STF files, where all are ready', () => {
    expect(stage([...late, end, files({processed: 24})])).toEqual({
      count: 24,
      isAtLeast: false,
      waiting: 0,
    });
    expect(stage([...late, end, files({processed: 20, registered: 4})])).toMatchObject({
      count: 20,
      isAtLeast: true,
    });
    expect(stage([...late, end, files({done: 24})], 'processed')).toMatchObject({
      count: 24,
      isAtLeast: false,
    });
    expect(stage([...late, end, files({processed: 24})], 'processed')).toMatchObject({
      count: 0,
      isAtLeast: true,
    });
  });
});

describe('what is missing', () => {
  const missing = (events: Iterable<MonitorEvent>) =>
    missingNow(modelAfter(events).snapshot(later(100)).runs[0]!);
  const end = (total: number) => told('end_run', 62, {total_stf_files: total});

  it.each<[string, readonly MonitorEvent[], unknown]>([
    ['nothing', [...stfs(1, 12), end(12)], {ranges: [], count: 0}],
    ['holes', [...stfs(1, 3), ...stfs(6, 12), end(12)], {ranges: [[4, 5]], count: 2}],
    [
      'what end_run names beyond the last',
      [...stfs(1, 10), end(12)],
      {ranges: [[11, 12]], count: 2},
    ],
    [
      'both',
      [...stfs(1, 3), ...stfs(6, 10), end(12)],
      {
        ranges: [
          [4, 5],
          [11, 12],
        ],
        count: 4,
      },
    ],
    ['all, where none came', [end(12)], {ranges: [[1, 12]], count: 12}],
    ['nothing while it runs', stfs(1, 10), {ranges: [], count: 0}],
  ])('%s', (_, events, what) => {
    expect(missing([...before, ...events])).toEqual(what);
  });

  it('is nothing of a run that was joined late', () => {
    expect(missing([...opening(later(45)), ...stfs(18, 24), end(24)]).count).toBe(0);
    expect(missing([...opening(later(45)), end(24)]).count).toBe(0);
  });
});
