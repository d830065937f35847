// The pipeline of a run as a table: how many STFs came to each stage, how many were not seen there, and how
// long after their generation they came.
import type {Asked} from '../model/filter-times.ts';
import {backlog, lagOf, stageCount, type StageName} from '../model/pipeline.ts';
import type {Run} from '../model/run.ts';
import {lacksStage} from '../model/unasked.ts';
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

/** What a filter has hidden of a stage is told by a `+`, and is no backlog. */
export function stageRows(run: Run, asked: Asked): readonly (readonly string[])[] {
  const {pipeline} = run;
  return stages
    .filter(([stage]) => pipeline[stage].messages > 0)
    .map(([stage, after, name]) => {
      const lag = lagOf(pipeline, stage);
      const hasLag = after !== undefined && lag !== undefined;
      const more = lacksStage(run, stage, asked) ? '+' : '';
      const isPartly = more !== '' || (after !== undefined && lacksStage(run, after, asked));
      const count =
        stage === 'sampled' ? pipeline.sampled.numbers.count : stageCount(pipeline[stage]);
      return [
        name,
        `${count}${more}`,
        `${pipeline[stage].messages}${more}`,
        after === undefined || isPartly ? '-' : String(backlog(pipeline, after, stage)),
        hasLag ? formatLength(lag.median) : '-',
        hasLag ? formatLength(lag.p99) : '-',
      ];
    });
}
