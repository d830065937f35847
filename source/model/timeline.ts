// A run's lifecycle in time: its steps in the order of their stamps, whatever the order of their
// coming, and what follows from them. A step that is caught up late finds its place, and the whole
// is told anew.
import {
  isLifecycleType,
  lifecycleTable,
  stampsAgree,
  type LifecycleType,
  type Phase,
} from './lifecycle.ts';
import {endsWith, placed, type Step} from './steps.ts';

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
  /** The last that led on, heard of or shown by data. */
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
  if (origin.phase !== 'unknown' && step.at < origin.phaseSince) return withOverdue(timeline, step);
  const next = placed(steps, step);
  const course = endsWith(steps, step) ? follow(timeline, step) : courseOf(next, origin);
  return bounded(timeline, next, course);
}

/** A step that belongs among those that are folded: it is heard of, and changes nothing else. */
function withOverdue(timeline: Timeline, {type}: Step): Timeline {
  if (!isLifecycleType(type)) return timeline;
  const {known, oddities} = timeline.origin;
  const origin: Course = {
    ...timeline.origin,
    known: {...known, [type]: 'seen'},
    oddities: {...oddities, outOfOrder: oddities.outOfOrder + 1},
  };
  return {...timeline, ...courseOf(timeline.steps, origin), origin};
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

function courseOf(steps: readonly Step[], origin: Course): Course {
  return steps.reduce(follow, origin);
}

function follow(course: Course, step: Step): Course {
  return isLifecycleType(step.type)
    ? followMessage(course, {...step, type: step.type})
    : followData(course, step);
}

function followData(course: Course, {at, until, moments}: Step): Course {
  const {phase, phaseSince} = course;
  const isLate = (moment: number) => moment - phaseSince > onTheWay;
  if (phase === 'ended') return isLate(until) ? {...course, hasDataAfterEnd: true} : course;
  const shownAt = phase === 'paused' ? moments.find(isLate) : at;
  const {to, implies} = lifecycleTable[phase].data;
  if (to === phase || shownAt === undefined) return course;
  return {
    ...entered(course, to, shownAt, implies),
    isInferred: true,
    lastStep: implies.at(-1),
    state: undefined,
    substate: undefined,
    disagreement: undefined,
  };
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
    imminentAt: type === 'run_imminent' ? (course.imminentAt ?? at) : course.imminentAt,
  };
  // Where a step was missed in between, as a pause between two resumptions, it leads on too.
  const leadsOn = to !== course.phase || (implies.length > 0 && course.lastStep !== type);
  const next = {...told, isInferred: false, lastStep: type, state, substate, disagreement};
  if (leadsOn) return entered(next, to, at, implies);
  // The message for what data had shown already.
  if (course.isInferred && course.lastStep === type) return next;
  const {repeated, outOfOrder, afterEnd} = course.oddities;
  const isRepeated = course.known[type] === 'seen';
  const odd =
    course.phase === 'ended' && type !== 'end_run'
      ? {afterEnd: afterEnd + 1}
      : isRepeated
        ? {repeated: repeated + 1}
        : {outOfOrder: outOfOrder + 1};
  return {...told, oddities: {...course.oddities, ...odd}};
}

/** The course once `phase` is entered at `at` (server clock, ms). */
export function entered(
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

/** From imminent to the start of data taking, ms; undefined when either was not heard of in time. */
export function preparationTime({imminentAt, startedAt, known}: Course): number | undefined {
  if (imminentAt === undefined || startedAt === undefined || known.start_run !== 'seen') {
    return undefined;
  }
  return startedAt < imminentAt ? undefined : startedAt - imminentAt;
}
