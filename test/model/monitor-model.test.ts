// The model as a whole: what a snapshot says after events, and what a frozen one keeps saying.
import {describe, expect, it} from 'vitest';
import {MonitorModel} from '../../source/model/monitor-model.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import type {Execution} from '../../source/wire/execution.ts';
import {delivery, modelAfter, opening, received, runEvents, start} from './happenings.ts';

const later = (seconds: number) => start + seconds * 1000;
const gapOpened = (at: number): MonitorEvent => ({
  kind: 'gap-opened',
  id: 1,
  at,
  from: at - 1000,
  reason: 'the server ended the stream',
});
const gapClosed = (at: number): MonitorEvent => ({
  kind: 'gap-closed',
  id: 1,
  at,
  from: at - 4000,
  to: at,
});
const execution = (id: string): MonitorEvent => ({
  kind: 'execution',
  at: start,
  execution: {id, expectedStfs: 10} as Execution,
});
const stateOf = (runId: string, state: string) => ({
  runId,
  phase: undefined,
  state,
  substate: undefined,
  changedAt: undefined,
  slices: {created: 0, completed: 0, failed: 0},
});
const runState = (runId: string, state: string, at: number): MonitorEvent => ({
  kind: 'run-state',
  at,
  state: stateOf(runId, state),
});

describe('alerts on messages with stamps of long ago', () => {
  const day = 24 * 3_600_000;
  const old = (type: string, after: number, sequence?: number) =>
    received(
      {
        msg_type: type,
        run_id: '7',
        sent_at: new Date(start - day + after).toISOString(),
        ...(sequence === undefined ? {} : {sequence}),
      },
      start + after,
    );
  const alertsAt = (events: readonly MonitorEvent[], after: number) => {
    const model = modelAfter([...opening(start), ...events]);
    model.checkAlerts(start + after);
    return model.snapshot(start + after).alerts.map(({text}) => text);
  };

  it('count from when they came', () => {
    const imminent = [old('run_imminent', 1000)];
    expect(alertsAt(imminent, 300_000)).toEqual([]);
    expect(alertsAt(imminent, 302_000)).toEqual(['run 7: imminent for 5 min, not started']);
    const running = [...imminent, old('start_run', 2000), old('stf_gen', 3000, 1)];
    expect(alertsAt(running, 32_000)).toEqual([]);
    expect(alertsAt(running, 34_000)).toEqual(['run 7: no STF for 31 s']);
  });
});

describe('gaps in the log', () => {
  it('are a line where they began, open until they are closed', () => {
    const model = modelAfter([
      received({msg_type: 'stf_gen'}, later(1)),
      gapOpened(later(5)),
      received({msg_type: 'stf_gen'}, later(9)),
    ]);
    const {log} = model.snapshot(later(9));
    expect(log.get(2)).toMatchObject({kind: 'gap', from: later(4), to: undefined});
    model.apply(gapClosed(later(9)));
    expect(log.get(2)).toMatchObject({
      kind: 'gap',
      from: later(4),
      to: later(9),
      reason: 'the server ended the stream',
    });
    expect([log.first, log.last]).toEqual([1, 3]);
  });

  it('are lines of their own, each closed by its own end', () => {
    const {log} = modelAfter([
      gapOpened(later(1)),
      gapClosed(later(5)),
      {...gapOpened(later(10)), id: 2} as MonitorEvent,
    ]).snapshot(later(10));
    expect([log.get(1), log.get(2)]).toMatchObject([{to: later(5)}, {to: undefined}]);
  });
});

describe('what REST has of a run’s state', () => {
  const rests = (model: MonitorModel) =>
    model.snapshot(later(9)).runs.map(({key, rest}) => [key, rest?.state, rest?.at]);

  it('is the run’s, the newest row, with when it was read by the server’s clock', () => {
    const model = modelAfter([
      {kind: 'heartbeat', at: start, stream: 1, serverTime: start + 5000},
      runState('100013', 'imminent', later(1)),
    ]);
    model.apply(runState('100013', 'running', later(2)));
    model.apply({kind: 'run-state-unknown', at: later(4), runId: '100013', reason: 'HTTP 503'});
    expect(rests(model)).toEqual([['/100013', 'running', later(7)]]);
  });

  it('shows a run that no message has named, where it goes on', () => {
    expect(rests(modelAfter([runState('7', 'ended', later(3))]))).toEqual([]);
    expect(rests(modelAfter([runState('7', 'paused', later(3))]))).toEqual([
      ['/7', 'paused', later(3)],
    ]);
  });
});

describe('what is counted', () => {
  it('types in the order of their first coming', () => {
    const {types} = modelAfter(runEvents()).snapshot(start);
    expect([...types]).toEqual([
      ['run_imminent', 1],
      ['start_run', 1],
      ['stf_gen', 10],
      ['stf_ready', 10],
      ['tf_file_registered', 70],
      ['pause_run', 1],
      ['resume_run', 1],
      ['end_run', 1],
    ]);
  });

  it('256 types by name, further ones together, known ones still by name', () => {
    const model = modelAfter(
      Array.from({length: 300}, (_, n) => received({msg_type: `type-${n}`}, start)),
    );
    model.apply(received({msg_type: 'type-0'}, start));
    const {types} = model.snapshot(start);
    expect(types.size).toBe(257);
    expect([types.get('type-0'), types.get('type-256'), types.get('(others)')]).toEqual([
      2,
      undefined,
      44,
    ]);
  });

  it('500 executions, the oldest gone first', () => {
    const {executions} = modelAfter(
      Array.from({length: 501}, (_, n) => execution(`e${n}`)),
    ).snapshot(start);
    expect([executions.size, executions.has('e0'), executions.has('e500')]).toEqual([
      500,
      false,
      true,
    ]);
  });

  it('messages in each second', () => {
    const model = modelAfter([1.1, 1.9, 3].map(at => received({msg_type: 'a'}, later(at))));
    expect(model.snapshot(later(4)).rates.slice(-4)).toEqual([0, 2, 0, 1]);
  });
});

describe('latency', () => {
  const beat = (skew: number): MonitorEvent => ({
    kind: 'heartbeat',
    at: start,
    stream: 1,
    serverTime: start + skew,
  });

  it('is not known before a stamped message', () => {
    expect(modelAfter(opening(start)).snapshot(start).latency).toEqual({
      median: undefined,
      p99: undefined,
    });
  });

  it('is the time from the stamp to here', () => {
    expect(modelAfter(runEvents()).snapshot(start).latency).toEqual({
      median: delivery,
      p99: delivery,
    });
  });

  it.each([-3_600_000, 2500])('has a clock skew of %d ms taken out', skew => {
    const stamp = new Date(later(1) + skew).toISOString();
    const model = modelAfter([
      beat(skew),
      received({msg_type: 'a', sent_at: stamp}, later(1) + 15),
    ]);
    expect(model.snapshot(later(2)).latency.median).toBe(15);
  });
});

it('a run whose messages bear no stamp has the server’s time by the clock skew', () => {
  const model = modelAfter([
    {kind: 'heartbeat', at: start, stream: 1, serverTime: start + 5000},
    received({msg_type: 'start_run', run_id: '1', sent_at: null}, later(1)),
  ]);
  expect(model.snapshot(later(1)).runs[0]?.phaseSince).toBe(later(6));
});

it('the version rises with every event, also with one that changes nothing', () => {
  const model = new MonitorModel();
  const versions = [model.version];
  for (const event of [...opening(start), gapClosed(start)]) {
    model.apply(event);
    versions.push(model.version);
  }
  expect(versions).toEqual([0, 1, 2, 3, 4]);
});

it('a frozen snapshot says the same whatever comes', () => {
  const events = [
    ...opening(start),
    execution('e1'),
    runState('100013', 'imminent', start),
    gapOpened(start),
    ...runEvents(),
  ];
  const model = modelAfter(events.slice(0, 40));
  const frozen = model.freeze(later(20));
  const said = () => ({
    ...frozen,
    executions: [...frozen.executions],
    runs: frozen.runs,
    types: [...frozen.types],
    log: Array.from({length: frozen.log.last}, (_, index) => frozen.log.get(index + 1)),
  });
  const before = structuredClone(said());
  for (const event of events.slice(40)) model.apply(event);
  model.apply(execution('e2'));
  model.apply(runState('100013', 'ended', later(60)));
  model.apply(gapClosed(later(60)));
  expect(structuredClone(said())).toEqual(before);
});
