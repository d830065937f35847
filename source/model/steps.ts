// The steps of a run in order of their stamps: each finds its place whatever the order of coming.
import {lifecycleTypes, type LifecycleInput} from './lifecycle.ts';

/** A lifecycle message, or a stretch of data between two of them. */
export interface Step {
  readonly type: LifecycleInput;
  /** Server clock, ms. */
  readonly at: number;
  /** Of data: when the last of the stretch came, server clock, ms; else as `at`. */
  readonly until: number;
  /** Of data: its STFs, in order of time, of many the first and the newest; server clock, ms. */
  readonly moments: readonly number[];
  readonly state: string | undefined;
  readonly substate: string | undefined;
}

/** STFs of a stretch that are kept by time. */
const maxMoments = 32;
/** As a run goes, for steps of one moment. */
const usualOrder: readonly LifecycleInput[] = [...lifecycleTypes.slice(0, -1), 'data', 'end_run'];

/** Whether `a` stands before `b`, or they may stand as they come. */
function precedes(a: Pick<Step, 'at' | 'type'>, b: Pick<Step, 'at' | 'type'>): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return usualOrder.indexOf(a.type) <= usualOrder.indexOf(b.type);
}

/** The stretch with the data of `step` in it. */
function widened(stretch: Step, {at, state, substate}: Step): Step {
  if (stretch.moments.includes(at)) return stretch;
  const stamps = at < stretch.at ? {state, substate} : {};
  const moments = [...stretch.moments, at].sort((a, b) => a - b);
  if (moments.length > maxMoments) moments.splice(maxMoments / 2, 1);
  return {...stretchOf(stretch, moments), ...stamps};
}

function stretchOf(step: Step, moments: readonly number[]): Step {
  return {...step, at: moments[0] ?? step.at, until: moments.at(-1) ?? step.until, moments};
}

/** Whether `step` is the newest of all. */
export function endsWith(steps: readonly Step[], step: Step): boolean {
  const newest = steps.at(-1);
  return !newest || precedes({type: newest.type, at: newest.until}, step);
}

/** The steps with `step` in its place: data widens a stretch, a message parts one. */
export function placed(steps: readonly Step[], step: Step): readonly Step[] {
  const after = steps.findLastIndex(earlier => precedes(earlier, step));
  const before = steps[after];
  const next = steps[after + 1];
  if (step.type === 'data') {
    if (before?.type === 'data') return steps.with(after, widened(before, step));
    if (next?.type === 'data') return steps.with(after + 1, widened(next, step));
    return steps.toSpliced(after + 1, 0, step);
  }
  if (before?.type !== 'data') return steps.toSpliced(after + 1, 0, step);
  const isEarlier = (at: number) => precedes({type: 'data', at}, step);
  const halves = [before.moments.filter(isEarlier), before.moments.filter(at => !isEarlier(at))]
    .filter(moments => moments.length > 0)
    .map(moments => stretchOf(before, moments));
  return steps.toSpliced(after, 1, ...halves.toSpliced(1, 0, step));
}
