// The columns of the runs' table: what each tells of a run, and which give way first.
import {
  firstExpected,
  generatedCount,
  missingCount,
  readyCount,
  stfRate,
  type Run,
} from '../../model/run.ts';
import {physicsTime} from '../../model/timeline.ts';
import type {Phase} from '../../model/lifecycle.ts';
import {formatDuration} from '../../time.ts';
import {fit, type Segment} from '../row.ts';
import type {GlyphName, StyleName, Theme} from '../theme.ts';

/** One column of the table. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
  /** Columns give way in this order, highest first, where the terminal is narrow. */
  readonly rank: number;
  readonly cell: (run: Run, input: RowInput) => Segment | readonly Segment[];
}

export interface RowInput {
  readonly theme: Theme;
  /** The server's clock, full seconds, ms. */
  readonly now: number;
  /** STFs that are to come in all; undefined when endless or not known. */
  readonly expected: number | undefined;
  readonly isEndless: boolean;
  /** The stream is up: what is not heard of did not happen. */
  readonly isLive: boolean;
  readonly width: number;
}

export const columns: readonly Column[] = [
  {
    title: 'RUN',
    width: 8,
    rank: 0,
    cell: ({runId}, {theme}) => [runId, theme.styles.strong],
  },
  {title: 'NAMESPACE', width: 12, rank: 3, cell: run => [run.namespace ?? '-']},
  {title: 'TRACK', width: 7, rank: 2, cell: (run, {theme}) => track(run, theme)},
  {
    title: 'PHASE',
    width: 8,
    rank: 0,
    cell: (run, {theme}) => [phaseWord(run), theme.styles[phaseStyles[run.phase]]],
  },
  {
    title: 'FOR',
    width: 7,
    align: 'right',
    rank: 1,
    cell: (run, {now}) => [formatDuration(now - run.phaseSince)],
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
    width: 6,
    align: 'right',
    rank: 5,
    cell: run => [String(readyCount(run))],
  },
  {
    title: 'TF',
    width: 6,
    align: 'right',
    rank: 6,
    cell: run => [String(run.timeFrames)],
  },
  {
    title: 'PROC',
    width: 6,
    align: 'right',
    rank: 7,
    cell: run => [String(run.processed)],
  },
  {
    title: 'STATE',
    width: 14,
    rank: 8,
    cell: run => [run.state === undefined ? '-' : `${run.state}/${run.substate ?? '-'}`],
  },
  {
    title: 'PHYSICS',
    width: 8,
    align: 'right',
    rank: 9,
    cell: (run, {now}) => [formatDuration(physicsTime(run, now))],
  },
  {title: 'PERIODS', width: 7, align: 'right', rank: 11, cell: run => [String(run.periods)]},
  {
    title: 'RATE',
    width: 7,
    align: 'right',
    rank: 10,
    cell: run => [rateWords(run)],
  },
  {title: 'REMARK', width: 30, rank: 12, cell: (run, input) => remark(run, input)},
];

/** What a narrow terminal has no columns for is still told in the remark at the row's end. */
export const remarkTitle = 'REMARK';

const phaseStyles: Readonly<Record<Phase, StyleName>> = {
  unknown: 'dim',
  imminent: 'active',
  running: 'good',
  paused: 'warn',
  ended: 'dim',
};

const phaseWord = (run: Run) => (run.phase === 'unknown' ? 'seen' : run.phase);

const trackSteps = [
  ['imminent', 'imminent'],
  ['running', 'running'],
  ['paused', 'standby'],
  ['ended', 'ended'],
] as const satisfies readonly (readonly [Phase, GlyphName])[];

/** `◆─▶─‖─■`: the present step lit, inferred running hollow, what was not seen a dot. */
function track(run: Run, theme: Theme): readonly Segment[] {
  const {glyphs, styles} = theme;
  const seen: Readonly<Record<string, boolean>> = {
    imminent: !run.isJoinedLate,
    running: run.periods > 0,
    paused: run.phase === 'paused' || run.periods > 1,
    ended: run.phase === 'ended',
  };
  return trackSteps.flatMap(([phase, name], index) => {
    const isPresent = run.phase === phase;
    const full = name === 'running' && run.isInferred ? 'runningInferred' : name;
    const style = isPresent ? styles[phaseStyles[phase]] : styles.dim;
    const glyph: Segment = [glyphs[seen[phase] === true ? full : 'notYet'], style];
    return index === 0 ? [glyph] : [[glyphs.rule, styles.dim] as const, glyph];
  });
}

function stfCount(run: Run, expected: number | undefined): string {
  const count = generatedCount(run);
  return expected === undefined ? String(count) : `${count}/${expected}`;
}

/** A bar with its percentage, then the time to go; or why there is none. */
function progress(run: Run, input: RowInput): readonly Segment[] {
  const {expected, isEndless, isLive, theme, now, width} = input;
  const {glyphs, styles} = theme;
  if (expected === undefined || expected === 0) {
    return [[fit(isEndless ? 'open end' : 'not known', width), styles.dim]];
  }
  const share = Math.min(1, generatedCount(run) / expected);
  const cells = 5;
  const full = Math.floor(share * cells);
  const eta = isLive ? etaWords(run, expected, now) : '';
  return [
    [glyphs.barFull.repeat(full), styles[run.phase === 'ended' && share < 1 ? 'warn' : 'good']],
    [glyphs.barEmpty.repeat(cells - full), styles.dim],
    [fit(` ${Math.floor(share * 100)}% ${eta}`, width - cells)],
  ];
}

/** Time to go at the recent rate; empty when ended, paused or not to be told. */
function etaWords(run: Run, expected: number, now: number): string {
  const rate = stfRate(run);
  // Those before a late joining, and lost ones, are made all the same.
  const made = Math.max(generatedCount(run), run.generated.last ?? 0);
  const left = expected - made;
  if (run.phase !== 'running' || rate === undefined || left <= 0) return '';
  const since = Math.max(0, now - (run.generatedAt.at(-1) ?? now));
  const toGo = (left * 1000) / rate - since;
  // Overdue: nothing to promise.
  return toGo > 0 ? `-${formatDuration(toGo)}` : '';
}

function rateWords(run: Run): string {
  const rate = run.phase === 'running' ? stfRate(run) : undefined;
  return rate === undefined ? '-' : `${rate.toFixed(2)}/s`;
}

function remark(run: Run, {theme}: RowInput): readonly Segment[] {
  const {styles} = theme;
  const missing = missingCount(run);
  const parts: Segment[] = [];
  if (missing > 0) parts.push([`${missing} STF missing `, styles.bad]);
  if (run.repeated > 0) parts.push([`${run.repeated} repeated `, styles.warn]);
  if (run.total !== undefined && run.total !== generatedCount(run)) {
    parts.push([`end_run says ${run.total} `, styles.warn]);
  }
  if (run.isJoinedLate) {
    const first = firstExpected(run);
    parts.push([first > 1 ? `joined late, from STF ${first} ` : 'joined late ', styles.dim]);
  }
  if (parts.length === 0) parts.push([run.lastType, styles.dim]);
  return parts;
}
