// What the agents make of a run's STFs, stage by stage, each message counted to its STF.
import type {WorkflowMessage} from '../wire/message.ts';
import {SequenceSet} from './sequence-set.ts';
import {quantile} from './samples.ts';
import {StampRing, type Stamps} from './stamp-ring.ts';

export interface Stage {
  readonly messages: number;
  /** STFs that have come so far, by number. */
  readonly numbers: SequenceSet;
  /** Messages that name no STF. */
  readonly unnumbered: number;
  readonly stamps: Stamps;
}

const stageNames = ['generated', 'ready', 'sampled', 'processed', 'sliced', 'results'] as const;
export type StageName = (typeof stageNames)[number];

/** `generated` by the DAQ, `ready` at the data agent, `sampled` into time frames, and so on. */
export type Pipeline = Readonly<Record<StageName, Stage>>;

type StageDraft = {-readonly [Key in Exclude<keyof Stage, 'stamps'>]: Stage[Key]} & {
  readonly stamps: StampRing;
};

/** A pipeline that nobody else holds: what comes changes it in place. */
export type PipelineDraft = Readonly<Record<StageName, StageDraft>>;

/** What each message type counts to; the rest is none of the pipeline's. */
const stageOf: Readonly<Record<string, StageName>> = {
  stf_gen: 'generated',
  stf_ready: 'ready',
  data_ready: 'ready',
  tf_file_registered: 'sampled',
  processing_complete: 'processed',
  slice: 'sliced',
  slice_result: 'results',
};

/** Message types that count to a stage. */
export const typesOf = (stage: StageName): readonly string[] =>
  Object.keys(stageOf).filter(type => stageOf[type] === stage);

const eachStage = (make: (name: StageName) => StageDraft) =>
  Object.fromEntries(stageNames.map(name => [name, make(name)])) as PipelineDraft;

export function newPipeline(): PipelineDraft {
  const none = {messages: 0, numbers: SequenceSet.empty, unnumbered: 0};
  return eachStage(() => ({...none, stamps: new StampRing()}));
}

/** To go on from `pipeline`, which stays as it is. */
export function copyOf(pipeline: PipelineDraft): PipelineDraft {
  return eachStage(name => ({...pipeline[name], stamps: pipeline[name].stamps.copy()}));
}

/** Counts `message`, sent at `at` (server clock, ms), if it is one of the pipeline's. */
export function pipe(pipeline: PipelineDraft, {type, stf}: WorkflowMessage, at: number): void {
  const name = Object.hasOwn(stageOf, type) ? stageOf[type] : undefined;
  if (name === undefined) return;
  const stage = pipeline[name];
  stage.messages += 1;
  if (stf === undefined) {
    stage.unnumbered += 1;
  } else {
    stage.numbers = stage.numbers.with(stf);
    stage.stamps.add(stf, at);
  }
}

/** STFs that have come so far. */
export function stageCount({numbers, unnumbered}: Stage): number {
  return numbers.count + unnumbered;
}

/** STFs that have been at `from` and not at `to`, as far as they are numbered. */
export function backlog(pipeline: Pipeline, from: StageName, to: StageName): number {
  const {numbers, unnumbered} = pipeline[to];
  return Math.max(0, pipeline[from].numbers.countWithout(numbers) - unnumbered);
}

/** How long after it was generated an STF came to a stage, ms; of the newest 64 STFs. */
export function lagOf(
  pipeline: Pipeline,
  stage: StageName,
): {readonly median: number; readonly p99: number} | undefined {
  const lags = pipeline[stage].stamps.lagsAfter(pipeline.generated.stamps);
  const median = quantile(lags, 0.5);
  const p99 = quantile(lags, 0.99);
  return median === undefined || p99 === undefined ? undefined : {median, p99};
}
