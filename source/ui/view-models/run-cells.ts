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
import {cutMiddle, type CutPlace, type Line, type Span, type Tone} from '../text.ts';
import type {GlyphName} from '../theme.ts';

/** What stands in one cell; the component pads it to its column. */
export type Cell =
  | {readonly kind: 'words'; readonly line: Line}
  | {
      readonly kind: 'bar';
      /** 0 to 1 of `columns`. */
      readonly share: number;
      readonly columns: number;
      readonly tone: Tone;
      /** Behind the bar. */
      readonly words: string;
    }
  | {readonly kind: 'track'; readonly steps: readonly TrackStep[]};

export interface TrackStep {
  readonly glyph: GlyphName;
  readonly tone: Tone;
}

export const words = (text: string, tone: Tone = 'plain'): Cell => ({
  kind: 'words',
  line: [[text, tone]],
});

/** A name, cut so that it differs from others of its column. */
export const nameCell = (name: string, {width, cutPlace}: RowInput, tone: Tone = 'plain'): Cell =>
  words(cutPlace === 'middle' ? cutMiddle(name, width) : name, tone);

export interface RowInput extends RowSurroundings {
  /** What the server is asked for: what it hides is not known. */
  readonly filter: StreamFilter;
  readonly width: number;
  /** Where names that are too long for their column are cut. */
  readonly cutPlace: CutPlace;
}

const phaseTones: Readonly<Record<Phase, Tone>> = {
  unknown: 'dim',
  imminent: 'active',
  running: 'good',
  paused: 'warn',
  ended: 'dim',
};

/** The track's steps, each with its glyph when received, and when it only must have been. */
const trackSteps = [
  ['imminent', 'run_imminent', 'imminent', 'imminentInferred'],
  ['running', 'start_run', 'running', 'runningInferred'],
  ['paused', 'pause_run', 'standby', 'standbyInferred'],
  ['ended', 'end_run', 'ended', 'ended'],
] as const satisfies readonly (readonly [Phase, LifecycleType, GlyphName, GlyphName])[];

/** `◆─▶─‖─■`: the present step lit, inferred ones hollow, a dot for what has not been. */
export function track({phase, known}: Run): Cell {
  const steps = trackSteps.map(([step, type, seen, inferred]) => ({
    glyph: ({seen, inferred, no: 'notYet'} as const)[known[type] ?? 'no'],
    tone: phase === step ? phaseTones[phase] : 'dim',
  }));
  return {kind: 'track', steps};
}

/** Columns of a stage's bar: bars of one length can be compared, a shorter one would mislead. */
const stageColumns = 3;

/**
 * How much of what one stage has brought another has taken on: its count and, where there is room,
 * how many were not received there, and a bar before them. A stage that was not received whole has no
 * more than its count.
 */
export function stageCell(
  run: Run,
  from: StageName,
  to: StageName,
  {cover, width}: RowInput,
): Cell {
  const {count, isAtLeast, waiting} = countOf(run, to, from, cover);
  if (count === 0) return words('-', 'dim');
  if (isAtLeast || waiting === undefined) return words(`${count}${isAtLeast ? '+' : ''}`);
  const whole = waiting > 0 ? `${count} -${waiting}` : String(count);
  const text = whole.length <= width ? whole : String(count);
  if (stageColumns + 1 + text.length > width) return words(text);
  const share = count / (count + waiting);
  return {kind: 'bar', share, columns: stageColumns, tone: 'good', words: ` ${text}`};
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
export function progressCell(run: Run, input: RowInput): Cell {
  const progress = progressOf(run, input);
  if (progress.kind === 'unknown') return words(progress.why, 'dim');
  const {share, isAtLeast, toGo} = progress;
  const eta = toGo === undefined ? '' : `-${formatBrief(toGo)}`;
  const isShort = input.standing.run.phase === 'ended' && share < 1;
  return {
    kind: 'bar',
    share,
    columns: input.width - longestProgress,
    tone: isShort ? 'warn' : 'good',
    words: ` ${Math.floor(share * 100)}%${isAtLeast ? '+' : ''} ${eta}`,
  };
}

/** ` 50% -59:59` */
const longestProgress = 11;

/** STFs a second, in five columns at most. */
export function rateWords({runId}: Run, {standing, filter, now}: RowInput): string {
  const {run, isCertain} = standing;
  const isKnown = isCertain && run.phase === 'running' && carries(filter, 'stf_gen', runId);
  const rate = isKnown ? stfRate(run, now) : undefined;
  if (rate === undefined) return '-';
  return rate < 100 ? rate.toFixed(2) : String(Math.min(99_999, Math.round(rate)));
}

export const stateCell = (run: Run, {standing, width}: RowInput): Cell =>
  words(roomiest(stateWords(run, standing), width), stateTone(standing));

export function remarkCell(run: Run, {standing}: RowInput): Cell {
  const line = remarksOn(run, standing).map(({text, tone}, index, {length}): Span => [
    index < length - 1 ? `${text} ` : text,
    tone,
  ]);
  return {kind: 'words', line};
}
