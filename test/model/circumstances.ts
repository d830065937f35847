// What the alert rules look at, made of what happened.
import type {Circumstances} from '../../source/model/alert-rules.ts';
import {foldGaps, type Gap} from '../../source/model/gaps.ts';
import {foldHealth, newHealth} from '../../source/model/health.ts';
import type {Run} from '../../source/model/run.ts';
import {Runs} from '../../source/model/runs.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {defaultThresholds, type Thresholds} from '../../source/thresholds.ts';
import type {Execution} from '../../source/wire/execution.ts';
import type {StreamFilter} from '../../source/wire/filter.ts';
import {messageFrom, opening, start} from './happenings.ts';

/** ms since the epoch, so many seconds after the start of everything. */
export const later = (seconds: number) => start + seconds * 1000;

/** A message's type, when it was sent (s), and the STF's number, or the total on `end_run`. */
export type Told = readonly [type: string, at: number, number?: number];

/** One run, `n/7` unless said otherwise. */
export function runsAfter(told: readonly Told[], runId = '7'): readonly Run[] {
  const runs = new Runs();
  for (const [msg_type, at, number = null] of told) {
    const counts = {sequence: number, total_stf_files: number};
    runs.apply(
      messageFrom({
        msg_type,
        run_id: runId,
        namespace: 'n',
        execution_id: `execution-${runId}`,
        ...counts,
      }),
      later(at),
    );
  }
  return runs.list;
}

/** STFs `first` to `last`, one every `interval` seconds, the first at `at`. */
export const stfs = (first: number, last: number, at: number, interval = 2): readonly Told[] =>
  Array.from({length: last - first + 1}, (_, index) => [
    'stf_gen',
    at + index * interval,
    first + index,
  ]);

export interface Given {
  /** Seconds after the start. */
  readonly now: number;
  readonly told?: readonly Told[];
  readonly runs?: readonly Run[];
  readonly filter?: StreamFilter;
  /** After a stream was opened at the start. */
  readonly events?: readonly MonitorEvent[];
  readonly stfInterval?: number;
  readonly thresholds?: Partial<Thresholds>;
}

export function circumstances(given: Given): Circumstances {
  const {now, told = [], runs = runsAfter(told), events = [], stfInterval, thresholds} = given;
  const happened = [...opening(start, given.filter), ...events];
  const execution = {id: 'execution-7', stfInterval} as Execution;
  return {
    now: later(now),
    health: happened.reduce(foldHealth, newHealth),
    runs,
    executions: new Map(stfInterval === undefined ? [] : [['execution-7', execution]]),
    gaps: happened.reduce<readonly Gap[]>(foldGaps, []),
    thresholds: {...defaultThresholds, ...thresholds},
  };
}

export const lost = (at: number): readonly MonitorEvent[] => [
  {kind: 'lost', at: later(at), stream: 1, reason: 'it ended', remedy: undefined},
  {
    kind: 'retrying',
    at: later(at),
    attempt: 1,
    retryAt: later(at + 1),
    reason: 'it ended',
    remedy: undefined,
  },
  {kind: 'gap-opened', at: later(at), id: 1, from: later(at), reason: 'it ended'},
];

/** What happens once a stream is open again, up to the answer of REST. */
export const back = (from: number, to: number): readonly MonitorEvent[] => [
  ...opening(later(to)),
  {kind: 'gap-closed', at: later(to), id: 1, from: later(from), to: later(to)},
];

export const filled = (from: number, to: number, isAnswered = true): MonitorEvent => ({
  kind: 'gap-filled',
  at: later(to + 1),
  id: 1,
  from: later(from),
  to: later(to),
  caughtUp: 0,
  isAnswered,
});

export const beat = (at: number, skew: number): MonitorEvent => ({
  kind: 'heartbeat',
  at: later(at),
  stream: 1,
  serverTime: later(at + skew),
});

/** REST was held against the stream, and agrees. */
export const agreed = (at: number): MonitorEvent => ({
  kind: 'history-checked',
  at: later(at),
  executions: 1,
  rows: 10,
  leftOut: 0,
  caughtUp: 0,
  failures: [],
  silentSince: undefined,
  requests: 2,
  bytes: 100,
});
