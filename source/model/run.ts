// One run as its messages tell it. They are taken into a draft in place: most only count something
// up, and a copy of the whole for each would cost more than all the rest. Whoever looks sees a `Run`.
import type {WorkflowMessage} from '../wire/message.ts';
import {wasHidden, type Asked} from './filter-times.ts';
import {isLifecycleType} from './lifecycle.ts';
import {
  copyOf,
  newPipeline,
  pipe,
  stageCount,
  type Pipeline,
  type PipelineDraft,
} from './pipeline.ts';
import {SequenceSet, sizeOf, type Range} from './sequence-set.ts';
import type {Step} from './steps.ts';
import {count, type Tally} from './tally.ts';
import {newTimeline, withStep, type Timeline} from './timeline.ts';
import type {RunState} from '../wire/run-state.ts';
import type {StfFiles} from '../wire/stf-files.ts';

/** A row of the table of run states, and when it was read: server clock, ms. */
export interface RestRunState extends RunState {
  readonly at: number;
}

/** What REST has of a run's STF files. */
export interface RunFiles extends StfFiles {
  /** When it was read: server clock, ms. */
  readonly at: number;
  /** Another run bears the number too: whose files they are cannot be told. */
  readonly isShared: boolean;
}

/** What REST has of the execution that a run is of, once that runs no more. */
export interface ExecutionEnd {
  readonly status: string;
  /** As its record says; undefined where it does not. Server clock, ms. */
  readonly endedAt: number | undefined;
  /** When it was read: server clock, ms. */
  readonly at: number;
}

/** Times: server clock, ms. */
export interface Run extends Timeline {
  /** Namespace, run number and `nth` together: two namespaces can use one number, and a number can come again. */
  readonly key: string;
  /** Counts the runs of one number in one namespace, from 1. */
  readonly nth: number;
  readonly runId: string;
  readonly namespace: string | undefined;
  readonly executionId: string | undefined;
  /** What the table of run states has of it. */
  readonly rest: RestRunState | undefined;
  readonly files: RunFiles | undefined;
  readonly execution: ExecutionEnd | undefined;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly lastType: string;
  readonly pipeline: Pipeline;
  /** STFs that were generated more than once, by number, and how often too often. */
  readonly doubled: SequenceSet;
  readonly repeated: number;
  /** When the newest STFs were generated; at most `rateWindow`. */
  readonly generatedAt: readonly number[];
  /**
   * When the stream brought the first and the newest message of its lifecycle or its STFs. Messages
   * can bear stamps of long ago, as those of a recording do.
   */
  readonly heard: {readonly first: number; readonly last: number} | undefined;
  /** When REST last brought an STF of it: what the filters hid before has been told. */
  readonly toldAt: number | undefined;
  /** Numbers that were jumped over while STFs were not asked for, and REST has not told of since. */
  readonly unasked: readonly Range[];
  /** The same of those between the last STF and the end. */
  readonly isUnaskedAtEnd: boolean;
  /** The earliest stamp of what the stream brought, and of its STFs, whoever brought them. */
  readonly streamedFrom: number | undefined;
  readonly dataFrom: number | undefined;
  /** REST alone brought some of its messages: what the agents sent then may be missing, and no list has it. */
  readonly isCaughtUp: boolean;
  /** What `end_run` says the run made. */
  readonly total: number | undefined;
  readonly messages: number;
  readonly types: Tally;
  readonly agents: Tally;
}

/** A run that nobody else holds: what comes changes it in place. */
export type RunDraft = {
  -readonly [Key in Exclude<keyof Run, 'pipeline' | 'types' | 'agents'>]: Run[Key];
} & {
  readonly pipeline: PipelineDraft;
  readonly types: Map<string, number>;
  readonly agents: Map<string, number>;
};

/** How a message came. */
export interface Coming {
  /** By the stream, or caught up from REST. */
  readonly isStreamed: boolean;
  /** Server clock, ms. */
  readonly at: number;
  readonly asked: Asked;
}

/** STFs that the rate is taken from. */
const rateWindow = 10;
/** Types and agents counted by name. */
const maxNames = 32;
/** Stretches of STFs that were not asked for; the oldest go first. */
const maxUnasked = 100;

/** Who a run is. */
export type RunIdentity = Pick<Run, 'key' | 'nth' | 'runId' | 'namespace' | 'executionId'>;

/** A run before its first message. `at`: server clock, ms. */
export function newRun(
  {key, nth, runId, namespace, executionId}: RunIdentity,
  at: number,
): RunDraft {
  return {
    key,
    nth,
    runId,
    namespace,
    executionId,
    rest: undefined,
    files: undefined,
    execution: undefined,
    ...newTimeline(at),
    firstAt: at,
    lastAt: at,
    lastType: '',
    pipeline: newPipeline(),
    doubled: SequenceSet.empty,
    repeated: 0,
    generatedAt: [],
    heard: undefined,
    toldAt: undefined,
    streamedFrom: undefined,
    dataFrom: undefined,
    isCaughtUp: false,
    unasked: [],
    isUnaskedAtEnd: false,
    total: undefined,
    messages: 0,
    types: new Map(),
    agents: new Map(),
  };
}

/** To go on from `run`, which stays as it is. */
export function draftOf(run: RunDraft): RunDraft {
  const {pipeline, types, agents} = run;
  return {...run, pipeline: copyOf(pipeline), types: new Map(types), agents: new Map(agents)};
}

/** Takes in `message`, which was sent at `at` (server clock, ms). */
export function advance(
  run: RunDraft,
  message: WorkflowMessage,
  at: number,
  coming?: Coming,
): void {
  const {type, agent} = message;
  const step = stepOf(message, at);
  if (step) Object.assign(run, withStep(run, step));
  else if (run.phase === 'unknown') run.phaseSince = Math.min(run.phaseSince, at);
  if (step && coming?.isStreamed) {
    run.heard = {first: run.heard?.first ?? coming.at, last: coming.at};
  }
  if (coming && (type === 'stf_gen' || type === 'end_run')) noteUnasked(run, message, at, coming);
  if (type === 'stf_gen') generate(run, message, at);
  if (coming?.isStreamed ?? true) run.streamedFrom = Math.min(run.streamedFrom ?? at, at);
  else run.isCaughtUp = true;
  if (type === 'stf_gen') run.dataFrom = Math.min(run.dataFrom ?? at, at);
  if (type === 'end_run') run.total = larger(run.total, message.totalStfFiles);
  pipe(run.pipeline, message, at);
  run.executionId ??= message.executionId;
  run.firstAt = Math.min(run.firstAt, at);
  if (at >= run.lastAt) run.lastType = type;
  run.lastAt = Math.max(run.lastAt, at);
  run.messages += 1;
  count(run.types, type, maxNames);
  count(run.agents, agent === '' ? '(not said)' : agent, maxNames);
}

/** What the message says of the lifecycle; an STF says that data is being taken. */
function stepOf({type, state, substate}: WorkflowMessage, at: number): Step | undefined {
  const isStep = type === 'stf_gen' || isLifecycleType(type);
  if (!isStep) return undefined;
  return type === 'stf_gen'
    ? {type: 'data', at, until: at, moments: [at], state, substate}
    : {type, at, until: at, moments: [], state, substate};
}

/** Of several ends that tell of different totals the last has the most. */
function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

/** Before the message is counted: what was not asked for between the newest STF and it. */
function noteUnasked(
  run: RunDraft,
  {type, stf, totalStfFiles = Infinity}: WorkflowMessage,
  at: number,
  {isStreamed, at: cameAt, asked}: Coming,
): void {
  if (!isStreamed && type === 'stf_gen') {
    Object.assign(run, {toldAt: cameAt, unasked: [], isUnaskedAtEnd: false});
    return;
  }
  const last = run.pipeline.generated.numbers.last ?? 0;
  const since = Math.max(run.firstAt, run.toldAt ?? 0, run.generatedAt.at(-1) ?? 0);
  if (!wasHidden(asked, 'stf_gen', run.runId, since, at)) return;
  if (type === 'end_run') run.isUnaskedAtEnd = last < totalStfFiles;
  else if (stf !== undefined && stf > last + 1) {
    run.unasked = [...run.unasked.slice(1 - maxUnasked), [last + 1, stf - 1]];
  }
}

function generate(run: RunDraft, {stf}: WorkflowMessage, at: number): void {
  const isDouble = stf !== undefined && run.pipeline.generated.numbers.has(stf);
  const isCopy = isDouble && run.generatedAt.includes(at);
  // A copy of a message is no further STF.
  if (!isCopy) run.generatedAt = newestOf(run.generatedAt, at);
  if (!isDouble) return;
  run.doubled = run.doubled.with(stf);
  run.repeated += 1;
}

/** In order of time, whatever the order of coming. */
function newestOf(times: readonly number[], at: number): readonly number[] {
  const last = times.at(-1) ?? at;
  const all = at >= last ? [...times, at] : [...times, at].sort((a, b) => a - b);
  return all.slice(-rateWindow);
}

export function generatedCount({pipeline}: Run): number {
  return stageCount(pipeline.generated);
}

/** The first STF that should have come: a run joined late misses none of those before its first. */
export function firstExpected({isFromStart, pipeline}: Run): number {
  return isFromStart ? 1 : (pipeline.generated.numbers.first ?? 1);
}

/** Sequence numbers that should have come and did not, up to the last that came. */
export function missingStfs(run: Run): readonly Range[] {
  return run.pipeline.generated.numbers
    .missing(firstExpected(run))
    .filter(hole => !isUnasked(run, hole));
}

/** Those that did not come because they were not asked for: whether they were made is not known. */
export function unaskedStfs(run: Run): readonly Range[] {
  return run.pipeline.generated.numbers
    .missing(firstExpected(run))
    .filter(hole => isUnasked(run, hole));
}

/** A hole lies within what was jumped over at once: what came on either side of it parts the two. */
const isUnasked = ({unasked}: Run, [from, to]: Range) =>
  unasked.some(([first, last]) => first <= from && to <= last);

export function missingCount(run: Run): number {
  return sizeOf(missingStfs(run));
}

/**
 * What is missing, holes and what `end_run` names beyond the last that came; and how many in all, as `end_run` may
 * name more than the numbers show.
 */
export function missingNow(run: Run): {readonly ranges: readonly Range[]; readonly count: number} {
  const {total, isUnaskedAtEnd, isFromStart} = run;
  const holes = missingStfs(run);
  const isSeen = generatedCount(run) > 0 || isFromStart;
  if (total === undefined || isUnaskedAtEnd || !isSeen) {
    return {ranges: holes, count: sizeOf(holes)};
  }
  const last = run.pipeline.generated.numbers.last ?? 0;
  const isNumbered = run.pipeline.generated.unnumbered === 0;
  const ranges = isNumbered && last < total ? [...holes, [last + 1, total] as const] : holes;
  const difference = generatedCount(run) === 0 ? total : totalDifference(run);
  return {ranges, count: Math.max(sizeOf(ranges), difference)};
}

/** The run's number, told apart from others of the same number. */
export const runName = ({runId, nth}: Pick<Run, 'runId' | 'nth'>): string =>
  nth === 1 ? runId : `${runId}#${nth}`;

/**
 * How many STFs more `end_run` tells of than came since the run is watched; 0 when it agrees. Where
 * none came at all a filter keeps them away, or the receiver came too late: nothing is to be said, nor
 * where the last were not asked for.
 */
export function totalDifference(run: Run): number {
  const count = generatedCount(run);
  if (run.total === undefined || run.isUnaskedAtEnd || count === 0) return 0;
  return run.total - (firstExpected(run) - 1) - count - sizeOf(unaskedStfs(run));
}

/** Mean time between the newest STFs, ms; undefined before two have come. */
export function stfInterval({generatedAt}: Run): number | undefined {
  const first = generatedAt[0];
  const last = generatedAt.at(-1);
  if (first === undefined || last === undefined || last <= first) return undefined;
  return (last - first) / (generatedAt.length - 1);
}

/** STFs a second lately, the less the longer none has come; undefined before two have. `now`: server clock, ms. */
export function stfRate(run: Run, now: number): number | undefined {
  const interval = stfInterval(run);
  if (interval === undefined) return undefined;
  const silent = now - run.generatedAt.at(-1)!;
  const late = Math.max(0, silent - interval);
  return 1000 / (interval + late / (run.generatedAt.length - 1));
}

export const readyCount = ({pipeline}: Run): number => stageCount(pipeline.ready);
export const processedCount = ({pipeline}: Run): number => stageCount(pipeline.processed);
/** Time frames registered, of all STFs together. */
export const timeFrameCount = ({pipeline}: Run): number => pipeline.sampled.messages;

/** Whether something about the run is not as it should be. */
export function hasOddities(run: Run): boolean {
  const {repeated, outOfOrder, afterEnd} = run.oddities;
  return (
    run.disagreement !== undefined ||
    run.hasDataAfterEnd ||
    run.repeated + repeated + outOfOrder + afterEnd > 0 ||
    missingNow(run).count > 0 ||
    totalDifference(run) !== 0
  );
}
