// A shift for programs: one object, its times as ISO 8601, its lengths in seconds.
import type {Snapshot} from '../model/monitor-model.ts';
import {generatedCount, missingStfs, unaskedStfs, type Run} from '../model/run.ts';
import {deadTime, physicsTime} from '../model/timeline.ts';
import {asTold} from '../model/told-state.ts';
import type {Shift} from './shift.ts';

export function shiftJson(
  {from, to, heard, counts, runs, gaps, filters, alerts, marks, unknown}: Shift,
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
function runJson(run: Run, {health, now, executions, told}: Snapshot) {
  const skew = health.clockSkew ?? 0;
  const serverNow = now + skew;
  const {runId, namespace, executionId, phase, isJoinedLate, messages, total} = run;
  const stands = asTold(run, told.get(runId), skew);
  const dead = deadTime(stands, serverNow);
  return {
    run: runId,
    namespace: namespace ?? null,
    execution: executionId ?? null,
    phase,
    joined_late: isJoinedLate,
    first_at: iso(run.firstAt),
    last_at: iso(run.lastAt),
    started_at: iso(run.startedAt),
    ended_at: iso(run.endedAt),
    data_taking_seconds: seconds(physicsTime(stands, serverNow)),
    dead_seconds: dead === undefined ? null : seconds(dead),
    stfs: generatedCount(run),
    stfs_expected: executions.get(executionId ?? '')?.expectedStfs ?? null,
    stfs_told_at_end: total ?? null,
    stfs_missing: missingStfs(run),
    stfs_not_asked_for: unaskedStfs(run),
    messages,
  };
}

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
const seconds = (length: number) => Math.round(length) / 1000;
