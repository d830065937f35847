// A wall clock that was set, and a program that did not run: ages stay what they are, and nothing false is alerted.
import {describe, expect, it} from 'vitest';
import {MonitorModel} from '../../source/model/monitor-model.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {later} from './circumstances.ts';
import {opening, received, start} from './happenings.ts';

const hour = 3600;
const base = {run_id: '7', namespace: 'n', execution_id: 'x'};
const message = (msg_type: string, at: number, more: object = {}) =>
  received({msg_type, ...base, ...more}, later(at));
const gapOpened: MonitorEvent = {
  kind: 'gap-opened',
  at: later(20),
  id: 1,
  from: later(15),
  reason: 'x',
};
const running: readonly MonitorEvent[] = [
  ...opening(start),
  {kind: 'heartbeat', at: later(1), stream: 1, serverTime: later(1)},
  message('start_run', 2),
  message('stf_gen', 3, {sequence: 1}),
];
const events: readonly MonitorEvent[] = [
  ...running,
  message('processing_failed', 4),
  {kind: 'mark', at: later(5), text: 'here'},
  {...gapOpened},
];

const stepped = (by: number): MonitorEvent => ({
  kind: 'clock-stepped',
  at: later(30 + by),
  by: by * 1000,
});

const modelOf = (...all: readonly MonitorEvent[]) => {
  const model = new MonitorModel();
  for (const event of all) model.apply(event);
  return model;
};

/** What is known, with every time as an age at `now` (s after the start). */
function ages(model: MonitorModel, now: number) {
  const {health, log, gaps, alerts, marks, rates, runs} = model.snapshot(later(now));
  const age = (at: number | undefined) => (at === undefined ? undefined : later(now) - at);
  const entries = Array.from({length: log.last}, (_, index) => log.get(index + 1));
  return {
    health: [health.since, health.openedAt, health.lastMessageAt, health.gapFrom].map(age),
    log: entries.map(entry => age(entry?.at)),
    gapLine: entries.flatMap(entry => (entry?.kind === 'gap' ? [age(entry.from)] : [])),
    gaps: gaps.map(({from}) => age(from)),
    alerts: alerts.map(({since, until}) => [age(since), age(until)]),
    marks: marks.map(({at}) => age(at)),
    rates,
    phase: runs.map(({phaseSince}) => later(now) + (health.clockSkew ?? 0) - phaseSince),
  };
}

describe.each([-hour, hour])('a wall clock that was set by %i s', by => {
  it('leaves every age as it is', () => {
    const before = modelOf(...events);
    const after = modelOf(...events, stepped(by));
    expect(ages(after, 40 + by)).toEqual(ages(before, 40));
    expect(after.snapshot(later(40 + by)).health.clockSkew).toBe(-by * 1000);
  });

  it('raises no alert and ends none', () => {
    const model = modelOf(...events);
    model.checkAlerts(later(29));
    const {alertsRaised} = model;
    model.apply(stepped(by));
    model.checkAlerts(later(31 + by));
    expect(model.alertsRaised).toBe(alertsRaised);
  });

  it('is written in the history, behind what was before', () => {
    const {health} = modelOf(...events, stepped(by)).snapshot(later(40 + by));
    const times = health.history.map(({at}) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(health.history.at(-1)?.text).toContain("this machine's clock was set");
  });
});

it('a program that did not run is no silent DAQ: silence counts from when it runs again', () => {
  const model = modelOf(
    ...running,
    {kind: 'stood-still', at: later(600), duration: 597_000},
    {kind: 'heartbeat', at: later(600), stream: 1, serverTime: later(600)},
  );
  const texts = (now: number) => {
    model.checkAlerts(later(now));
    return model.snapshot(later(now)).alerts.map(({text}) => text);
  };
  expect(texts(600)).toEqual([]);
  expect(texts(629)).toEqual([]);
  expect(texts(632)).toEqual(['run 7: no STF for 32 s']);
});

describe('silence of one execution', () => {
  const checked = (more: object): MonitorEvent => ({
    kind: 'history-checked',
    at: later(50),
    executions: 1,
    rows: 3,
    leftOut: 0,
    caughtUp: 0,
    failures: [],
    silentSince: undefined,
    requests: 2,
    bytes: 100,
    ...more,
  });
  const silent = [{id: 'x', since: later(3)}];

  it('is known by its id, and speaks for no other, nor for REST as a whole', () => {
    const {health} = modelOf(...events, checked({silent, isPartial: true})).snapshot(later(50));
    expect([...health.silentExecutions]).toEqual([['x', later(3)]]);
    expect([health.silentSince, health.witnessAt]).toEqual([undefined, undefined]);
  });

  it('ends with its next message, not with another’s', () => {
    const after = (execution_id: string) =>
      modelOf(
        ...events,
        checked({silent, silentSince: later(3)}),
        received({msg_type: 'stf_gen', ...base, execution_id}, later(51)),
      ).snapshot(later(51)).health;
    expect(after('x').silentExecutions.size).toBe(0);
    expect(after('y').silentExecutions.size).toBe(1);
    expect(after('y').silentSince).toBeUndefined();
  });
});
