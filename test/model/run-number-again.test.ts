// A run number that comes again is another run, in the list, in what REST has of it, and in the reports.
import {describe, expect, it} from 'vitest';
import {hasOddities, missingNow, runName} from '../../source/model/run.ts';
import {shiftJson} from '../../source/report/shift-json.ts';
import {shiftOf} from '../../source/report/shift.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {later} from './circumstances.ts';
import {modelAfter, opening, received, start} from './happenings.ts';

const message = (execution_id: string | null, msg_type: string, at: number, more: object = {}) =>
  received({msg_type, run_id: '100010', namespace: 'n', execution_id, ...more}, later(at) + 20);

/** Three STFs, ready one second later. */
const runFrom = (execution: string | null, at: number): readonly MonitorEvent[] => [
  message(execution, 'run_imminent', at),
  message(execution, 'start_run', at + 1),
  ...[1, 2, 3].flatMap(sequence => [
    message(execution, 'stf_gen', at + 1 + sequence * 2, {sequence}),
    message(null, 'stf_ready', at + 2 + sequence * 2, {sequence}),
  ]),
];
const end = (execution: string | null, at: number) =>
  message(execution, 'end_run', at, {total_stf_files: 3});
const caughtUp = (event: MonitorEvent): MonitorEvent =>
  event.kind === 'message' ? {...event, source: 'history'} : event;

const look = (events: readonly MonitorEvent[], at = 100) =>
  modelAfter([...opening(start), ...events]).snapshot(later(at));
const told = (events: readonly MonitorEvent[]) =>
  look(events).runs.map(({key, phase, executionId, pipeline, messages}) => [
    key,
    phase,
    executionId,
    pipeline.generated.numbers.count,
    pipeline.ready.numbers.count,
    messages,
  ]);

describe('a run number that comes again', () => {
  const first = [...runFrom('exec-1', 1), end('exec-1', 10)];
  const second = runFrom('exec-2', 20);

  it('is another run, which takes data while the old one stays ended', () => {
    expect(told([...first, ...second])).toEqual([
      ['n/100010#2', 'running', 'exec-2', 3, 3, 8],
      ['n/100010', 'ended', 'exec-1', 3, 3, 9],
    ]);
    for (const run of look([...first, ...second]).runs) {
      expect([hasOddities(run), missingNow(run).count]).toEqual([false, 0]);
    }
  });

  it.each(['run_imminent', 'start_run'])(
    'is one by %s after the end, whatever the execution',
    type => {
      for (const execution of ['exec-1', null]) {
        const again = message(execution, type, 20);
        expect(
          told([...runFrom(execution, 1), end(execution, 10), again]).map(([key]) => key),
        ).toEqual(['n/100010#2', 'n/100010']);
      }
    },
  );

  it.each(['pause_run', 'resume_run', 'stf_gen', 'stf_ready', 'end_run'])(
    'is none by %s after the end',
    type => {
      expect(told([...first, message('exec-1', type, 20)])).toHaveLength(1);
    },
  );

  it('is none by a beginning that is caught up, of before the end', () => {
    const late = [...first.slice(2), ...first.slice(0, 2).map(caughtUp)];
    expect(told(late)).toEqual([['n/100010', 'ended', 'exec-1', 3, 3, 9]]);
  });

  it('is another run without the end of the first, by its execution', () => {
    expect(told([...runFrom('exec-1', 1), ...second]).map(([, phase, id]) => [phase, id])).toEqual([
      ['running', 'exec-2'],
      ['running', 'exec-1'],
    ]);
  });

  it('takes what is caught up to the run of its execution', () => {
    const [begin, ...rest] = first;
    expect(
      told([...rest, ...second, caughtUp(begin!)]).map(([key, , , , , n]) => [key, n]),
    ).toEqual([
      ['n/100010#2', 8],
      ['n/100010', 9],
    ]);
  });

  it('takes what the agents sent before it to the old run', () => {
    const events = [...first, message(null, 'stf_ready', 15, {sequence: 3}), ...second];
    expect(told(events).at(-1)?.at(-1)).toBe(10);
    expect(
      told([...events, message(null, 'stf_ready', 16, {sequence: 3})])
        .at(-1)
        ?.at(-1),
    ).toBe(11);
  });

  it('tells rows of the table of run states apart by their execution', () => {
    const row = (executionId: string | undefined, state: string): MonitorEvent => ({
      kind: 'run-state',
      at: later(50),
      namespace: 'n',
      state: {
        runId: '100010',
        executionId,
        phase: 'x',
        state,
        substate: undefined,
        changedAt: later(45),
        slices: {created: 0, completed: 0, failed: 0},
      },
    });
    const rests = (...rows: readonly MonitorEvent[]) =>
      look([...first, ...second, ...rows]).runs.map(({nth, rest}) => [nth, rest?.state]);
    expect(rests(row('exec-2', 'run'))).toEqual([
      [2, 'run'],
      [1, undefined],
    ]);
    expect(rests(row(undefined, 'run'))).toEqual([
      [2, 'run'],
      [1, undefined],
    ]);
    expect(rests(row('exec-3', 'run')).map(([nth]) => nth)).toEqual([3, 2, 1]);
  });

  it('has files of which nobody can tell whose they are', () => {
    const files = (at: number): MonitorEvent => ({
      kind: 'stf-files',
      at: later(at),
      files: {runId: '100010', count: 3, byStatus: {processed: 3}, seen: 3},
    });
    const shared = (events: readonly MonitorEvent[]) =>
      look(events).runs.map(({nth, files}) => [nth, files?.isShared]);
    expect(shared([...first, files(15), ...second, files(30)])).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  it('is named apart in alerts and reports', () => {
    const model = modelAfter([...opening(start), ...first, ...second]);
    for (let at = 26; at < 200; at += 1) model.checkAlerts(later(at));
    const snapshot = model.snapshot(later(200));
    expect(snapshot.runs.map(runName)).toEqual(['100010#2', '100010']);
    expect(snapshot.alerts.map(({text}) => text.slice(0, 20))).toEqual(['run 100010#2: no STF']);
    const {runs} = shiftJson(shiftOf(snapshot), snapshot, {monitor: 'm', receiver: 'r'});
    expect(runs.map(({run, nth, execution}) => [run, nth, execution])).toEqual([
      ['100010', 1, 'exec-1'],
      ['100010', 2, 'exec-2'],
    ]);
  });
});
