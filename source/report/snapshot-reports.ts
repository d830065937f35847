// The reports on a run and on a shift as the screen's snapshot and the operator's clock tell them.
import type {Snapshot} from '../model/monitor-model.ts';
import type {Run} from '../model/run.ts';
import {runReport, type RunReport} from './run-report.ts';
import type {ReportHead} from './markdown.ts';
import type {Shift} from './shift.ts';
import {shiftReport} from './shift-report.ts';
import {formatDay, formatTime, zoneName, type TimeMode} from '../time.ts';
import {describeFilter} from '../wire/filter.ts';

export function reportOf(run: Run, snapshot: Snapshot, time: TimeMode): RunReport {
  const skew = snapshot.health.clockSkew ?? 0;
  const now = snapshot.now + skew;
  return runReport(run, {
    now,
    skew,
    execution: snapshot.executions.get(run.executionId ?? ''),
    health: snapshot.health,
    gaps: snapshot.gaps,
    filterTimes: snapshot.health.filterTimes,
    marks: snapshot.marks,
    clock: at => momentOf(at - skew, snapshot.now, time),
  });
}

export function shiftReportOf(shift: Shift, snapshot: Snapshot, time: TimeMode): RunReport {
  return shiftReport(shift, {
    snapshot,
    moment: at => momentOf(at, snapshot.now, time),
    day: at => dayAndTime(at, time),
  });
}

/** What a report says at its head. */
export function headOf(
  snapshot: Snapshot,
  {
    time,
    written,
    ...about
  }: Pick<ReportHead, 'monitor' | 'receiver'> & {
    readonly time: TimeMode;
    /** ms */
    readonly written: number;
  },
): Omit<ReportHead, 'asOf'> {
  const mode = time === 'age' ? 'local' : time;
  return {
    ...about,
    filter: describeFilter(snapshot.health.filter),
    written: `${dayAndTime(written, time)}, all times ${zoneName(mode, written)}`,
  };
}

/** `2026-11-23 19:18:28`, by the operator's own clock. */
export function dayAndTime(at: number, time: TimeMode): string {
  const mode = time === 'age' ? 'local' : time;
  return `${formatDay(at, mode)} ${formatTime(at, mode, at)}`;
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
