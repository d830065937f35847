// The times in which not everything was asked for: what a filter has hidden is not lost. A fold over
// the filters in force.
import {carries, isEverything, sameFilter, type StreamFilter} from '../wire/filter.ts';

export interface FilterTime {
  readonly filter: StreamFilter;
  /** Receiver's clock, ms. */
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
}

/** Times kept; the oldest go first. */
const maxTimes = 100;

/** The times once `filter` is in force, from `at` (receiver's clock, ms) on; oldest first. */
export function withFilter(
  times: readonly FilterTime[],
  filter: StreamFilter,
  at: number,
): readonly FilterTime[] {
  const last = times.at(-1);
  const isOn = last !== undefined && last.to === undefined;
  if (isOn ? sameFilter(last.filter, filter) : isEverything(filter)) return times;
  const closed = isOn ? [...times.slice(0, -1), {...last, to: at}] : times;
  return isEverything(filter)
    ? closed
    : [...closed.slice(1 - maxTimes), {filter, from: at, to: undefined}];
}

/** What of the filters a look at a run has to know. */
export interface Asked {
  readonly filterTimes: readonly FilterTime[];
  /** Server clock minus ours, ms. */
  readonly skew: number;
}

/** Whether messages of this type, sent between two times (server clock, ms), may not have been asked for. */
export function wasHidden(
  {filterTimes, skew}: Asked,
  type: string,
  runId: string,
  from: number,
  to: number,
): boolean {
  return filterTimes.some(
    time =>
      time.from + skew < to &&
      (time.to ?? Infinity) + skew > from &&
      !carries(time.filter, type, runId),
  );
}
