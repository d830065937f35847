// The facts of a run, a line each; what is not known is said to be so.
import {wasHidden} from '../model/filter-times.ts';
import {lifecycleTypes} from '../model/lifecycle.ts';
import {
  firstExpected,
  generatedCount,
  missingNow,
  readyCount,
  stfRate,
  totalDifference,
  unaskedStfs,
  type Run,
} from '../model/run.ts';
import {formatRanges} from '../model/sequence-set.ts';
import {deadShare, deadTime, physicsTime, preparationTime} from '../model/timeline.ts';
import {restMeaning, restWords} from '../wire/run-state-meaning.ts';
import {standingOf} from '../model/run-standing.ts';
import {lacksStage, lacksStfs} from '../model/stage-count.ts';
import {formatLength} from '../time.ts';
import type {RunSurroundings} from './run-surroundings.ts';
import {gapsOf} from './run-timeline.ts';

/** `isWrong`: somebody should look at it. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly isWrong: boolean;
}

type Tell = (run: Run, around: RunSurroundings) => string | Wrong | undefined;

interface Wrong {
  readonly wrong: string;
}

const wrongIf = (isWrong: boolean, text: string): string | Wrong =>
  isWrong ? {wrong: text} : text;

/** Each with its label; undefined: nothing to say. */
const tellers: readonly (readonly [label: string, tell: Tell])[] = [
  ['execution', executionWords],
  ['started by', (_run, {execution}) => execution?.executedBy],
  ['phase', phaseWords],
  ['REST says', restStateWords],
  ['state', stateWords],
  ['lifecycle', oddityWords],
  ['first seen', firstSeenWords],
  ['last message', (run, {clock}) => `${clock(run.lastAt)}, ${run.lastType}`],
  ['preparation', preparationWords],
  ['data taking', physicsWords],
  ['dead time', deadWords],
  ['STFs', stfWords],
  ['missing', missingWords],
  ['doubled', doubledWords],
  ['end_run says', totalWords],
  ['STF rate', rateWords],
  ['STF files', filesWords],
  ['slices', sliceWords],
  ['messages', ({messages}) => String(messages)],
  ['gaps', gapWords],
];

const stfs = (count: number) => `${count} ${count === 1 ? 'STF' : 'STFs'}`;

export function runFacts(run: Run, around: RunSurroundings): readonly Fact[] {
  return tellers.flatMap(([label, tell]): readonly Fact[] => {
    const told = tell(run, around);
    if (told === undefined) return [];
    const isWrong = typeof told !== 'string';
    return [{label, value: isWrong ? told.wrong : told, isWrong}];
  });
}

function executionWords({executionId}: Run, {execution}: RunSurroundings): string {
  if (executionId === undefined) return 'not said';
  if (!execution) return `${executionId}, what it is to bring is not known`;
  const {workflow, status} = execution;
  const of = workflow === undefined ? '' : ` of ${workflow}`;
  return `${executionId}${of}${status === undefined ? '' : `, ${status} when read`}`;
}

function phaseWords(run: Run, around: RunSurroundings): string {
  const {now, clock} = around;
  const {words, isByRest, isCertain, until, run: known} = standing(run, around);
  if (isByRest) {
    const shown =
      run.phase === 'unknown'
        ? 'no message of its lifecycle came'
        : `the stream shows ${run.phase} since ${clock(run.phaseSince)}`;
    return `${words}${endTimeWords(known, around)} by REST; ${shown}`;
  }
  if (run.phase === 'unknown') return 'not known: no message of its lifecycle came';
  if (run.phase === 'ended') return `ended at ${clock(run.phaseSince)}`;
  const how = run.isInferred ? ', inferred from its STFs' : '';
  const since = clock(run.phaseSince);
  if (!isCertain) return `${run.phase} since ${since}, not received after ${clock(until)}${how}`;
  return `${run.phase} since ${since}, for ${formatLength(now - run.phaseSince)}${how}`;
}

/** When a run ended that has, or that nobody knows when. */
function endTimeWords({phase, endedAt}: Run, {clock}: RunSurroundings): string {
  if (phase !== 'ended') return '';
  return endedAt === undefined ? ' at a time that is not known,' : ` at ${clock(endedAt)}`;
}

function restStateWords(run: Run, {clock}: RunSurroundings): string | undefined {
  const {rest, phase, phaseSince} = run;
  if (!rest || (phase !== 'unknown' && (phase === 'ended' || rest.at <= phaseSince))) {
    return undefined;
  }
  const since = rest.changedAt === undefined ? '' : ` since ${clock(rest.changedAt)}`;
  const unknown = restMeaning(rest) ? '' : ', which swfmon does not know';
  return `${restWords(rest)}${unknown}${since}, read at ${clock(rest.at)}`;
}

function stateWords({state, substate, disagreement, phase}: Run): string | Wrong | undefined {
  // An end bears none.
  if (phase === 'ended' && state === undefined && disagreement === undefined) return undefined;
  if (disagreement !== undefined) return {wrong: `${disagreement}: the two do not go together`};
  return state === undefined ? 'not said' : `${state}/${substate ?? '-'}`;
}

/** What was not heard of, and what came where it does not belong. */
function oddityWords(run: Run, asked: RunSurroundings): string | Wrong | undefined {
  const {phase, known, oddities, hasDataAfterEnd, isJoinedLate} = run;
  if (phase === 'unknown') return undefined;
  const inferred = lifecycleTypes.filter(type => known[type] === 'inferred');
  const {repeated, outOfOrder, afterEnd} = oddities;
  const unheard = inferred.length > 0 ? [`not heard of: ${inferred.join(', ')}`] : [];
  const odd = [
    repeated > 0 ? `${repeated} repeated` : undefined,
    outOfOrder > 0 ? `${outOfOrder} out of order` : undefined,
    afterEnd > 0 ? `${afterEnd} after the end` : undefined,
    hasDataAfterEnd ? 'STFs after the end' : undefined,
  ].filter(part => part !== undefined);
  const words = [...unheard, ...odd].join(', ');
  // Who comes late has not heard of the beginning, and a filter hides what comes later.
  const {runId, firstAt, endedAt = Infinity} = run;
  const isLost = inferred.some(type => !wasHidden(asked, type, runId, firstAt, endedAt));
  const isWrong = odd.length > 0 || (isLost && !isJoinedLate);
  return words === '' ? 'in order' : wrongIf(isWrong, words);
}

function firstSeenWords({firstAt, isJoinedLate}: Run, {clock}: RunSurroundings): string {
  const late = isJoinedLate ? ', in its middle: what came before is not known' : '';
  return `${clock(firstAt)}${late}`;
}

function preparationWords(run: Run): string | undefined {
  const time = preparationTime(run);
  return time === undefined ? undefined : `${formatLength(time)} from imminent to start`;
}

const standing = (run: Run, {now, skew, health}: RunSurroundings) =>
  standingOf(run, {now: now - skew, health});

/** Until when times are counted, where the run ended or paused unseen, or may have gone on so. */
function untilWords(run: Run, around: RunSurroundings): string {
  const {isByRest, isCertain, until, run: known} = standing(run, around);
  const {phase, phaseSince, endedAt} = known;
  const at = (time: number) => around.clock(time);
  if (!isCertain) return `, as of ${at(until)}`;
  if (!isByRest || phase === 'running' || phase === 'unknown') return '';
  const isTimed = phase === 'ended' ? endedAt !== undefined : run.rest?.changedAt !== undefined;
  return isTimed
    ? `, until ${at(phaseSince)} by REST`
    : `, until its last message at ${at(phaseSince)}`;
}

function physicsWords(run: Run, around: RunSurroundings): string {
  const {periods, isJoinedLate} = run;
  const since = isJoinedLate ? ', since it is watched' : '';
  const words = `${periods} ${periods === 1 ? 'period' : 'periods'}`;
  const {run: known, until} = standing(run, around);
  return `${formatLength(physicsTime(known, until))} in ${words}${since}${untilWords(run, around)}`;
}

function deadWords(run: Run, around: RunSurroundings): string | undefined {
  const {run: known, until} = standing(run, around);
  const time = deadTime(known, until);
  const share = deadShare(known, until);
  if (time === undefined || share === undefined) return undefined;
  return `${formatLength(time)}, ${Math.round(share * 100)} % of the time since the start`;
}

function stfWords(run: Run, around: RunSurroundings): string {
  const {execution} = around;
  const first = firstExpected(run);
  const isLate = first > 1 && generatedCount(run) > 0;
  const lacks = lacksStfs(run, around) ? ' or more, not all were asked for' : '';
  const more = isLate ? ` from STF ${first} on` : lacks;
  const count = `${generatedCount(run)}${more}`;
  const expected = execution?.expectedStfs;
  if (expected !== undefined) return `${count}${more ? ', ' : ' '}of ${expected} expected`;
  if (execution?.physicsPeriods === 0) return `${count}, to go on without an end`;
  return `${count}, how many are to come is not known`;
}

function missingWords(run: Run): string | Wrong {
  const {ranges, count} = missingNow(run);
  if (count > 0) {
    const inAll = count === 1 ? '' : `, ${count} in all`;
    const named = `STF ${formatRanges(ranges)}${inAll}`;
    return {wrong: ranges.length === 0 ? `${count}, their numbers are not known` : named};
  }
  if (run.pipeline.generated.numbers.count === 0) return 'not known: no numbered STF came';
  const first = firstExpected(run);
  const none = first > 1 ? `none from ${first} on` : 'none';
  const unasked = unaskedStfs(run);
  return unasked.length > 0 ? `${none}; STF ${formatRanges(unasked)} not asked for` : none;
}

function doubledWords({doubled, repeated}: Run): string | Wrong {
  return wrongIf(
    repeated > 0,
    repeated === 0 ? 'none' : `${repeated} too many, of STF ${formatRanges(doubled.ranges)}`,
  );
}

function totalWords(run: Run): string | Wrong {
  if (run.total === undefined) return run.phase === 'ended' ? 'no number of STFs' : 'nothing yet';
  const isLess = run.isUnaskedAtEnd || unaskedStfs(run).length > 0;
  const less = isLess ? `, ${generatedCount(run)} came, not all were asked for` : '';
  if (totalDifference(run) === 0) return `${stfs(run.total)}${less}`;
  const first = firstExpected(run);
  const since = first > 1 ? ` from ${first} on` : '';
  return {wrong: `${stfs(run.total)}, ${generatedCount(run)} came${since}`};
}

function rateWords(run: Run, around: RunSurroundings): string | undefined {
  const isCut = gapsOf(run, around).some(({to}) => to === undefined);
  const {run: known, isCertain} = standing(run, around);
  const isKnown = known.phase === 'running' && isCertain && !isCut;
  const rate = isKnown ? stfRate(run, around.now) : undefined;
  return rate === undefined ? undefined : `${rate.toFixed(2)}/s`;
}

/** REST's own list of files, against what was received of the agents' stages. */
function filesWords(run: Run, around: RunSurroundings): string | Wrong {
  const {files} = run;
  if (!files) return 'not read from REST yet';
  const statuses = Object.entries(files.byStatus).map(([status, count]) => `${count} ${status}`);
  const detail = statuses.length > 0 ? `: ${statuses.join(', ')}` : '';
  const words = `REST had ${files.count} at ${around.clock(files.at)}${detail}`;
  if (files.isShared) return `${words}, of all runs of this number`;
  const unreported = files.count - readyCount(run);
  if (unreported <= 0 || lacksStage(run, 'ready', around)) return words;
  return {wrong: `${words}; ${unreported} of them never reported as ready`};
}

/** The times in which messages of the run can have been missed. */
function gapWords(run: Run, around: RunSurroundings): string | Wrong {
  const gaps = gapsOf(run, around);
  if (gaps.length === 0) return 'none';
  const {now, skew} = around;
  const length = gaps.reduce((sum, {from, to}) => sum + (to ?? now - skew) - from, 0);
  const isFilled = gaps.every(({caughtUp}) => caughtUp !== undefined);
  const filled = isFilled ? 'caught up as far as REST has it' : 'not all caught up';
  return wrongIf(!isFilled, `${gaps.length}, ${formatLength(length)} in all, ${filled}`);
}

function sliceWords({pipeline, rest}: Run): string | undefined {
  const {sliced, results} = pipeline;
  const heard =
    sliced.messages + results.messages > 0
      ? [`${sliced.messages} made, ${results.messages} results`]
      : [];
  const slices = rest?.slices;
  const fromRest =
    slices && slices.created > 0
      ? [`REST: ${slices.created} made, ${slices.completed} done, ${slices.failed} failed`]
      : [];
  const words = [...heard, ...fromRest];
  return words.length === 0 ? undefined : words.join('; ');
}
