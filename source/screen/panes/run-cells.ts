// What stands in the cells of the runs' table: words, bars and the track of the lifecycle.
import type {LifecycleType, Phase} from '../../model/lifecycle.ts';
import type {Asked} from '../../model/filter-times.ts';
import {backlog, stageCount, type StageName} from '../../model/pipeline.ts';
import {
  firstExpected,
  generatedCount,
  missingCount,
  stfInterval,
  stfRate,
  totalDifference,
  unaskedStfs,
  type Run,
} from '../../model/run.ts';
import {sizeOf} from '../../model/sequence-set.ts';
import {deadShare} from '../../model/timeline.ts';
import type {InsteadState} from '../../model/told-state.ts';
import {lacksStage, lacksStfs} from '../../model/unasked.ts';
import {formatBrief} from '../../time.ts';
import {carries, type StreamFilter} from '../../wire/filter.ts';
import {fit, type Segment} from '../row.ts';
import type {GlyphName, Style, StyleName, Theme} from '../theme.ts';

export interface RowInput {
  readonly theme: Theme;
  /** The server's clock, full seconds, ms. */
  readonly now: number;
  /** STFs that are to come in all; undefined when endless or not known. */
  readonly expected: number | undefined;
  readonly isEndless: boolean;
  /** The stream is up: what is not heard of did not happen. */
  readonly isLive: boolean;
  /** The run as it stands by REST's word where that goes first. */
  readonly stands: Run;
  /** What REST says, where the stream does not show the lifecycle. */
  readonly told: InsteadState | undefined;
  /** What the server is asked for: what it hides is not known. */
  readonly filter: StreamFilter;
  /** When it was asked for less. */
  readonly asked: Asked;
  readonly width: number;
}

const phaseStyles: Readonly<Record<Phase, StyleName>> = {
  unknown: 'dim',
  imminent: 'active',
  running: 'good',
  paused: 'warn',
  ended: 'dim',
};

const phaseWord = (phase: Phase) => (phase === 'unknown' ? 'seen' : phase);

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
 * how many are not heard of there, and a bar before them. A stage that a filter hides, or hid, has no
 * more than its count.
 */
export function stageBar(
  run: Run,
  from: StageName,
  to: StageName,
  {theme, asked, width}: RowInput,
): readonly Segment[] {
  const count = stageCount(run.pipeline[to]);
  if (count === 0) return [[fit('-', width), theme.styles.dim]];
  if ([from, to].some(stage => lacksStage(run, stage, asked))) return [[fit(`${count}+`, width)]];
  const waiting = backlog(run.pipeline, from, to);
  const whole = waiting > 0 ? `${count} -${waiting}` : String(count);
  const words = whole.length <= width ? whole : String(count);
  if (stageCells + 1 + words.length > width) return [[fit(words, width)]];
  return [
    ...bar(count / (count + waiting), stageCells, theme, theme.styles.good),
    [fit(` ${words}`, width - stageCells)],
  ];
}

export function deadWords(run: Run, now: number): string {
  const share = deadShare(run, now);
  return share === undefined ? '-' : `${Math.round(share * 100)}%`;
}

/** STFs that came, of those expected where there is room; `+` where a filter keeps, or kept, others away. */
export function stfCount(run: Run, {expected, asked, width}: RowInput): string {
  const count = generatedCount(run);
  if (lacksStfs(run, asked)) return count === 0 ? '-' : `${count}+`;
  if (count === 0 && run.phase === 'unknown') return '-';
  const both = `${count}/${expected}`;
  return expected === undefined || both.length > width ? String(count) : both;
}

/** Missing sequence numbers in four columns; a dash where no numbered STF came. */
export function missingWords(run: Run): string {
  if (run.pipeline.generated.numbers.count === 0) return '-';
  const missing = missingCount(run);
  return missing > 9999 ? '>9k' : String(missing);
}

/** A bar with its percentage, then the time to go; or why there is none. */
export function progress(run: Run, input: RowInput): readonly Segment[] {
  const {expected, isEndless, isLive, theme, now, width, filter} = input;
  const {styles} = theme;
  const hides = !carries(filter, 'stf_gen', run.runId);
  const isUnseen = run.isJoinedLate && generatedCount(run) === 0;
  const isKnown = expected !== undefined && expected > 0 && !isUnseen;
  if (hides || !isKnown) {
    const why = hides ? 'not asked for' : isEndless ? 'open end' : 'not known';
    return [[fit(why, width), styles.dim]];
  }
  const share = Math.min(1, madeCount(run) / expected);
  const eta = isLive ? etaWords(run, expected, now) : '';
  const cells = width - longestProgress;
  return [
    ...bar(share, cells, theme, run.phase === 'ended' && share < 1 ? styles.warn : styles.good),
    [fit(` ${Math.floor(share * 100)}% ${eta}`, width - cells)],
  ];
}

/** STFs that the run made as far as can be told: those that were not heard of were made all the same. */
const madeCount = (run: Run) =>
  firstExpected(run) - 1 + generatedCount(run) + sizeOf(unaskedStfs(run));

/** ` 50% -59:59` */
const longestProgress = 11;

/** Time to go at the recent rate; empty when ended, paused or not to be told. */
function etaWords(run: Run, expected: number, now: number): string {
  const interval = stfInterval(run);
  // Those before a late joining, and lost ones, are made all the same.
  const made = Math.max(generatedCount(run), run.pipeline.generated.numbers.last ?? 0);
  const left = expected - made;
  if (run.phase !== 'running' || interval === undefined || left <= 0) return '';
  const since = Math.max(0, now - (run.generatedAt.at(-1) ?? now));
  const toGo = left * interval - since;
  // Overdue: nothing to promise.
  return toGo >= 1000 ? `-${formatBrief(toGo)}` : '';
}

/** STFs a second, in five columns at most. */
export function rateWords(run: Run, {isLive, filter, now}: RowInput): string {
  const isTold = isLive && run.phase === 'running' && carries(filter, 'stf_gen', run.runId);
  const rate = isTold ? stfRate(run, now) : undefined;
  if (rate === undefined) return '-';
  return rate < 100 ? rate.toFixed(2) : String(Math.min(99_999, Math.round(rate)));
}

/** The state that the stamps tell, where they go with the phase and fit; else the phase. */
export function stateCell(run: Run, {theme, told, width}: RowInput): Segment {
  const {phase, state, substate, disagreement} = run;
  if (told) return [`(${told.state})`, theme.styles.dim];
  const style = theme.styles[phaseStyles[phase]];
  const stamps = `${state}/${substate}`;
  const tells = state !== undefined && substate !== undefined && disagreement === undefined;
  return [tells && stamps.length <= width ? stamps : phaseWord(phase), style];
}

/** What is odd about the run, worst first; else its last word. */
export function remark(run: Run, {theme, told}: RowInput): readonly Segment[] {
  const {styles} = theme;
  const {repeated, outOfOrder, afterEnd} = run.oddities;
  const missing = missingCount(run);
  const difference = totalDifference(run);
  const first = firstExpected(run);
  const joined = first > 1 ? `from STF ${first} ` : 'joined late ';
  const unasked = sizeOf(unaskedStfs(run));
  const parts: readonly (false | Segment)[] = [
    missing > 0 && [`${missing} STF missing `, styles.bad],
    difference !== 0 && [`end_run says ${run.total} STFs `, styles.bad],
    run.disagreement !== undefined && [`${run.disagreement} `, styles.warn],
    run.repeated > 0 && [`${run.repeated} doubled `, styles.warn],
    repeated > 0 && [`${repeated} steps repeated `, styles.warn],
    outOfOrder > 0 && [`${outOfOrder} out of order `, styles.warn],
    (afterEnd > 0 || run.hasDataAfterEnd) && ['messages after the end ', styles.warn],
    run.isJoinedLate && [joined, styles.dim],
    unasked > 0 && [`${unasked} STF not asked for `, styles.dim],
    told !== undefined && ['told by REST ', styles.dim],
  ];
  const shown = parts.filter(part => part !== false);
  return shown.length > 0 ? shown : [[run.lastType, styles.dim]];
}
