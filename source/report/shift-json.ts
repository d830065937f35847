// A shift for programs: one object, its times as ISO 8601, its lengths in seconds.
import type {Snapshot} from '../model/monitor-model.ts';
import {generatedCount, missingNow, unaskedStfs, type Run} from '../model/run.ts';
import {deadTime, physicsTime} from '../model/timeline.ts';
import {standingOf} from '../model/run-standing.ts';
import type {Shift} from './shift.ts';

export function shiftJson(
  {from, to, heard, counts, backlog, runs, gaps, filters, alerts, marks, unknown}: Shift,
  snapshot: Snapshot,
  about: {readonly monitor: string; readonly receiver: string},
) {
  return {
    from: iso(from),
    to: iso(to),
    ...about,
    filter: snapshot.health.filter,
    state: snapshot.health.word,
    heard_seconds: seconds(heard),
    lost: counts.losses,
    messages: counts.messages,
    caught_up: counts.caughtUp,
    broker_backlog: backlog ? {seconds: seconds(backlog.waited), at: iso(backlog.at)} : null,
    runs: runs.map(run => runJson(run, snapshot)),
    gaps: gaps.map(({from, to, reason, caughtUp}) => ({
      from: iso(from),
      to: iso(to),
      reason,
      caught_up: caughtUp ?? null,
    })),
    filters: filters.map(({from, to, filter}) => ({from: iso(from), to: iso(to), ...filter})),
    alerts: alerts.map(({rule, text, since, until, count, isAcknowledged}) => ({
      rule,
      text,
      since: iso(since),
      until: iso(until),
      times: count,
      acknowledged: isAcknowledged,
    })),
    marks: marks.map(({at, text}) => ({at: iso(at), text})),
    unknown,
  };
}

/** Its times by the server's clock, as its messages bear them. */
function runJson(run: Run, snapshot: Snapshot) {
  const {executions} = snapshot;
  const {runId, namespace, executionId, phase, isJoinedLate, messages, total} = run;
  const {run: known, words, isCertain, until} = standingOf(run, snapshot);
  const dead = deadTime(known, until);
  const missing = missingNow(run);
  return {
    run: runId,
    nth: run.nth,
    namespace: namespace ?? null,
    execution: executionId ?? null,
    phase,
    state: words,
    state_certain: isCertain,
    joined_late: isJoinedLate,
    first_at: iso(run.firstAt),
    last_at: iso(run.lastAt),
    started_at: iso(run.startedAt),
    ended_at: iso(known.endedAt),
    data_taking_seconds: seconds(physicsTime(known, until)),
    dead_seconds: dead === undefined ? null : seconds(dead),
    stfs: generatedCount(run),
    stfs_expected: executions.get(executionId ?? '')?.expectedStfs ?? null,
    stfs_told_at_end: total ?? null,
    stfs_missing: missing.ranges,
    stfs_missing_count: missing.count,
    stfs_not_asked_for: unaskedStfs(run),
    messages,
  };
}

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
const seconds = (length: number) => Math.round(length) / 1000;
