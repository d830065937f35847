// What is wrong, by rules: each small, pure, and silent about what cannot be known. A rule finds;
// `alerts.ts` keeps what was found.
import type {Execution} from '../wire/execution.ts';
import type {StreamFilter} from '../wire/filter.ts';
import type {Gap} from './gaps.ts';
import type {Health} from './health.ts';
import {missingCount, missingStfs, totalDifference, type Run} from './run.ts';
import {formatRanges} from './sequence-set.ts';
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
}

const atOnce = () => 0;

type RunCheck = (run: Run, circumstances: Circumstances) => string | undefined;

/** A rule that looks at each run by itself. */
function forRuns(name: string, holds: AlertRule['holds'], check: RunCheck): AlertRule {
  return {
    name,
    holds,
    find: circumstances =>
      circumstances.runs.flatMap(run => {
        const text = check(run, circumstances);
        return text === undefined ? [] : [{run, text: `run ${run.runId}: ${text}`}];
      }),
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
  forRuns('imminent', atOnce, (run, {now, health, thresholds}) => {
    const waited = now + (health.clockSkew ?? 0) - run.phaseSince;
    const isStuck = run.phase === 'imminent' && waited > thresholds.imminent;
    if (!isStuck || !hears(health, 'start_run', run)) return undefined;
    return `imminent for ${minutes(waited)}, not started`;
  }),
  forRuns('no STF', atOnce, (run, circumstances) => {
    const {now, health, thresholds} = circumstances;
    if (run.phase !== 'running' || !hears(health, 'stf_gen', run)) return undefined;
    const interval = stfInterval(run, circumstances);
    const since = Math.max(run.phaseSince, run.generatedAt.at(-1) ?? 0);
    const silent = now + (health.clockSkew ?? 0) - since;
    if (silent <= Math.max(thresholds.silence, thresholds.intervals * (interval ?? 0))) {
      return undefined;
    }
    const usual = interval === undefined ? '' : `, usual: every ${seconds(interval)}`;
    return `no STF for ${minutes(silent)}${usual}`;
  }),
  forRuns(
    'missing',
    ({settle}) => settle,
    run => (missingCount(run) > 0 ? `STF ${formatRanges(missingStfs(run))} missing` : undefined),
  ),
  forRuns(
    'total',
    ({settle}) => settle,
    (run, {health}) => {
      if (totalDifference(run) === 0 || !hears(health, 'stf_gen', run)) return undefined;
      return `end_run tells of ${run.total} STFs, ${run.total! - totalDifference(run)} came`;
    },
  ),
  {
    name: 'gap',
    holds: atOnce,
    find: ({now, gaps, thresholds}) =>
      gaps
        .filter(({to, caughtUp}) => caughtUp === undefined && to !== undefined)
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
];

/** A message type that tells of a failure. */
export function isFailure(type: string): boolean {
  return /(?:^|_)(?:failed|failure|error)$/.test(type);
}

/** Whether silence means something: the stream is live and asked for messages of this kind. */
function hears({word, filter}: Health, type: string, run: Run): boolean {
  const {types, agents, runs}: StreamFilter = filter;
  return (
    word === 'LIVE' &&
    agents.length === 0 &&
    (types.length === 0 || types.includes(type)) &&
    (runs.length === 0 || runs.includes(run.runId))
  );
}

/** Time between a run's STFs, ms: as configured, else as seen. */
function stfInterval({executionId, generatedAt}: Run, {executions}: Circumstances) {
  const configured = executions.get(executionId ?? '')?.stfInterval;
  if (configured !== undefined) return configured * 1000;
  const first = generatedAt[0];
  const last = generatedAt.at(-1);
  return first === undefined || last === undefined || last <= first
    ? undefined
    : (last - first) / (generatedAt.length - 1);
}

const seconds = (duration: number) => `${Math.round(duration / 100) / 10} s`;

function minutes(duration: number): string {
  const whole = Math.floor(duration / 1000);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min`;
}
