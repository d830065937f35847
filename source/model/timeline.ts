// A run's lifecycle in time: its steps in the order of their stamps, whatever the order of their
// coming, and what follows from them. A step that is caught up late finds its place, and the whole
// is told anew.
import {
  isLifecycleType,
  lifecycleTable,
  stampsAgree,
  type LifecycleInput,
  type LifecycleType,
  type Phase,
} from './lifecycle.ts';

/** A lifecycle message, or a stretch of data between two of them. */
export interface Step {
  readonly type: LifecycleInput;
  /** Server clock, ms. */
  readonly at: number;
  /** Of data: when the last of the stretch came, server clock, ms; else as `at`. */
  readonly until: number;
  readonly state: string | undefined;
  readonly substate: string | undefined;
}

/** What is odd about lifecycle messages that did not lead on, by number. */
export interface Oddities {
  readonly repeated: number;
  readonly outOfOrder: number;
  readonly afterEnd: number;
}

/** How a step of the lifecycle is known: heard of, or following from what came after it. */
export type Knowledge = 'seen' | 'inferred';

/** Where the steps lead to. Times: server clock, ms. */
export interface Course {
  readonly phase: Phase;
  readonly phaseSince: number;
  /** The phase follows from data, not from a lifecycle message. */
  readonly isInferred: boolean;
  readonly known: Readonly<Partial<Record<LifecycleType, Knowledge>>>;
  readonly lastStep: LifecycleType | undefined;
  readonly oddities: Oddities;
  /** The newest step's stamps when they do not go with its type, which wins. */
  readonly disagreement: string | undefined;
  readonly state: string | undefined;
  readonly substate: string | undefined;
  /** Physics periods seen to begin. */
  readonly periods: number;
  /** Physics before the present phase, ms; the present one counts from `phaseSince`. */
  readonly physicsBefore: number;
  readonly imminentAt: number | undefined;
  /** When data taking began, as far as known. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** STFs were generated after the end. */
  readonly hasDataAfterEnd: boolean;
}

export interface Timeline extends Course {
  /** In order of time. */
  readonly steps: readonly Step[];
  /** `run_imminent` was not the first step: earlier ones are not known. */
  readonly isJoinedLate: boolean;
  /** The run was seen from before its first STF. */
  readonly isFromStart: boolean;
  /** What the steps before those kept led to. */
  readonly origin: Course;
}

/** Steps kept; of more, the older half is folded for good. */
const maxSteps = 400;
/** An STF stamped so long after a pause or an end was on its way then, ms. */
const onTheWay = 1000;

/** A timeline without steps. `at`: server clock, ms. */
export function newTimeline(at: number): Timeline {
  const origin: Course = {
    phase: 'unknown',
    phaseSince: at,
    isInferred: false,
    known: {},
    lastStep: undefined,
    oddities: {repeated: 0, outOfOrder: 0, afterEnd: 0},
    disagreement: undefined,
    state: undefined,
    substate: undefined,
    periods: 0,
    physicsBefore: 0,
    imminentAt: undefined,
    startedAt: undefined,
    endedAt: undefined,
    hasDataAfterEnd: false,
  };
  return {...origin, origin, steps: [], isJoinedLate: true, isFromStart: false};
}

/** The timeline with `step` in its place. */
export function withStep(timeline: Timeline, step: Step): Timeline {
  const {steps, origin} = timeline;
  const newest = steps.at(-1);
  if (!newest || newest.until <= step.at) {
    const isStretch = newest?.type === 'data' && step.type === 'data';
    const next = isStretch
      ? [...steps.slice(0, -1), {...newest, until: step.at}]
      : [...steps, step];
    return bounded(timeline, next, follow(timeline, step));
  }
  const next = inserted(steps, step);
  return next === steps ? timeline : bounded(timeline, next, courseOf(next, origin));
}

/** `steps`, bounded, and where they lead to: `course`. */
function bounded(timeline: Timeline, steps: readonly Step[], course: Course): Timeline {
  const {origin} = timeline;
  const isKept = steps.length <= maxSteps;
  const dropped = isKept ? [] : steps.slice(0, maxSteps / 2);
  const isFirstKnown = origin.phase === 'unknown';
  const first = isFirstKnown ? steps[0]?.type : undefined;
  return {
    ...course,
    steps: isKept ? steps : steps.slice(maxSteps / 2),
    origin: isKept ? origin : courseOf(dropped, origin),
    isJoinedLate: isFirstKnown ? first !== 'run_imminent' : timeline.isJoinedLate,
    isFromStart: isFirstKnown
      ? first === 'run_imminent' || first === 'start_run'
      : timeline.isFromStart,
  };
}

/** Puts a step before the newest: data widens a stretch, a message parts one. */
function inserted(steps: readonly Step[], step: Step): readonly Step[] {
  const after = steps.findLastIndex(({at}) => at <= step.at);
  const before = steps[after];
  const next = steps[after + 1];
  if (step.type !== 'data') {
    const isParted = before?.type === 'data' && before.until > step.at;
    if (!isParted) return steps.toSpliced(after + 1, 0, step);
    const halves = [{...before, until: before.at}, step, {...before, at: before.until}];
    return steps.toSpliced(after, 1, ...halves);
  }
  if (before?.type === 'data') {
    return before.until >= step.at ? steps : steps.with(after, {...before, until: step.at});
  }
  if (next?.type === 'data') return steps.with(after + 1, {...next, at: step.at});
  return steps.toSpliced(after + 1, 0, step);
}

function courseOf(steps: readonly Step[], origin: Course): Course {
  return steps.reduce(
    (course, step) =>
      step.until > step.at
        ? follow(follow(course, step), {...step, at: step.until})
        : follow(course, step),
    origin,
  );
}

function follow(course: Course, step: Step): Course {
  return isLifecycleType(step.type)
    ? followMessage(course, {...step, type: step.type})
    : followData(course, step);
}

function followData(course: Course, {at}: Step): Course {
  const {phase, phaseSince} = course;
  const isLate = at - phaseSince > onTheWay;
  if (phase === 'ended' && isLate) return {...course, hasDataAfterEnd: true};
  if (phase === 'paused' && !isLate) return course;
  const {to, implies} = lifecycleTable[phase].data;
  if (to === phase) return course;
  return {...entered(course, to, at, implies), isInferred: true};
}

function followMessage(
  course: Course,
  {type, at, state, substate}: Step & {readonly type: LifecycleType},
): Course {
  const {to, implies} = lifecycleTable[course.phase][type];
  const disagreement = stampsAgree(type, {state, substate})
    ? undefined
    : `${type} says ${state ?? '-'}/${substate ?? '-'}`;
  const told: Course = {
    ...course,
    known: {...course.known, [type]: 'seen'},
    lastStep: type,
    imminentAt: type === 'run_imminent' ? (course.imminentAt ?? at) : course.imminentAt,
  };
  // Where a step was missed in between, as a pause between two resumptions, it leads on too.
  const leadsOn = to !== course.phase || (implies.length > 0 && course.lastStep !== type);
  if (leadsOn) {
    return {...entered(told, to, at, implies), isInferred: false, state, substate, disagreement};
  }
  // The message for what data had shown already.
  const confirms = course.isInferred && lifecycleTable.unknown[type].to === to;
  if (confirms) return {...told, isInferred: false, state, substate, disagreement};
  const {repeated, outOfOrder, afterEnd} = course.oddities;
  if (course.phase === 'ended') {
    return {...told, oddities: {...course.oddities, afterEnd: afterEnd + 1}};
  }
  const oddities =
    course.known[type] === 'seen'
      ? {...course.oddities, repeated: repeated + 1}
      : {...course.oddities, outOfOrder: outOfOrder + 1};
  return {...told, oddities};
}

/** The course once `phase` is entered at `at`. */
function entered(
  course: Course,
  phase: Phase,
  at: number,
  implies: readonly LifecycleType[],
): Course {
  const known = {...course.known};
  for (const missed of implies) known[missed] ??= 'inferred';
  return {
    ...course,
    phase,
    phaseSince: at,
    known,
    physicsBefore: physicsTime(course, at),
    periods: course.periods + (phase === 'running' ? 1 : 0),
    startedAt: phase === 'running' ? (course.startedAt ?? at) : course.startedAt,
    endedAt: phase === 'ended' ? at : course.endedAt,
  };
}

/** Time of data taking up to `at` (server clock, ms): the sum of the running phases. */
export function physicsTime(course: Course, at: number): number {
  const {physicsBefore, phase, phaseSince} = course;
  return physicsBefore + (phase === 'running' ? Math.max(0, at - phaseSince) : 0);
}

/** Time since the start without data taking, up to `at` or the end, ms; undefined before a start. */
export function deadTime(course: Course, at: number): number | undefined {
  const {startedAt, endedAt} = course;
  if (startedAt === undefined) return undefined;
  return Math.max(0, (endedAt ?? at) - startedAt - physicsTime(course, at));
}

/** The share of the time since the start that is dead, from 0 to 1; undefined before a start. */
export function deadShare(course: Course, at: number): number | undefined {
  const dead = deadTime(course, at);
  if (dead === undefined || course.startedAt === undefined) return undefined;
  const whole = Math.max(0, (course.endedAt ?? at) - course.startedAt);
  return whole === 0 ? 0 : Math.min(1, dead / whole);
}

/** From imminent to the start of data taking, ms; undefined when either was not heard of. */
export function preparationTime({imminentAt, startedAt, known}: Course): number | undefined {
  if (imminentAt === undefined || startedAt === undefined || known.start_run !== 'seen') {
    return undefined;
  }
  return Math.max(0, startedAt - imminentAt);
}
