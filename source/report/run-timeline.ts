// A run's steps with their times and durations, and the gaps in which others can have been missed.
import type {Gap} from '../model/gaps.ts';
import {stampsAgree, isLifecycleType} from '../model/lifecycle.ts';
import type {Run} from '../model/run.ts';
import type {Step} from '../model/steps.ts';
import {knownRun} from '../model/run-standing.ts';
import {afterwards} from '../model/stage-count.ts';
import {formatLength} from '../time.ts';
import type {RunSurroundings} from './run-surroundings.ts';

interface Line {
  readonly at: number;
  /** Undefined while it lasts. */
  readonly until: number | undefined;
  readonly what: string;
  readonly note: string;
}

/** Rows of time, what, how long, and what is noteworthy. */
export function timelineRows(
  run: Run,
  {now, skew, gaps, marks, clock}: RunSurroundings,
): readonly (readonly string[])[] {
  const {run: stands, isByRest} = knownRun(run);
  const end = stands.endedAt ?? (stands.phase === 'ended' ? stands.phaseSince : now);
  // The last step lasts until REST has the next.
  const toldAt = isByRest ? stands.phaseSince : undefined;
  const lines = [
    ...run.steps.map((step, index) => stepLine(run, step, index, toldAt)),
    ...gapsOf(run, {now, skew, gaps}).map(gap => gapLine(gap, skew)),
    ...marks
      .map(({at, text}) => ({at: at + skew, until: at + skew, what: 'mark', note: text}))
      .filter(({at}) => at >= run.firstAt && at <= end),
  ].sort((a, b) => a.at - b.at);
  return lines.map(({at, until, what, note}) => [
    clock(at),
    what,
    until === undefined
      ? `${formatLength(now - at)} so far`
      : until > at
        ? formatLength(until - at)
        : '',
    note,
  ]);
}

/** The gaps in which messages of the run can have been missed; its agents report for a while after its end. */
export function gapsOf(
  run: Run,
  {now, skew, gaps}: Pick<RunSurroundings, 'now' | 'skew' | 'gaps'>,
): readonly Gap[] {
  const {endedAt} = knownRun(run).run;
  const end = endedAt === undefined ? now : endedAt + afterwards;
  return gaps.filter(
    ({from, to}) => (to === undefined ? now : to + skew) >= run.firstAt && from + skew <= end,
  );
}

function stepLine({steps}: Run, step: Step, index: number, toldAt: number | undefined): Line {
  const {at, type, state, substate} = step;
  const isAfterEnd = steps.slice(0, index).some(earlier => earlier.type === 'end_run');
  if (!isLifecycleType(type)) {
    return {at, until: step.until, what: 'STFs', note: isAfterEnd ? 'after the end' : ''};
  }
  const stamps = state === undefined ? '' : `${state}/${substate ?? '-'}`;
  const note = stampsAgree(type, step) ? stamps : `${stamps}: does not go with ${type}`;
  // Nothing lasts that comes after the end.
  if (isAfterEnd || type === 'end_run') {
    const late = isAfterEnd ? ['after the end'] : [];
    return {at, until: at, what: type, note: [note, ...late].filter(Boolean).join(', ')};
  }
  const next = steps.slice(index + 1).find(later => isLifecycleType(later.type));
  if (next || toldAt === undefined) return {at, until: next?.at, what: type, note};
  return {
    at,
    until: toldAt,
    what: type,
    note: [note, 'until then by REST'].filter(Boolean).join(', '),
  };
}

function gapLine({from, to, caughtUp, isUnanswered, reason}: Gap, skew: number): Line {
  const filled =
    caughtUp === undefined
      ? isUnanswered
        ? 'REST did not answer'
        : 'REST is being asked'
      : `${caughtUp} caught up, agents’ messages cannot be had`;
  return {
    at: from + skew,
    until: to === undefined ? undefined : to + skew,
    what: 'gap',
    note: to === undefined ? reason : `${reason}; ${filled}`,
  };
}
