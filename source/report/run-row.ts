// What the row of a run says, as words and numbers with a tone: its state, its count of STFs, how far it has come,
// and what is worth a remark. Pure; whoever shows it chooses place, colour and glyph.
import type {RunStanding} from '../model/run-standing.ts';
import {
  firstExpected,
  generatedCount,
  missingNow,
  stfInterval,
  totalDifference,
  unaskedStfs,
  type Run,
} from '../model/run.ts';
import {sizeOf} from '../model/sequence-set.ts';
import {lacksStfs, type Cover} from '../model/stage-count.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'dim' | 'active';

export interface Remark {
  readonly text: string;
  readonly tone: Tone;
}

/** What a row has to know of besides the run. */
export interface RowSurroundings {
  readonly standing: RunStanding;
  /** Server clock, full seconds, ms. */
  readonly now: number;
  /** STFs that are to come in all; undefined when endless or not known. */
  readonly expected: number | undefined;
  readonly isEndless: boolean;
  readonly cover: Cover;
}

const phaseTones: Readonly<Record<Run['phase'], Tone>> = {
  unknown: 'dim',
  imminent: 'active',
  running: 'good',
  paused: 'warn',
  ended: 'dim',
};

/** Shorter words for a state, where there is no room for its own. */
const shortWords: Readonly<Record<string, string>> = {
  'taking data': 'running',
  'stopped (terminated)': 'stopped',
  'completed without end_run': 'completed',
};

/**
 * The words for a run's state, the longest first: the last is short. What may have gone on unseen has a `?`; what
 * the stream shows is told by its stamps where they go with the phase, as the machine's own words.
 */
export function stateWords(run: Run, {words, isByRest, isCertain}: RunStanding): readonly string[] {
  const doubt = isCertain ? '' : '?';
  const short = shortWords[words] ?? words;
  if (isByRest || !isCertain) return [`${words}${doubt}`, `${short}${doubt}`];
  const {phase, state, substate, disagreement} = run;
  const word = phase === 'unknown' ? 'seen' : phase;
  const tells = state !== undefined && substate !== undefined && disagreement === undefined;
  return tells ? [`${state}/${substate}`, word] : [word];
}

export const stateTone = ({run, isByRest, isCertain}: RunStanding): Tone =>
  isByRest || !isCertain ? 'dim' : phaseTones[run.phase];

/** How long the run has been in its state, ms; undefined where nobody knows when that began. */
export function timeInState({standing, now}: RowSurroundings): number | undefined {
  const {run, isCertain, until} = standing;
  const {phase, phaseSince, endedAt} = run;
  if (phase === 'ended') return endedAt === undefined ? undefined : now - endedAt;
  return (isCertain ? now : Math.min(now, until)) - phaseSince;
}

/** Up to when the run's times count: server clock, ms. */
export const countedUntil = ({standing, now}: RowSurroundings): number =>
  standing.isCertain ? now : Math.min(now, standing.until);

/** STFs that came, of those expected; `+` where there may be more. The longest first. */
export function stfCounts(run: Run, {expected, cover}: RowSurroundings): readonly string[] {
  const count = generatedCount(run);
  const isComplete = expected !== undefined && count > 0 && count >= expected;
  if (!isComplete && lacksStfs(run, cover)) return count === 0 ? ['-'] : [`${count}+`];
  if (count === 0 && run.phase === 'unknown') return ['-'];
  return expected === undefined ? [String(count)] : [`${count}/${expected}`, String(count)];
}

/** STFs that are missing; undefined where none can be told to be, as no numbered one came. */
export function missingStfCount(run: Run): number | undefined {
  const {count} = missingNow(run);
  return count === 0 && run.pipeline.generated.numbers.count === 0 ? undefined : count;
}

export type Progress =
  | {readonly kind: 'unknown'; readonly why: string}
  | {
      readonly kind: 'share';
      /** 0 to 1. */
      readonly share: number;
      /** More may have come. */
      readonly isAtLeast: boolean;
      /** ms; undefined: nobody can tell. */
      readonly toGo: number | undefined;
    };

export function progressOf(run: Run, around: RowSurroundings): Progress {
  const {standing, expected, isEndless, cover} = around;
  const made = madeCount(run);
  const lacks = made < (expected ?? Infinity) && lacksCount(run, cover);
  const isUnseen = generatedCount(run) === 0;
  if (isUnseen && lacks) return {kind: 'unknown', why: 'filtered out'};
  if (expected === undefined || expected === 0) {
    return {kind: 'unknown', why: isEndless ? 'open end' : 'not known'};
  }
  if (isUnseen && run.isJoinedLate) return {kind: 'unknown', why: 'not known'};
  const isFlowing = standing.isCertain && standing.run.phase === 'running' && !lacks;
  const toGo = isFlowing ? timeToGo(run, expected, around.now) : undefined;
  return {kind: 'share', share: Math.min(1, made / expected), isAtLeast: lacks, toGo};
}

/** A late joiner knows by the numbers how many were made before; a filter hides those that come. */
const lacksCount = (run: Run, cover: Cover) =>
  lacksStfs(run, cover) && !(firstExpected(run) > 1 && cover.filterTimes.length === 0);

/** STFs that the run made as far as can be told: those that were not received were made all the same. */
const madeCount = (run: Run) =>
  firstExpected(run) - 1 + generatedCount(run) + sizeOf(unaskedStfs(run));

/** Without an STF for so many intervals, and a while, a run has no rate to go on from; ms. */
const stallIntervals = 4;
const stallTime = 5000;

/**
 * Time to go at the recent rate, ms; undefined where there is none: nothing is left, none has come for a while, or
 * it is overdue.
 */
export function timeToGo(run: Run, expected: number, now: number): number | undefined {
  const interval = stfInterval(run);
  // Those before a late joining, and lost ones, are made all the same.
  const made = Math.max(generatedCount(run), run.pipeline.generated.numbers.last ?? 0);
  const left = expected - made;
  if (interval === undefined || left <= 0) return undefined;
  const silent = Math.max(0, now - (run.generatedAt.at(-1) ?? now));
  const toGo = left * interval - silent;
  const isStalled = silent > stallIntervals * interval + stallTime;
  return isStalled || toGo < 1000 ? undefined : toGo;
}

/** What is odd about the run, worst first; else its last message. */
export function remarksOn(run: Run, {words, isByRest, isCertain}: RunStanding): readonly Remark[] {
  const {repeated, outOfOrder, afterEnd} = run.oddities;
  const missing = missingNow(run).count;
  const difference = totalDifference(run);
  const first = firstExpected(run);
  const unasked = sizeOf(unaskedStfs(run));
  const parts: readonly (false | readonly [text: string, tone: Tone])[] = [
    missing > 0 && [`${missing} STF missing`, 'bad'],
    difference !== 0 && [`end_run says ${run.total} STFs`, 'bad'],
    isByRest && [`${words} by REST`, 'dim'],
    run.disagreement !== undefined && [run.disagreement, 'warn'],
    run.repeated > 0 && [`${run.repeated} doubled`, 'warn'],
    repeated > 0 && [`${repeated} steps repeated`, 'warn'],
    outOfOrder > 0 && [`${outOfOrder} out of order`, 'warn'],
    (afterEnd > 0 || run.hasDataAfterEnd) && ['messages after the end', 'warn'],
    run.nth > 1 && [`run ${run.nth} of this number${ofExecution(run)}`, 'dim'],
    run.isJoinedLate && [first > 1 ? `from STF ${first}` : 'joined late', 'dim'],
    unasked > 0 && [`${unasked} STF filtered out`, 'dim'],
    !isCertain && ['may have gone on unseen', 'dim'],
  ];
  const shown = parts.flatMap(part => (part ? [{text: part[0], tone: part[1]}] : []));
  return shown.length > 0 ? shown : [{text: run.lastType, tone: 'dim'}];
}

const ofExecution = ({executionId}: Run) => (executionId === undefined ? '' : `, ${executionId}`);
