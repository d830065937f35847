// What is to be handed over of a shift: its runs, gaps, alerts and marks, how long the stream was
// heard, and what cannot be known. Pure.
import type {Alert} from '../model/alerts.ts';
import type {Peak} from '../model/broker-backlog.ts';
import {wasHidden, type FilterTime} from '../model/filter-times.ts';
import type {Gap} from '../model/gaps.ts';
import type {Health} from '../model/health.ts';
import type {Mark, Snapshot} from '../model/monitor-model.ts';
import {firstExpected, runName, type Run} from '../model/run.ts';
import {describeFilter, hidesLifecycle, isEverything} from '../wire/filter.ts';
import {formatLength} from '../time.ts';

/** Times: receiver's clock, ms, but for those of the runs. */
export interface Shift {
  readonly from: number;
  readonly to: number;
  /** Of this time, ms, the stream was heard. */
  readonly heard: number;
  readonly counts: ShiftCounts;
  /** The longest that messages waited in the broker, and when; undefined: no backlog was seen. */
  readonly backlog: Peak | undefined;
  /** Its runs and alerts are of this namespace alone. */
  readonly scope: string | undefined;
  /** Those that had a message in this time, in the order of their beginning. */
  readonly runs: readonly Run[];
  readonly gaps: readonly Gap[];
  /** When not everything was asked for. */
  readonly filters: readonly FilterTime[];
  /** In the order of their beginning, acknowledged or not. */
  readonly alerts: readonly Alert[];
  readonly marks: readonly Mark[];
  /** In words. */
  readonly unknown: readonly string[];
}

export interface ShiftCounts {
  readonly messages: number;
  readonly caughtUp: number;
  readonly losses: number;
}

export interface ShiftBounds {
  /** What was before is of another shift. */
  readonly since?: number | undefined;
  /** What held then, from which the counts go on. */
  readonly before?: Health | undefined;
  /** Runs of this namespace alone. */
  readonly scope?: string | undefined;
  /** What of a recording could not be read. */
  readonly flaws?: readonly string[];
}

export function shiftOf(snapshot: Snapshot, bounds: ShiftBounds = {}): Shift {
  const {now, health} = snapshot;
  const {since = -Infinity, before, scope, flaws = []} = bounds;
  const from = Math.min(now, Math.max(since, health.beganAt ?? now));
  const skew = health.clockSkew ?? 0;
  const runs = snapshot.runs
    .filter(({lastAt}) => lastAt - skew >= from)
    .filter(({namespace}) => scope === undefined || (namespace ?? scope) === scope)
    .toSorted((a, b) => a.firstAt - b.firstAt);
  const gaps = snapshot.gaps.filter(({to = now}) => to >= from);
  const filters = health.filterTimes.filter(({to = now}) => to >= from);
  const elsewhere = new Set(
    snapshot.runs
      .filter(({namespace}) => (namespace ?? scope) !== scope && scope !== undefined)
      .map(({key}) => key),
  );
  const alerts = [...snapshot.settledAlerts, ...snapshot.alerts]
    .filter(({until = now}) => until >= from)
    .filter(({runKey}) => runKey === undefined || !elsewhere.has(runKey))
    .toSorted((a, b) => a.since - b.since);
  return {
    from,
    to: now,
    scope,
    heard: heardTime(health, gaps, from, now),
    counts: {
      messages: health.messages - (before?.messages ?? 0),
      caughtUp: health.caughtUp - (before?.caughtUp ?? 0),
      losses: health.losses - (before?.losses ?? 0),
    },
    backlog: snapshot.backlog.peaks
      .filter(({at}) => at >= from)
      .toSorted((a, b) => b.waited - a.waited)[0],
    runs,
    gaps,
    filters,
    alerts,
    marks: snapshot.marks.filter(({at}) => at >= from),
    unknown: [...unknownOf(snapshot, runs, gaps), ...flaws],
  };
}

/** From the first opening on, without the times in which messages can have been missed. */
function heardTime({heardFrom}: Health, gaps: readonly Gap[], from: number, now: number): number {
  if (heardFrom === undefined) return 0;
  const begin = Math.max(from, heardFrom);
  const deaf = gaps.map(gap => Math.min(now, gap.to ?? now) - Math.max(begin, gap.from));
  return Math.max(0, now - begin - deaf.reduce((sum, time) => sum + Math.max(0, time), 0));
}

function unknownOf(
  {health, droppedRuns, gaps: allGaps, now}: Snapshot,
  runs: readonly Run[],
  gaps: readonly Gap[],
): readonly string[] {
  const unanswered = gaps.filter(({caughtUp}) => caughtUp === undefined).length;
  const {filter, notRecorded, faults, silentSince} = health;
  const late = Map.groupBy(
    runs.filter(({isJoinedLate}) => isJoinedLate),
    run => whyLate(run, health),
  );
  const said: readonly (readonly [boolean, string])[] = [
    [gaps.length > 0, `what the agents sent in the gaps (${gaps.length}): no list has it`],
    [unanswered > 0, `runs in gaps that REST did not fill (${unanswered})`],
    [health.gaps > allGaps.length, `gaps before the newest ${allGaps.length}`],
    ...[...late].map(([why, of]) => [true, `${why}: ${of.map(beforeWords).join(', ')}`] as const),
    [!isEverything(filter), `what the filter keeps away: asked for ${describeFilter(filter)}`],
    [hidesLifecycle(filter), 'when runs began and ended, but for what REST told'],
    [droppedRuns > 0, `runs that were too many to keep (${droppedRuns})`],
    [faults > 0, `messages that were not readable (${faults})`],
    [notRecorded > 0, `events that the disk did not take in time (${notRecorded})`],
    [
      silentSince !== undefined,
      `why the source is silent, for ${formatLength(now - (silentSince ?? now))} so far`,
    ],
    [true, 'single messages of agents that the monitor lost on the way: no list has them'],
  ];
  return said.flatMap(([isSo, words]) => (isSo ? [words] : []));
}

/** Why the beginning of a run was not heard: a filter of the receiver's first moment is one reason of two. */
function whyLate({runId, firstAt}: Run, {filterTimes, heardFrom = 0, clockSkew: skew = 0}: Health) {
  const asked = {filterTimes, skew};
  if (!wasHidden(asked, 'run_imminent', runId, -Infinity, firstAt)) {
    return 'what came before the receiver';
  }
  return wasHidden(asked, 'run_imminent', runId, -Infinity, heardFrom + skew + 1)
    ? 'what came before the receiver, or was not asked for'
    : 'what was not asked for of runs that were heard of later';
}

function beforeWords(run: Run): string {
  const first = firstExpected(run);
  return `run ${runName(run)}${first > 1 ? ` up to STF ${first - 1}` : ''}`;
}
