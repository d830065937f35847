// The times in which messages can have been missed, as a run's timeline shows them. A fold over the
// gaps' events.
import type {EventOf, MonitorEvent} from '../monitor-event.ts';

export interface Gap {
  readonly id: number;
  /** Receiver's clock, ms. */
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
  readonly reason: string;
  /** Messages that REST had of it; undefined while REST has not answered. */
  readonly caughtUp: number | undefined;
  /** REST was asked and did not answer. */
  readonly isUnanswered: boolean;
}

/** Gaps kept; the oldest go first. */
const maxGaps = 200;

const changes: {
  readonly [Kind in MonitorEvent['kind']]?: (gap: Gap, event: EventOf<Kind>) => Gap;
} = {
  'gap-closed': (gap, {to}) => ({...gap, to}),
  'gap-filled': (gap, {caughtUp, isAnswered}) =>
    isAnswered ? {...gap, caughtUp, isUnanswered: false} : {...gap, isUnanswered: true},
};

/** The gap by a wall clock that was set by `by` ms. */
const shifted = (gap: Gap, by: number): Gap => ({
  ...gap,
  from: gap.from + by,
  to: gap.to === undefined ? undefined : gap.to + by,
});

/** The gaps after `event`, oldest first. */
export function foldGaps(gaps: readonly Gap[], event: MonitorEvent): readonly Gap[] {
  if (event.kind === 'gap-opened') {
    const {id, from, reason} = event;
    const known = {to: undefined, caughtUp: undefined, isUnanswered: false};
    return [...gaps.slice(1 - maxGaps), {id, from, reason, ...known}];
  }
  if (event.kind === 'clock-stepped') return gaps.map(gap => shifted(gap, event.by));
  if (event.kind !== 'gap-closed' && event.kind !== 'gap-filled') return gaps;
  const change = changes[event.kind] as (gap: Gap, event: MonitorEvent) => Gap;
  return gaps.map(gap => (gap.id === event.id ? change(gap, event) : gap));
}
