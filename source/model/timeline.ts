// A run's lifecycle in time: its steps in the order of their stamps, whatever the order of their
// coming, and what follows from them. A step that is caught up late finds its place, and the whole
// is told anew.
import {isLifecycleType, lifecycleTable, type LifecycleInput, type Phase} from './lifecycle.ts';

export interface Step {
  readonly type: LifecycleInput;
  /** Server clock, ms. */
  readonly at: number;
  readonly state: string | undefined;
  readonly substate: string | undefined;
}

/** Where the steps lead to. */
interface Course {
  readonly phase: Phase;
  /** When the phase began, server clock, ms. */
  readonly phaseSince: number;
  /** The phase follows from data, not from a lifecycle message. */
  readonly isInferred: boolean;
  readonly state: string | undefined;
  readonly substate: string | undefined;
  /** Physics periods seen to begin. */
  readonly periods: number;
  /** Physics before the present phase, ms; the present one counts from `phaseSince`. */
  readonly physicsBefore: number;
}

export interface Timeline extends Course {
  /** In order of time. */
  readonly steps: readonly Step[];
  /** `run_imminent` was not the first step: earlier ones are not known. */
  readonly isJoinedLate: boolean;
  /** What the steps before those kept led to. */
  readonly origin: Course;
}

/** Steps kept; of more, the older half is folded for good. */
const maxSteps = 400;

/** A timeline without steps. `at`: server clock, ms. */
export function newTimeline(at: number): Timeline {
  const origin: Course = {
    phase: 'unknown',
    phaseSince: at,
    isInferred: false,
    state: undefined,
    substate: undefined,
    periods: 0,
    physicsBefore: 0,
  };
  return {...origin, origin, steps: [], isJoinedLate: true};
}

/** The timeline with `step` in its place. */
export function withStep(timeline: Timeline, step: Step): Timeline {
  // Data says something only where no lifecycle message has said it.
  if (step.type === 'data' && lifecycleTable[timeline.phase].data === timeline.phase) {
    return timeline;
  }
  const after = timeline.steps.findLastIndex(({at}) => at <= step.at) + 1;
  const steps = timeline.steps.toSpliced(after, 0, step);
  if (steps.length > maxSteps) {
    const folded = steps.slice(0, maxSteps / 2).reduce(follow, timeline.origin);
    const kept = steps.slice(maxSteps / 2);
    return {...timeline, ...kept.reduce(follow, folded), origin: folded, steps: kept};
  }
  const isFirst = timeline.origin.phase === 'unknown';
  return {
    ...steps.reduce(follow, timeline.origin),
    origin: timeline.origin,
    steps,
    isJoinedLate: isFirst ? steps[0]?.type !== 'run_imminent' : timeline.isJoinedLate,
  };
}

function follow(course: Course, {type, at, state, substate}: Step): Course {
  const phase = lifecycleTable[course.phase][type];
  const isLifecycle = isLifecycleType(type);
  // A step that the run has passed says nothing of its state.
  const isTimely = isLifecycle && lifecycleTable.unknown[type] === phase;
  const stamps = isTimely ? {state, substate} : {};
  if (phase === course.phase) {
    return {...course, ...stamps, isInferred: course.isInferred && !isTimely};
  }
  return {
    ...course,
    ...stamps,
    phase,
    phaseSince: at,
    isInferred: !isLifecycle,
    physicsBefore: physicsTime(course, at),
    periods: course.periods + (phase === 'running' ? 1 : 0),
  };
}

/** Time of data taking up to `at` (server clock, ms): the sum of the running phases. */
export function physicsTime(course: Course, at: number): number {
  const {physicsBefore, phase, phaseSince} = course;
  return physicsBefore + (phase === 'running' ? Math.max(0, at - phaseSince) : 0);
}
