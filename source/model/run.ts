// One run as its messages tell it. Immutable: a message makes the next one.
import type {WorkflowMessage} from '../wire/message.ts';
import {isLifecycleType} from './lifecycle.ts';
import {SequenceSet, sizeOf} from './sequence-set.ts';
import {newTimeline, withStep, type Step, type Timeline} from './timeline.ts';

export interface Run extends Timeline {
  /** Namespace and run number together: two namespaces can use one number. */
  readonly key: string;
  readonly runId: string;
  readonly namespace: string | undefined;
  readonly executionId: string | undefined;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly lastType: string;
  /** STFs generated, by sequence number. */
  readonly generated: SequenceSet;
  /** STFs generated that carried no sequence number. */
  readonly unnumbered: number;
  readonly repeated: number;
  /** When the newest STFs were generated, server clock, ms; at most `rateWindow`. */
  readonly generatedAt: readonly number[];
  readonly ready: SequenceSet;
  readonly readyUnnumbered: number;
  readonly processed: number;
  readonly timeFrames: number;
  /** What `end_run` says the run made. */
  readonly total: number | undefined;
  readonly messages: number;
}

/** STFs that the rate is taken from. */
const rateWindow = 10;

/** A run before its first message. `at`: server clock, ms. */
export function newRun(key: string, runId: string, message: WorkflowMessage, at: number): Run {
  return {
    key,
    runId,
    namespace: message.namespace,
    executionId: message.executionId,
    ...newTimeline(at),
    firstAt: at,
    lastAt: at,
    lastType: message.type,
    generated: SequenceSet.empty,
    unnumbered: 0,
    repeated: 0,
    generatedAt: [],
    ready: SequenceSet.empty,
    readyUnnumbered: 0,
    processed: 0,
    timeFrames: 0,
    total: undefined,
    messages: 0,
  };
}

/** In order of time, whatever the order of coming. */
function newestOf(times: readonly number[], at: number): readonly number[] {
  const last = times.at(-1) ?? at;
  const all = at >= last ? [...times, at] : [...times, at].sort((a, b) => a - b);
  return all.slice(-rateWindow);
}

type Effect = (run: Run, message: WorkflowMessage, at: number) => Partial<Run>;

const ready: Effect = (run, {sequence}) =>
  sequence === undefined
    ? {readyUnnumbered: run.readyUnnumbered + 1}
    : {ready: run.ready.with(sequence)};

/** What a message of a type does to its run, beyond the lifecycle. */
const effects: Readonly<Record<string, Effect>> = {
  stf_gen: (run, {sequence}, at) => ({
    ...(sequence === undefined
      ? {unnumbered: run.unnumbered + 1}
      : {
          generated: run.generated.with(sequence),
          repeated: run.repeated + (run.generated.has(sequence) ? 1 : 0),
        }),
    generatedAt: newestOf(run.generatedAt, at),
  }),
  stf_ready: ready,
  data_ready: ready,
  processing_complete: run => ({processed: run.processed + 1}),
  tf_file_registered: run => ({timeFrames: run.timeFrames + 1}),
  end_run: (_run, message) => ({total: message.totalStfFiles}),
};

/** The run after `message`, which was sent at `at` (server clock, ms). */
export function advance(run: Run, message: WorkflowMessage, at: number): Run {
  const effect = Object.hasOwn(effects, message.type) ? effects[message.type] : undefined;
  const step = stepOf(message, at);
  return {
    ...run,
    ...(step ? withStep(run, step) : {}),
    executionId: run.executionId ?? message.executionId,
    firstAt: Math.min(run.firstAt, at),
    lastAt: Math.max(run.lastAt, at),
    lastType: at >= run.lastAt ? message.type : run.lastType,
    messages: run.messages + 1,
    ...effect?.(run, message, at),
  };
}

/** What the message says of the lifecycle; an STF says that data is being taken. */
function stepOf({type, state, substate}: WorkflowMessage, at: number): Step | undefined {
  if (type === 'stf_gen') return {type: 'data', at, state: undefined, substate: undefined};
  return isLifecycleType(type) ? {type, at, state, substate} : undefined;
}

export function generatedCount(run: Run): number {
  return run.generated.count + run.unnumbered;
}

export function readyCount(run: Run): number {
  return run.ready.count + run.readyUnnumbered;
}

/**
 * Sequence numbers that should have come and did not. A run joined late misses none of those
 * before its first.
 */
export function missingCount(run: Run): number {
  return sizeOf(run.generated.missing(firstExpected(run)));
}

export function firstExpected(run: Run): number {
  return run.isJoinedLate ? (run.generated.first ?? 1) : 1;
}

/** STFs a second lately; undefined before two have come. */
export function stfRate(run: Run): number | undefined {
  const first = run.generatedAt[0];
  const last = run.generatedAt.at(-1);
  if (first === undefined || last === undefined || last <= first) return undefined;
  return ((run.generatedAt.length - 1) * 1000) / (last - first);
}
