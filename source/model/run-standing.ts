// How a run stands now: by the stream, by REST where that has more, and whether it may have gone on unseen. What
// cannot be seen does not tick: times count up to when the run was last known to be so.
import {isOverStatus} from '../wire/execution.ts';
import {carries, type StreamFilter} from '../wire/filter.ts';
import {restMeaning} from '../wire/run-state-meaning.ts';
import type {FilterTime} from './filter-times.ts';
import type {Health} from './health.ts';
import {lifecycleTypes, type Phase} from './lifecycle.ts';
import type {Run} from './run.ts';
import {entered} from './timeline.ts';

/** Times: server clock, ms. */
export interface RunStanding {
  /** With the phase and the times as they are known. An end of unknown time leaves `endedAt` undefined. */
  readonly run: Run;
  /** `taking data`, `stopped (terminated)` …, without a mark of doubt. */
  readonly words: string;
  /** What the run's row in REST says where that goes before the stream. */
  readonly isByRest: boolean;
  /** False: it may have gone on unseen since `until`. */
  readonly isCertain: boolean;
  /** Up to when its times count. */
  readonly until: number;
}

/** What of the connection a run's standing depends on. */
export interface Reception {
  /** Receiver's clock, ms. */
  readonly now: number;
  readonly health: Pick<
    Health,
    'word' | 'filter' | 'filterTimes' | 'clockSkew' | 'lastSignAt' | 'lastMessageAt' | 'gapFrom'
  >;
}

const phaseWords: Readonly<Record<Phase, string>> = {
  unknown: 'seen',
  imminent: 'imminent',
  running: 'taking data',
  paused: 'paused',
  ended: 'ended',
};

/** How an execution that runs no more ended its run, where no `end_run` came. */
const endWords: Readonly<Record<string, string>> = {
  terminated: 'stopped (terminated)',
  failed: 'failed',
  completed: 'completed without end_run',
};

interface Known {
  readonly run: Run;
  readonly words: string;
  readonly isByRest: boolean;
}

/** Data stamped so long after a pause was on its way then, ms. */
const onTheWay = 1000;

/** What is known of the run from all sides, certain or not. */
export function knownRun(run: Run): Known {
  return (
    endedByStream(run) ??
    endedByExecution(run) ??
    goneOnByRest(run) ?? {run, words: phaseWords[run.phase], isByRest: false}
  );
}

function endedByStream(run: Run): Known | undefined {
  return run.phase === 'ended' ? {run, words: 'ended', isByRest: false} : undefined;
}

/** Its execution runs no more: the run is over, whether or not its end was announced. */
function endedByExecution(run: Run): Known | undefined {
  const {execution, rest} = run;
  if (!isOverStatus(execution?.status)) return undefined;
  const restEnd = rest && restMeaning(rest)?.phase === 'ended' ? rest.changedAt : undefined;
  const at = plausibleEnd(run, execution?.endedAt) ?? plausibleEnd(run, restEnd);
  return {...over(run, at), words: endWords[execution?.status ?? ''] ?? 'ended', isByRest: true};
}

/** The execution's own clock can be hours off: a time that does not fit the run's messages is none. */
function plausibleEnd(run: Run, at: number | undefined): number | undefined {
  if (at === undefined || run.execution === undefined) return undefined;
  return at >= lastStepAt(run) - onTheWay && at <= run.execution.at + onTheWay ? at : undefined;
}

/** The run once it is over, its clocks stopped at its end or, where that is not known, at its last message. */
function over(run: Run, at: number | undefined): Pick<Known, 'run'> {
  const ended = {...run, ...entered(run, 'ended', at ?? lastStepAt(run), [])};
  return {run: {...ended, endedAt: at}};
}

/** When the newest message of its lifecycle or its data was sent. */
const lastStepAt = ({steps, phaseSince, generatedAt}: Run): number =>
  Math.max(phaseSince, steps.at(-1)?.until ?? phaseSince, generatedAt.at(-1) ?? phaseSince);

/**
 * What the table of run states has where the stream does not show it: nothing of the run's lifecycle came, or the run
 * has gone on unseen. The table is written a moment after the message: an earlier phase is none, nor a pause that data
 * came after.
 */
function goneOnByRest(run: Run): Known | undefined {
  const {rest, phase, phaseSince} = run;
  const meaning = rest && restMeaning(rest);
  if (!rest) return undefined;
  if (phase === 'unknown') {
    if (!meaning) return undefined;
    const at = rest.changedAt ?? phaseSince;
    if (meaning.phase === 'ended') {
      return {...over(run, rest.changedAt), words: meaning.words, isByRest: true};
    }
    return {
      run: {...run, phase: meaning.phase, phaseSince: at, startedAt: undefined},
      words: meaning.words,
      isByRest: true,
    };
  }
  if (!meaning || meaning.phase === phase || meaning.phase === 'imminent') return undefined;
  const {changedAt} = rest;
  if (rest.at <= phaseSince || (changedAt ?? Infinity) <= phaseSince) return undefined;
  if (meaning.phase === 'ended') {
    return {...over(run, changedAt), words: meaning.words, isByRest: true};
  }
  const lastData = run.generatedAt.at(-1) ?? 0;
  if (meaning.phase === 'paused' && lastData > (changedAt ?? rest.at) + onTheWay) return undefined;
  const at = changedAt ?? lastStepAt(run);
  return {
    run: {...run, ...entered(run, meaning.phase, at, [])},
    words: meaning.words,
    isByRest: true,
  };
}

/** Whether the run goes on, as far as is known. */
export function isActive(run: Run): boolean {
  const {phase} = knownRun(run).run;
  return phase === 'imminent' || phase === 'running' || phase === 'paused';
}

export function standingOf(run: Run, reception: Reception): RunStanding {
  const known = knownRun(run);
  const skew = reception.health.clockSkew ?? 0;
  const now = reception.now + skew;
  const {phase, phaseSince, endedAt} = known.run;
  if (phase === 'ended') return {...known, isCertain: true, until: endedAt ?? phaseSince};
  const received = receivedUntil(run, reception);
  if (received === undefined || phase === 'unknown') return {...known, isCertain: true, until: now};
  // REST had it so when it was read last.
  const read = run.rest && restMeaning(run.rest)?.phase === phase ? run.rest.at : -Infinity;
  const until = Math.min(now, Math.max(phaseSince, received + skew, read));
  return {...known, isCertain: false, until};
}

/**
 * Up to when the run's lifecycle was received; undefined: it is received now. Receiver's clock, ms.
 */
export function receivedUntil(
  {runId}: Run,
  {now, health}: Reception,
  types: readonly string[] = lifecycleTypes,
): number | undefined {
  const {word, filter, filterTimes, lastSignAt, lastMessageAt, gapFrom} = health;
  const hidden = hides(filter, types, runId) ? hiddenSince(filterTimes, types, runId) : undefined;
  // A deaf stream brings heartbeats alone.
  const lastReceived = word === 'DEAF' ? lastMessageAt : lastSignAt;
  const lost = word === 'LIVE' ? undefined : Math.min(gapFrom ?? Infinity, lastReceived ?? now);
  if (hidden === undefined && lost === undefined) return undefined;
  return Math.min(now, hidden ?? Infinity, lost ?? Infinity);
}

const hides = (filter: StreamFilter, types: readonly string[], runId: string) =>
  types.some(type => !carries(filter, type, runId));

/** When the filters began that have hidden one of these types without a break. */
function hiddenSince(times: readonly FilterTime[], types: readonly string[], runId: string) {
  let since: number | undefined;
  for (const {filter, from, to} of times.toReversed()) {
    if (to !== undefined && to !== since) break;
    if (!hides(filter, types, runId)) break;
    since = from;
  }
  return since;
}
