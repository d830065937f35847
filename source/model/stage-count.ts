// How many STFs have come to a stage of a run, and whether that can be all: a filter, a gap or a late joining leaves
// some uncounted, and what was not counted is no backlog.
import {wasHidden, type Asked} from './filter-times.ts';
import type {Gap} from './gaps.ts';
import {backlog, stageCount, typesOf, type StageName} from './pipeline.ts';
import {firstExpected, generatedCount, unaskedStfs, type Run} from './run.ts';

/** What hides messages from a run. */
export interface Cover extends Asked {
  readonly gaps: readonly Gap[];
}

export interface StageCount {
  readonly count: number;
  /** There may be more that were not counted. */
  readonly isAtLeast: boolean;
  /** STFs that have been at the stage before and not at this one; undefined: that cannot be told. */
  readonly waiting: number | undefined;
}

/** So long after a run's end its agents may still report on its STFs, ms. */
export const afterwards = 60_000;

/**
 * Whether more STFs of the run may have been generated than came: because they were filtered out, or the receiver
 * joined late, and neither REST, the number of a later one, nor the end tells.
 */
export function lacksStfs(run: Run, asked: Asked): boolean {
  if (run.isUnaskedAtEnd || unaskedStfs(run).length > 0) return true;
  const {count: numbered, last = 0} = run.pipeline.generated.numbers;
  if (numbered > 0 && firstExpected(run) > 1) return true;
  if (last >= (run.total ?? Infinity)) return false;
  const since = Math.max(run.firstAt, run.toldAt ?? 0, run.generatedAt.at(-1) ?? 0);
  return wasHidden(asked, 'stf_gen', run.runId, since, run.endedAt ?? Infinity);
}

/** Whether the agents may have reported more of a stage than was received. */
export function lacksStage(run: Run, stage: StageName, cover: Cover): boolean {
  if (stage === 'generated') return lacksStfs(run, cover);
  if (hasAll(run, stage) && !lacksStfs(run, cover)) return false;
  if (!isObservedFromStart(run)) return true;
  const end = run.endedAt === undefined ? Infinity : run.endedAt + afterwards;
  const isInGap = ({from, to = Infinity}: Gap) =>
    from + cover.skew < end && to + cover.skew > run.firstAt;
  if (cover.gaps.some(isInGap)) return true;
  return typesOf(stage).every(type => wasHidden(cover, type, run.runId, run.firstAt, end));
}

/** Every STF that was generated has come to the stage. */
function hasAll({pipeline}: Run, stage: StageName): boolean {
  const {numbers} = pipeline.generated;
  return numbers.count > 0 && numbers.countWithout(pipeline[stage].numbers) === 0;
}

/**
 * Whether the stream brought the run from before its first STF, and all that REST can tell of it: what the agents sent
 * otherwise is in no list.
 */
function isObservedFromStart({isFromStart, isCaughtUp, streamedFrom, dataFrom}: Run): boolean {
  if (!isFromStart || isCaughtUp || streamedFrom === undefined) return false;
  return dataFrom === undefined || streamedFrom <= dataFrom;
}

/** File statuses that say that the data agent has an STF ready, and that it was processed to the end. */
const settledBy: Readonly<Partial<Record<StageName, readonly string[]>>> = {
  ready: ['processed', 'done'],
  processed: ['done'],
};

/** What the list of STF files proves of a stage; 0 where it says nothing or is not this run's alone. */
function countByFiles({files}: Run, stage: StageName): number {
  if (!files || files.isShared) return 0;
  const statuses = settledBy[stage] ?? [];
  return statuses.reduce((sum, status) => sum + (files.byStatus[status] ?? 0), 0);
}

/** @param after the stage that its STFs come from. */
export function countOf(run: Run, stage: StageName, after: StageName, cover: Cover): StageCount {
  const received = stageCount(run.pipeline[stage]);
  const listed = countByFiles(run, stage);
  const count = Math.max(received, listed);
  if (!lacksStage(run, stage, cover)) {
    if (lacksStage(run, after, cover)) return {count, isAtLeast: false, waiting: undefined};
    // A message can be lost on the way; the list has what it said.
    const waiting = backlog(run.pipeline, after, stage) - (count - received);
    return {count, isAtLeast: false, waiting: Math.max(0, waiting)};
  }
  const made = lacksStfs(run, cover) ? (run.total ?? Infinity) : (run.total ?? generatedCount(run));
  const isSettled = count > 0 && count >= made;
  return {count, isAtLeast: !isSettled, waiting: isSettled ? 0 : undefined};
}
