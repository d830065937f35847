// The columns of the runs' table: what each tells of a run, which give way first where the terminal
// is narrow, and which widen where it is not.
import {runName, timeFrameCount, type Run} from '../../model/run.ts';
import {physicsTime} from '../../model/timeline.ts';
import {countedUntil, missingStfCount} from '../../report/run-row.ts';
import {formatBrief} from '../../time.ts';
import {
  deadWords,
  missingWords,
  nameCell,
  progressCell,
  rateWords,
  remarkCell,
  stageCell,
  stateCell,
  stateTime,
  stfCount,
  track,
  words,
  type Cell,
  type RowInput,
} from './run-cells.ts';

/** One column of the table. */
export interface Column {
  readonly title: string;
  readonly width: number;
  /** As wide as this where there is room; else as `width`. */
  readonly widest?: number;
  readonly align?: 'left' | 'right';
  /** Columns give way in this order, highest first, where the terminal is narrow. */
  readonly rank: number;
  /** What it names, where different names must not look the same. */
  readonly name?: (run: Run) => string;
  readonly cell: (run: Run, input: RowInput) => Cell;
}

export const columns: readonly Column[] = [
  {
    title: 'RUN',
    width: 7,
    widest: 14,
    rank: 0,
    name: runName,
    cell: (run, input) => nameCell(runName(run), input, 'strong'),
  },
  {
    title: 'NAMESPACE',
    width: 11,
    widest: 16,
    rank: 6,
    name: run => run.namespace ?? '-',
    cell: (run, input) => nameCell(run.namespace ?? '-', input),
  },
  {title: 'TRACK', width: 7, rank: 5, cell: track},
  {title: 'STATE', width: 11, widest: 14, rank: 1, cell: stateCell},
  {
    title: 'FOR',
    width: 5,
    align: 'right',
    rank: 4,
    cell: (_run, input) => words(stateTime(input)),
  },
  {
    title: 'DATA',
    width: 5,
    align: 'right',
    rank: 8,
    cell: ({phase}, input) =>
      words(
        phase === 'unknown'
          ? '-'
          : formatBrief(physicsTime(input.standing.run, countedUntil(input))),
      ),
  },
  {
    title: 'STF',
    width: 7,
    widest: 11,
    align: 'right',
    rank: 2,
    cell: (run, input) => words(stfCount(run, input)),
  },
  {
    title: 'STF/s',
    width: 5,
    align: 'right',
    rank: 11,
    cell: (run, input) => words(rateWords(run, input)),
  },
  {
    title: 'MISS',
    width: 4,
    align: 'right',
    rank: 3,
    cell: run => words(missingWords(run), (missingStfCount(run) ?? 0) > 0 ? 'bad' : 'dim'),
  },
  {
    title: 'PROGRESS',
    width: 15,
    widest: 24,
    rank: 7,
    cell: progressCell,
  },
  {
    title: 'READY',
    width: 7,
    widest: 11,
    rank: 9,
    cell: (run, input) => stageCell(run, 'generated', 'ready', input),
  },
  {
    title: 'PROCESSED',
    width: 9,
    widest: 11,
    rank: 10,
    cell: (run, input) => stageCell(run, 'ready', 'processed', input),
  },
  {
    title: 'TF',
    width: 6,
    align: 'right',
    rank: 13,
    cell: run => words(String(timeFrameCount(run))),
  },
  {
    title: 'DEAD',
    width: 4,
    align: 'right',
    rank: 14,
    cell: (_run, input) => words(deadWords(input)),
  },
  {title: 'PERIODS', width: 7, align: 'right', rank: 15, cell: run => words(String(run.periods))},
  {title: 'LAST WORD', width: 11, widest: 60, rank: 12, cell: remarkCell},
];

/**
 * The columns that fit into `width`, in their order; what is left over widens them by rank, that of
 * the runs no further than their longest name needs.
 */
export function columnsFor(
  width: number,
  longestName = 0,
  hasNumberAgain = false,
): readonly Column[] {
  const widths = new Map<Column, number>();
  let left = width;
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    // Two runs of one number are told apart by what stands behind it.
    const isWider = column.title === 'RUN' && hasNumberAgain;
    const narrowest = column.width + (isWider ? 2 : 0);
    if (narrowest + 1 > left) break;
    widths.set(column, narrowest);
    left -= narrowest + 1;
  }
  for (const [column, narrowest] of widths) {
    const widest = column.widest ?? narrowest;
    const wanted = column.title === 'RUN' ? Math.min(widest, longestName) : widest;
    const wider = Math.min(left, Math.max(0, wanted - narrowest));
    widths.set(column, narrowest + wider);
    left -= wider;
  }
  return columns.flatMap(column => {
    const fitted = widths.get(column);
    return fitted === undefined ? [] : [{...column, width: fitted}];
  });
}
