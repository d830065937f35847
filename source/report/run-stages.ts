// The pipeline of a run as a table: how many STFs came to each stage, how many were not seen there, and how
// long after their generation they came.
import {lagOf, type StageName} from '../model/pipeline.ts';
import {generatedCount, type Run} from '../model/run.ts';
import {countOf, lacksStfs, type Cover} from '../model/stage-count.ts';
import {formatLength} from '../time.ts';

/** The stages that STFs go through, and the one before each. */
const stages: readonly (readonly [stage: StageName, after: StageName | undefined, name: string])[] =
  [
    ['generated', undefined, 'generated'],
    ['ready', 'generated', 'ready'],
    ['sampled', 'generated', 'time frames'],
    ['processed', 'ready', 'processed'],
  ];

export const stageColumns = ['stage', 'STFs', 'messages', 'not seen', 'median lag', '99 %'];

/** What was not received of a stage is marked by a `+`, and is no backlog. */
export function stageRows(run: Run, cover: Cover): readonly (readonly string[])[] {
  const {pipeline} = run;
  return stages
    .filter(([stage]) => pipeline[stage].messages > 0)
    .map(([stage, after, name]) => {
      const lag = lagOf(pipeline, stage);
      const hasLag = after !== undefined && lag !== undefined;
      const {count, isAtLeast, waiting} =
        after === undefined
          ? {count: generatedCount(run), isAtLeast: lacksStfs(run, cover), waiting: undefined}
          : countOf(run, stage, after, cover);
      const shown = stage === 'sampled' ? pipeline.sampled.numbers.count : count;
      const more = isAtLeast ? '+' : '';
      return [
        name,
        `${shown}${more}`,
        `${pipeline[stage].messages}${more}`,
        waiting === undefined ? '-' : String(waiting),
        hasLag ? formatLength(lag.median) : '-',
        hasLag ? formatLength(lag.p99) : '-',
      ];
    });
}
