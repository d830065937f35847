// A run's report as the screen's snapshot and the operator's clock tell it.
import type {Snapshot} from '../model/monitor-model.ts';
import type {Run} from '../model/run.ts';
import {runReport, type RunReport} from '../report/run-report.ts';
import {formatDay, formatTime, type TimeMode} from '../time.ts';

export function reportOf(run: Run, snapshot: Snapshot, time: TimeMode): RunReport {
  const skew = snapshot.health.clockSkew ?? 0;
  const now = snapshot.now + skew;
  return runReport(run, {
    now,
    skew,
    execution: snapshot.executions.get(run.executionId ?? ''),
    files: snapshot.files.get(run.runId),
    told: snapshot.told.get(run.runId),
    gaps: snapshot.gaps,
    marks: snapshot.marks,
    clock: at => momentOf(at - skew, snapshot.now, time),
  });
}

/**
 * A time of day by the operator's own clock, behind its day where that is not today's. Ages would
 * not line up with durations. Both: ms.
 */
function momentOf(at: number, now: number, time: TimeMode): string {
  const mode = time === 'age' ? 'local' : time;
  const day = formatDay(at, mode);
  const clock = formatTime(at, mode, now);
  return day === formatDay(now, mode) ? clock : `${day} ${clock}`;
}
