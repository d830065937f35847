// The columns of the runs' table: what each tells of a run, and which give way first.
import {missingCount, timeFrameCount, type Run} from '../../model/run.ts';
import {physicsTime} from '../../model/timeline.ts';
import {formatDuration} from '../../time.ts';
import type {Segment} from '../row.ts';
import {
  deadWords,
  phaseStyles,
  phaseWord,
  progress,
  rateWords,
  remark,
  stageBar,
  stageWidth,
  stfCount,
  track,
  type RowInput,
} from './run-cells.ts';

/** One column of the table. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
  /** Columns give way in this order, highest first, where the terminal is narrow. */
  readonly rank: number;
  readonly cell: (run: Run, input: RowInput) => Segment | readonly Segment[];
}

export const columns: readonly Column[] = [
  {
    title: 'RUN',
    width: 8,
    rank: 0,
    cell: ({runId}, {theme}) => [runId, theme.styles.strong],
  },
  {title: 'NAMESPACE', width: 11, rank: 3, cell: run => [run.namespace ?? '-']},
  {title: 'TRACK', width: 7, rank: 2, cell: (run, {theme}) => track(run, theme)},
  {
    title: 'PHASE',
    width: 10,
    rank: 0,
    cell: ({phase}, {theme, told}) =>
      told
        ? [`(${told.state})`, theme.styles.dim]
        : [phaseWord(phase), theme.styles[phaseStyles[phase]]],
  },
  {
    title: 'FOR',
    width: 7,
    align: 'right',
    rank: 1,
    cell: (run, {now, told}) => [formatDuration(now - (told?.changedAt ?? run.phaseSince))],
  },
  {
    title: 'STF',
    width: 8,
    align: 'right',
    rank: 0,
    cell: (run, {expected}) => [stfCount(run, expected)],
  },
  {
    title: 'MISS',
    width: 4,
    align: 'right',
    rank: 1,
    cell: (run, {theme}) => {
      const missing = missingCount(run);
      return [String(missing), missing > 0 ? theme.styles.bad : theme.styles.dim];
    },
  },
  {
    title: 'PROGRESS',
    width: 15,
    rank: 4,
    cell: (run, input) => progress(run, input),
  },
  {
    title: 'READY',
    width: stageWidth,
    rank: 5,
    cell: (run, {theme}) => stageBar(run, 'generated', 'ready', theme),
  },
  {
    title: 'PROCESSED',
    width: stageWidth,
    rank: 6,
    cell: (run, {theme}) => stageBar(run, 'ready', 'processed', theme),
  },
  {
    title: 'TF',
    width: 5,
    align: 'right',
    rank: 7,
    cell: run => [String(timeFrameCount(run))],
  },
  {
    title: 'STATE',
    width: 14,
    rank: 8,
    cell: ({state, substate, disagreement}, {theme}) => [
      state === undefined ? '-' : `${state}/${substate ?? '-'}`,
      disagreement === undefined ? theme.styles.plain : theme.styles.warn,
    ],
  },
  {
    title: 'PHYSICS',
    width: 8,
    align: 'right',
    rank: 9,
    cell: (run, {now}) => [formatDuration(physicsTime(run, now))],
  },
  {
    title: 'DEAD',
    width: 5,
    align: 'right',
    rank: 11,
    cell: (run, {now}) => [deadWords(run, now)],
  },
  {title: 'PERIODS', width: 7, align: 'right', rank: 12, cell: run => [String(run.periods)]},
  {
    title: 'RATE',
    width: 7,
    align: 'right',
    rank: 10,
    cell: run => [rateWords(run)],
  },
  {title: 'REMARK', width: 30, rank: 13, cell: (run, input) => remark(run, input)},
];

/** What a narrow terminal has no columns for is still told in the remark at the row's end. */
export const remarkTitle = 'REMARK';
