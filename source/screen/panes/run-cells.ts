// What stands in the cells of the runs' table: words, bars and the track of the lifecycle.
import type {LifecycleType, Phase} from '../../model/lifecycle.ts';
import type {StageName} from '../../model/pipeline.ts';
import {stfRate, type Run} from '../../model/run.ts';
import {countOf} from '../../model/stage-count.ts';
import {deadShare} from '../../model/timeline.ts';
import {
  countedUntil,
  missingStfCount,
  progressOf,
  remarksOn,
  stateTone,
  stateWords,
  stfCounts,
  timeInState,
  type RowSurroundings,
} from '../../report/run-row.ts';
import {formatBrief} from '../../time.ts';
import {carries, type StreamFilter} from '../../wire/filter.ts';
import {fit, type Segment} from '../row.ts';
import type {GlyphName, Style, StyleName, Theme} from '../theme.ts';

export interface RowInput extends RowSurroundings {
  readonly theme: Theme;
  /** What the server is asked for: what it hides is not known. */
  readonly filter: StreamFilter;
  readonly width: number;
}

const phaseStyles: Readonly<Record<Phase, StyleName>> = {
  unknown: 'dim',
  imminent: 'active',
  running: 'good',
  paused: 'warn',
  ended: 'dim',
};

/** The track's steps, each with its glyph when heard of, and when it only must have been. */
const trackSteps = [
  ['imminent', 'run_imminent', 'imminent', 'imminentInferred'],
  ['running', 'start_run', 'running', 'runningInferred'],
  ['paused', 'pause_run', 'standby', 'standbyInferred'],
  ['ended', 'end_run', 'ended', 'ended'],
] as const satisfies readonly (readonly [Phase, LifecycleType, GlyphName, GlyphName])[];

/** `◆─▶─‖─■`: the present step lit, inferred ones hollow, a dot for what has not been. */
export function track({phase, known}: Run, {glyphs, styles}: Theme): readonly Segment[] {
  return trackSteps.flatMap(([step, type, seen, inferred], index) => {
    const name = {seen, inferred, no: 'notYet'}[known[type] ?? 'no'] as GlyphName;
    const style = phase === step ? styles[phaseStyles[phase]] : styles.dim;
    const glyph: Segment = [glyphs[name], style];
    return index === 0 ? [glyph] : [[glyphs.rule, styles.dim] as const, glyph];
  });
}

/** `share` (0 to 1) of `cells` columns. */
function bar(
  share: number,
  cells: number,
  {glyphs, styles}: Theme,
  style: Style,
): readonly Segment[] {
  const full = Math.floor(Math.min(1, share) * cells);
  return [
    [glyphs.barFull.repeat(full), style],
    [glyphs.barEmpty.repeat(cells - full), styles.dim],
  ];
}

/** Columns of a stage's bar: bars of one length can be compared, a shorter one would mislead. */
const stageCells = 3;

/**
 * How much of what one stage has brought another has taken on: its count and, where there is room,
 * how many were not received there, and a bar before them. A stage that was not received whole has no
 * more than its count.
 */
export function stageBar(
  run: Run,
  from: StageName,
  to: StageName,
  {theme, cover, width}: RowInput,
): readonly Segment[] {
  const {count, isAtLeast, waiting} = countOf(run, to, from, cover);
  if (count === 0) return [[fit('-', width), theme.styles.dim]];
  if (isAtLeast || waiting === undefined) return [[fit(`${count}${isAtLeast ? '+' : ''}`, width)]];
  const whole = waiting > 0 ? `${count} -${waiting}` : String(count);
  const words = whole.length <= width ? whole : String(count);
  if (stageCells + 1 + words.length > width) return [[fit(words, width)]];
  return [
    ...bar(count / (count + waiting), stageCells, theme, theme.styles.good),
    [fit(` ${words}`, width - stageCells)],
  ];
}

export function deadWords(input: RowInput): string {
  const share = deadShare(input.standing.run, countedUntil(input));
  return share === undefined ? '-' : `${Math.round(share * 100)}%`;
}

/** The first of these that has room, or the last. */
const roomiest = (choices: readonly string[], width: number): string =>
  choices.find(({length}) => length <= width) ?? choices.at(-1) ?? '';

export const stfCount = (run: Run, input: RowInput): string =>
  roomiest(stfCounts(run, input), input.width);

/** How long it has been in its state, in five columns. */
export function stateTime(input: RowInput): string {
  const time = timeInState(input);
  return time === undefined ? '-' : formatBrief(time);
}

/** Missing STFs in four columns; a dash where no numbered STF came. */
export function missingWords(run: Run): string {
  const missing = missingStfCount(run);
  if (missing === undefined) return '-';
  return missing > 9999 ? '>9k' : String(missing);
}

/** A bar with its percentage, then the time to go; or why there is none. */
export function progress(run: Run, input: RowInput): readonly Segment[] {
  const {theme, width, standing} = input;
  const {styles} = theme;
  const told = progressOf(run, input);
  if (told.kind === 'unknown') return [[fit(told.why, width), styles.dim]];
  const {share, isAtLeast, toGo} = told;
  const eta = toGo === undefined ? '' : `-${formatBrief(toGo)}`;
  const cells = width - longestProgress;
  const isShort = standing.run.phase === 'ended' && share < 1;
  return [
    ...bar(share, cells, theme, isShort ? styles.warn : styles.good),
    [fit(` ${Math.floor(share * 100)}%${isAtLeast ? '+' : ''} ${eta}`, width - cells)],
  ];
}

/** ` 50% -59:59` */
const longestProgress = 11;

/** STFs a second, in five columns at most. */
export function rateWords({runId}: Run, {standing, filter, now}: RowInput): string {
  const {run, isCertain} = standing;
  const isTold = isCertain && run.phase === 'running' && carries(filter, 'stf_gen', runId);
  const rate = isTold ? stfRate(run, now) : undefined;
  if (rate === undefined) return '-';
  return rate < 100 ? rate.toFixed(2) : String(Math.min(99_999, Math.round(rate)));
}

export function stateCell(run: Run, {theme, standing, width}: RowInput): Segment {
  return [roomiest(stateWords(run, standing), width), theme.styles[stateTone(standing)]];
}

export function remark(run: Run, {theme, standing}: RowInput): readonly Segment[] {
  return remarksOn(run, standing).map(({text, tone}, index, {length}): Segment => [
    index < length - 1 ? `${text} ` : text,
    theme.styles[tone],
  ]);
}
