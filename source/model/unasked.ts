// What of a run may be more than came, because it was not asked for.
import {wasHidden, type Asked} from './filter-times.ts';
import {typesOf, type StageName} from './pipeline.ts';
import {unaskedStfs, type Run} from './run.ts';

/** So long after a run's end its agents may still tell of its STFs, ms. */
const afterwards = 60_000;

/**
 * Whether more STFs of the run may have been generated than came, because they were not asked for and
 * neither REST, the number of a later one, nor the end tells.
 */
export function lacksStfs(run: Run, asked: Asked): boolean {
  if (run.isUnaskedAtEnd || unaskedStfs(run).length > 0) return true;
  if ((run.pipeline.generated.numbers.last ?? 0) >= (run.total ?? Infinity)) return false;
  const heardAt = Math.max(run.firstAt, run.toldAt ?? 0, run.generatedAt.at(-1) ?? 0);
  return wasHidden(asked, 'stf_gen', run.runId, heardAt, run.endedAt ?? Infinity);
}

/** Whether the agents may have told more of a stage than was asked for: no list has it. */
export function lacksStage(run: Run, stage: StageName, asked: Asked): boolean {
  if (stage === 'generated') return lacksStfs(run, asked);
  const end = run.endedAt === undefined ? Infinity : run.endedAt + afterwards;
  return typesOf(stage).every(type => wasHidden(asked, type, run.runId, run.firstAt, end));
}
