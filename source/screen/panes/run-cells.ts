// What stands in the cells of the runs' table: words, bars and the track of the lifecycle.
import type {LifecycleType, Phase} from '../../model/lifecycle.ts';
import {backlog, stageCount, type StageName} from '../../model/pipeline.ts';
import {
  firstExpected,
  generatedCount,
  missingCount,
  stfRate,
  totalDifference,
  type Run,
} from '../../model/run.ts';
import {deadShare} from '../../model/timeline.ts';
import type {InsteadState} from '../../model/told-state.ts';
import {formatDuration} from '../../time.ts';
import {fit, type Segment} from '../row.ts';
import type {GlyphName, StyleName, Theme} from '../theme.ts';

export interface RowInput {
  readonly theme: Theme;
  /** The server's clock, full seconds, ms. */
  readonly now: number;
  /** STFs that are to come in all; undefined when endless or not known. */
  readonly expected: number | undefined;
  readonly isEndless: boolean;
  /** The stream is up: what is not heard of did not happen. */
  readonly isLive: boolean;
  /** What REST says, where the stream does not show the lifecycle. */
  readonly told: InsteadState | undefined;
  readonly width: number;
}

/** Of a stage's bar with its count. */
export const stageWidth = 9;

export const phaseStyles: Readonly<Record<Phase, StyleName>> = {
  unknown: 'dim',
  imminent: 'active',
  running: 'good',
  paused: 'warn',
  ended: 'dim',
};

export const phaseWord = (phase: Phase) => (phase === 'unknown' ? 'seen' : phase);

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

/** How much of what one stage has brought another has taken on: a bar, its count, what waits. */
export function stageBar(
  run: Run,
  from: StageName,
  to: StageName,
  {glyphs, styles}: Theme,
): readonly Segment[] {
  const count = stageCount(run.pipeline[to]);
  if (count === 0) return [[fit('-', stageWidth), styles.dim]];
  const waiting = backlog(run.pipeline, from, to);
  const cells = 3;
  const full = Math.floor((count / (count + waiting)) * cells);
  return [
    [glyphs.barFull.repeat(full), styles.good],
    [glyphs.barEmpty.repeat(cells - full), styles.dim],
    [fit(waiting > 0 ? ` ${count} -${waiting}` : ` ${count}`, stageWidth - cells)],
  ];
}

export function deadWords(run: Run, now: number): string {
  const share = deadShare(run, now);
  return share === undefined ? '-' : `${Math.round(share * 100)}%`;
}

export function stfCount(run: Run, expected: number | undefined): string {
  const count = generatedCount(run);
  return expected === undefined ? String(count) : `${count}/${expected}`;
}

/** A bar with its percentage, then the time to go; or why there is none. */
export function progress(run: Run, input: RowInput): readonly Segment[] {
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
  const made = Math.max(generatedCount(run), run.pipeline.generated.numbers.last ?? 0);
  const left = expected - made;
  if (run.phase !== 'running' || rate === undefined || left <= 0) return '';
  const since = Math.max(0, now - (run.generatedAt.at(-1) ?? now));
  const toGo = (left * 1000) / rate - since;
  // Overdue: nothing to promise.
  return toGo > 0 ? `-${formatDuration(toGo)}` : '';
}

export function rateWords(run: Run): string {
  const rate = run.phase === 'running' ? stfRate(run) : undefined;
  return rate === undefined ? '-' : `${rate.toFixed(2)}/s`;
}

/** What is odd about the run, worst first; else its last word. */
export function remark(run: Run, {theme, told}: RowInput): readonly Segment[] {
  const {styles} = theme;
  const {repeated, outOfOrder, afterEnd} = run.oddities;
  const missing = missingCount(run);
  const difference = totalDifference(run);
  const first = firstExpected(run);
  const joined = first > 1 ? `from STF ${first} ` : 'joined late ';
  const parts: readonly (false | Segment)[] = [
    missing > 0 && [`${missing} STF missing `, styles.bad],
    difference !== 0 && [`end_run says ${run.total} STFs `, styles.bad],
    run.disagreement !== undefined && [`${run.disagreement} `, styles.warn],
    run.repeated > 0 && [`${run.repeated} doubled `, styles.warn],
    repeated > 0 && [`${repeated} steps repeated `, styles.warn],
    outOfOrder > 0 && [`${outOfOrder} out of order `, styles.warn],
    (afterEnd > 0 || run.hasDataAfterEnd) && ['messages after the end ', styles.warn],
    run.isJoinedLate && [joined, styles.dim],
    told !== undefined && ['told by REST ', styles.dim],
  ];
  const shown = parts.filter(part => part !== false);
  return shown.length > 0 ? shown : [[run.lastType, styles.dim]];
}
