// What is wrong, by rules: each small, pure, and silent about what cannot be known. A rule finds;
// `alerts.ts` keeps what was found.
import type {Execution} from '../wire/execution.ts';
import {carries} from '../wire/filter.ts';
import type {Gap} from './gaps.ts';
import type {Health} from './health.ts';
import {
  firstExpected,
  generatedCount,
  missingCount,
  missingStfs,
  stfInterval,
  runName,
  totalDifference,
  type Run,
} from './run.ts';
import {formatRanges} from './sequence-set.ts';
import {standingOf} from './run-standing.ts';
import type {Thresholds} from '../thresholds.ts';

export interface Finding {
  /** Of the run that it is about; undefined when it is about the connection. */
  readonly run: Run | undefined;
  /** Tells findings of one rule and run apart. */
  readonly detail?: string;
  readonly text: string;
}

export interface Circumstances {
  /** Receiver's clock, ms. */
  readonly now: number;
  readonly health: Health;
  readonly runs: readonly Run[];
  readonly executions: ReadonlyMap<string, Execution>;
  readonly gaps: readonly Gap[];
  readonly thresholds: Thresholds;
}

export interface AlertRule {
  readonly name: string;
  /** How long it has to hold before it is told, ms. */
  readonly holds: (thresholds: Thresholds) => number;
  readonly find: (circumstances: Circumstances) => readonly Finding[];
  /** Why it cannot tell now if what it found of this run still holds; undefined: it can. */
  readonly blindness?: (run: Run, circumstances: Circumstances) => string | undefined;
}

const atOnce = () => 0;

interface RunCheck {
  readonly name: string;
  readonly holds: AlertRule['holds'];
  /** What is wrong, by what was heard. */
  readonly check: (run: Run, circumstances: Circumstances) => string | undefined;
  /** Whether what was heard is all that there is to hear. */
  readonly knows: (run: Run, circumstances: Circumstances) => boolean;
}

/** A rule that looks at each run by itself, as it stands by REST where the stream does not show it. */
function forRuns({name, holds, check, knows}: RunCheck): AlertRule {
  const stands = (run: Run, circumstances: Circumstances) => standingOf(run, circumstances).run;
  return {
    name,
    holds,
    find: circumstances => {
      const found: Finding[] = [];
      for (const seen of circumstances.runs) {
        const run = stands(seen, circumstances);
        const text = check(run, circumstances);
        if (text === undefined || !knows(run, circumstances)) continue;
        found.push({run, text: `run ${runName(run)}: ${text}`});
      }
      return found;
    },
    blindness: (seen, circumstances) => {
      const run = stands(seen, circumstances);
      if (check(run, circumstances) === undefined || knows(run, circumstances)) return undefined;
      return circumstances.health.word === 'LIVE' ? 'filtered out' : 'not connected';
    },
  };
}

/** A rule about the connection. */
function forConnection(name: string, check: (health: Health) => string | undefined): AlertRule {
  return {
    name,
    holds: atOnce,
    find: ({health}) => {
      const text = check(health);
      return text === undefined ? [] : [{run: undefined, text}];
    },
  };
}

export const alertRules: readonly AlertRule[] = [
  forRuns({
    name: 'imminent',
    holds: atOnce,
    check: (run, circumstances) => {
      if (run.phase !== 'imminent') return undefined;
      const since = imminentSince(run);
      const waited = serverNow(circumstances) - since;
      if (waited <= circumstances.thresholds.imminent) return undefined;
      const isCertain = heardSince(run, since, circumstances) === since;
      return `imminent for ${minutes(waited)}, ${isCertain ? 'not started' : 'no start heard of'}`;
    },
    knows: (run, circumstances) => {
      const since = heardSince(run, imminentSince(run), circumstances);
      const waited = serverNow(circumstances) - since;
      return (
        hears(circumstances.health, 'start_run', run) && waited > circumstances.thresholds.imminent
      );
    },
  }),
  forRuns({
    name: 'no STF',
    holds: atOnce,
    check: (run, circumstances) => {
      if (run.phase !== 'running') return undefined;
      const now = serverNow(circumstances);
      if (now - lastStfAt(run, circumstances) <= stfPatience(run, circumstances)) return undefined;
      const interval = usualInterval(run, circumstances);
      const usual = interval === undefined ? '' : `, usual: every ${seconds(interval)}`;
      return `no STF for ${minutes(now - silentSince(run, circumstances))}${usual}`;
    },
    knows: (run, circumstances) => {
      const silent = serverNow(circumstances) - silentSince(run, circumstances);
      return (
        hears(circumstances.health, 'stf_gen', run) && silent > stfPatience(run, circumstances)
      );
    },
  }),
  forRuns({
    name: 'missing',
    holds: ({settle}) => settle,
    check: run =>
      missingCount(run) > 0 ? `STF ${formatRanges(missingStfs(run))} missing` : undefined,
    knows: (run, {health}) => !mayHaveBeenHidden(run, health),
  }),
  forRuns({
    name: 'total',
    holds: ({settle}) => settle,
    check: run => {
      // A run that was heard from its start, and no STF of it, says what a late joining does not.
      const isNone =
        !run.isUnaskedAtEnd &&
        run.isFromStart &&
        generatedCount(run) === 0 &&
        run.total !== undefined;
      if (isNone ? run.total === 0 : totalDifference(run) === 0) return undefined;
      const first = firstExpected(run);
      const since = first > 1 ? ` from STF ${first} on` : '';
      return `end_run tells of ${run.total} STFs, ${generatedCount(run)} came${since}`;
    },
    knows: (run, {health}) => hears(health, 'stf_gen', run) && !mayHaveBeenHidden(run, health),
  }),
  {
    name: 'gap',
    holds: atOnce,
    find: ({now, gaps, thresholds}) =>
      gaps
        .filter(({to, caughtUp}) => caughtUp === undefined && to !== undefined)
        .filter(() => thresholds.unfilled < Infinity)
        .filter(({to = now, isUnanswered}) => isUnanswered || now - to > thresholds.unfilled)
        .map(({id, from, to = now}) => ({
          run: undefined,
          detail: String(id),
          text: `a gap of ${minutes(to - from)} is not filled: REST does not answer`,
        })),
  },
  forConnection('refused', ({word, reason, remedy}) =>
    word === 'REFUSED' ? ['refused', reason, remedy].filter(Boolean).join(': ') : undefined,
  ),
  forConnection('deaf', ({word, reason}) =>
    word === 'DEAF' ? `the stream is deaf: ${reason ?? ''}` : undefined,
  ),
  forConnection('registration', ({registrationFailure}) =>
    registrationFailure === undefined ? undefined : `registration fails: ${registrationFailure}`,
  ),
  forConnection('recording', ({recordingFailure}) =>
    recordingFailure === undefined ? undefined : `not recording: ${recordingFailure}`,
  ),
];

/** A message type that tells of a failure. */
export function isFailure(type: string): boolean {
  return /(?:^|_)(?:failed|failure|error)$/.test(type);
}

/** Whether silence means something: the stream is live and asked for messages of this kind. */
function hears({word, filter}: Health, type: string, run: Run): boolean {
  return word === 'LIVE' && carries(filter, type, run.runId);
}

/** Server clock, ms. */
const serverNow = ({now, health}: Circumstances) => now + (health.clockSkew ?? 0);

/** Whether a filter of before can have hidden messages of the run that REST has not brought since. */
function mayHaveBeenHidden(run: Run, health: Health): boolean {
  const {filterChangedAt, witnessAt, clockSkew} = health;
  if (filterChangedAt === undefined) return false;
  const changedAt = filterChangedAt + (clockSkew ?? 0);
  if (run.firstAt >= changedAt) return false;
  // REST is asked about the runs that go on.
  const wasOver = run.endedAt !== undefined && run.endedAt < changedAt;
  return wasOver || witnessAt === undefined || witnessAt < filterChangedAt;
}

/** The same, or in a gap that is not filled, after `since` (server clock, ms). */
function mayHaveMissed(run: Run, since: number, {health, gaps}: Circumstances): boolean {
  const skew = health.clockSkew ?? 0;
  const isUnfilled = ({to = Infinity, caughtUp}: Gap) =>
    caughtUp === undefined && to + skew > since;
  return mayHaveBeenHidden(run, health) || gaps.some(isUnfilled);
}

/** When a running run brought its newest STF, or began to run; server clock, ms. */
function lastStfAt({phaseSince, generatedAt, heard}: Run, {health}: Circumstances): number {
  // Of a run that REST alone knows, nobody can tell what it brought before the stream was open.
  const unseen = heard ? -Infinity : (health.heardFrom ?? -Infinity) + (health.clockSkew ?? 0);
  const last = heard?.last ?? unseen;
  return Math.max(phaseSince, generatedAt.at(-1) ?? phaseSince, last);
}

/** When an imminent run became so, or was heard of first; server clock, ms. */
const imminentSince = ({phaseSince, heard}: Run): number =>
  Math.max(phaseSince, heard?.first ?? phaseSince);

/** The same, but no earlier than it can be known; server clock, ms. */
const silentSince = (run: Run, circumstances: Circumstances): number =>
  heardSince(run, lastStfAt(run, circumstances), circumstances);

/** From when on, `since` or later, nothing of the run can have been missed; server clock, ms. */
function heardSince(run: Run, since: number, circumstances: Circumstances): number {
  if (!mayHaveMissed(run, since, circumstances)) return since;
  const {since: upSince, filterChangedAt, clockSkew} = circumstances.health;
  return Math.max(since, Math.max(upSince ?? 0, filterChangedAt ?? 0) + (clockSkew ?? 0));
}

/** How long a run's STFs may stay away, ms. */
function stfPatience(run: Run, circumstances: Circumstances): number {
  const {silence, intervals} = circumstances.thresholds;
  if (intervals === Infinity) return Infinity;
  return Math.max(silence, intervals * (usualInterval(run, circumstances) ?? 0));
}

/** Time between a run's STFs, ms: as configured, else as seen. */
function usualInterval(run: Run, {executions}: Circumstances): number | undefined {
  const configured = executions.get(run.executionId ?? '')?.stfInterval;
  return configured === undefined ? stfInterval(run) : configured * 1000;
}

const seconds = (duration: number) => `${Math.round(Math.max(0, duration) / 100) / 10} s`;

function minutes(duration: number): string {
  const whole = Math.max(0, Math.floor(duration / 1000));
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min`;
}
