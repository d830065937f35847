// How often each execution's messages come while its run takes data, by the stream and by REST; which of them stay away
// longer than that explains; and when REST is to be read for those: ever more rarely, whatever other executions do.
import type {WorkflowMessage} from '../wire/message.ts';
import {leastRecent} from './least-recent.ts';

interface Observed {
  /** Moment at which the newest message came, or was stored. */
  lastAt: number;
  /** The monitor's stamp on it, ms since the epoch. */
  lastSentAt: number | undefined;
  /** Typical time between two messages, ms; undefined before two. */
  intervalMs: number | undefined;
  /** Data is being taken. */
  isOn: boolean;
  /** It runs no more: what is read of it later was sent before. */
  isOver: boolean;
  /** Moment at which its rows were read last. */
  readAt: number;
  /** From there to the next reading of one silence, ms; doubles with each. */
  waitMs: number;
  /** `lastAt` when a reading last found that REST has nothing new either. */
  confirmedFor: number | undefined;
}

/** Executions observed. */
const maxExecutions = 100;
/** Executions to be read at a time. */
const maxDue = 50;
/** Silence that is never suspicious, and the silence before an interval is known, ms. */
const minSilenceMs = 10_000;
const firstSilenceMs = 15_000;
/** A silence of so many intervals is suspicious. */
const maxIntervals = 4;

const startsData: ReadonlySet<string> = new Set(['start_run', 'resume_run', 'stf_gen']);
const endsData: ReadonlySet<string> = new Set(['pause_run', 'end_run']);

/** Of executions that should produce: which do not, and REST confirms it. */
export interface Silence {
  /** By execution, the moment of its newest message; each as its last reading found it. */
  readonly executions: ReadonlyMap<string, number>;
  /** The moment since which all of them are silent; undefined: they are not all, or not all were read now. */
  readonly allSince: number | undefined;
}

export class SilenceDetector {
  readonly #observed = new Map<string, Observed>();
  readonly #firstWaitMs: number;
  readonly #maxWaitMs: number;

  /** `firstWaitMs`: between the first two readings of one silence; `maxWaitMs`: the longest. */
  constructor(firstWaitMs: number, maxWaitMs: number) {
    this.#firstWaitMs = firstWaitMs;
    this.#maxWaitMs = maxWaitMs;
  }

  /**
   * A message of the moment `at`; one that is older than what is known says nothing. `sentAt`: the
   * monitor's stamp, ms since the epoch, which knows the order better than a moment reckoned from it.
   */
  observeMessage(
    {type, executionId, sentAt: ownStamp}: WorkflowMessage,
    at: number,
    sentAt: number | undefined = ownStamp,
  ): void {
    if (executionId === undefined) return;
    const observed = this.#observed.get(executionId) ?? this.#admit(executionId, at);
    const {lastSentAt} = observed;
    const areStamped = sentAt !== undefined && lastSentAt !== undefined;
    if (areStamped ? sentAt < lastSentAt : at < observed.lastAt) return;
    const isOn =
      !observed.isOver && (startsData.has(type) || (!endsData.has(type) && observed.isOn));
    const since = observed.isOn && isOn ? at - observed.lastAt : 0;
    if (since > 0) observed.intervalMs = smoothed(observed.intervalMs, since);
    if (at > observed.lastAt) observed.waitMs = this.#firstWaitMs;
    observed.lastAt = Math.max(at, observed.lastAt);
    observed.lastSentAt = sentAt ?? lastSentAt;
    observed.isOn = isOn;
  }

  /** The execution runs no more, whether or not that was announced. */
  ended(executionId: string): void {
    const observed = this.#observed.get(executionId) ?? this.#admit(executionId, 0);
    observed.isOver = true;
    observed.isOn = false;
  }

  /**
   * Executions that are silent for too long, and whose rows are to be read at the moment `now`. Where all are silent,
   * all are read with the first: what is said of all has to hold for all at one time.
   */
  due(now: number): readonly string[] {
    const on = [...this.#observed].filter(([, {isOn}]) => isOn);
    const silent = on.filter(([, one]) => isSilent(one, now));
    const due = silent.filter(([, {readAt, waitMs}]) => now - readAt >= waitMs);
    const read = due.length > 0 && silent.length === on.length ? silent : due;
    return read.map(([id]) => id).slice(0, maxDue);
  }

  /** Its rows were read, at the moment `askedAt`; what they had was observed. */
  rowsRead(executionId: string, askedAt: number): void {
    const one = this.#observed.get(executionId);
    if (!one) return;
    one.readAt = askedAt;
    if (!isSilent(one, askedAt)) return;
    one.waitMs = Math.min(this.#maxWaitMs, one.waitMs * 2);
    one.confirmedFor = one.lastAt;
  }

  /** It could not be read at the moment `askedAt`; the wait grows all the same. */
  readingFailed(executionId: string, askedAt: number): void {
    const one = this.#observed.get(executionId);
    if (!one) return;
    one.readAt = askedAt;
    one.waitMs = Math.min(this.#maxWaitMs, one.waitMs * 2);
  }

  /** What is silent at the moment `now`, as far as REST has confirmed it; `read`: what was read now. */
  silence(now: number, read: ReadonlySet<string>): Silence {
    const on = [...this.#observed].filter(([, {isOn}]) => isOn);
    const silent = on.filter(([, one]) => isSilent(one, now) && one.confirmedFor === one.lastAt);
    const executions = new Map(silent.map(([id, {lastAt}]) => [id, lastAt]));
    const areAll = silent.length > 0 && on.every(([id]) => executions.has(id) && read.has(id));
    return {executions, allSince: areAll ? Math.max(...executions.values()) : undefined};
  }

  #admit(executionId: string, lastAt: number): Observed {
    const oldest = this.#observed.size < maxExecutions ? undefined : leastRecent(this.#observed);
    if (oldest !== undefined) this.#observed.delete(oldest);
    const observed = {
      lastAt,
      lastSentAt: undefined,
      intervalMs: undefined,
      isOn: false,
      isOver: false,
      readAt: Number.NEGATIVE_INFINITY,
      waitMs: this.#firstWaitMs,
      confirmedFor: undefined,
    };
    this.#observed.set(executionId, observed);
    return observed;
  }
}

function isSilent({lastAt, intervalMs, isOn}: Observed, now: number): boolean {
  const limit =
    intervalMs === undefined ? firstSilenceMs : Math.max(minSilenceMs, maxIntervals * intervalMs);
  return isOn && now - lastAt > limit;
}

/** Moves a quarter of the way to the new interval. */
function smoothed(before: number | undefined, now: number): number {
  return before === undefined ? now : before + (now - before) / 4;
}
