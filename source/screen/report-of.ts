// A run's report as the screen's snapshot and the operator's clock tell it.
import type {Snapshot} from '../model/monitor-model.ts';
import type {Run} from '../model/run.ts';
import {runReport, type RunReport} from '../report/run-report.ts';
import {formatTime, type TimeMode} from '../time.ts';

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
    // By the operator's own clock; ages would not line up with durations.
    clock: at => formatTime(at - skew, time === 'age' ? 'local' : time, snapshot.now),
  });
}
