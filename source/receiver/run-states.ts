// Reads the rows of the table of run states for runs whose lifecycle the stream does not show: because a filter hides
// it, no stream is up, or the receiver joined late and no execution lists the run. While nothing of the lifecycle can
// come, runs that begin are found through the list of running executions and their stored messages.
import type {MonitorEvent} from '../monitor-event.ts';
import type {Execution} from '../wire/execution.ts';
import {hidesLifecycle, type StreamFilter} from '../wire/filter.ts';
import {fetchHistory, fetchRunningExecutions} from '../wire/history.ts';
import {isLifecycleType} from '../wire/lifecycle-types.ts';
import type {WorkflowMessage} from '../wire/message.ts';
import {restMeaning} from '../wire/run-state-meaning.ts';
import {fetchRunState, hasRunState} from '../wire/run-state.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import {leastRecent} from './least-recent.ts';
import type {Timings} from './timings.ts';

interface SeenRun {
  /** Moment at which something was seen of it last. */
  lastAt: number;
  /** Moment at which its row was read last. */
  readAt: number;
  executionId: string | undefined;
  namespace: string | undefined;
  hasLifecycle: boolean;
  /** Its end was received or read. */
  hasEnded: boolean;
  failures: number;
}

/** Runs remembered, and rows read in one turn. */
const maxRuns = 200;
const maxReadPerTurn = 5;
/** Failures after which a run's row is read no more. */
const maxFailures = 3;
/** A run of which nothing was seen for so long is of no interest, ms. */
const memoryMs = 15 * 60_000;
/** Running executions whose stored messages are read in one turn, and turns for one that has none. */
const maxSoughtPerTurn = 5;
const maxSoughtTurns = 40;

export interface RunStatesOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
  /** Of the stream that is up; undefined: none is. */
  readonly filter: () => StreamFilter | undefined;
  /** Executions of this namespace alone are listed. */
  readonly namespace?: string | undefined;
  /** The list of running executions was read. */
  readonly listed?: (running: readonly Execution[]) => void;
}

export class RunStates {
  readonly #options: RunStatesOptions;
  readonly #runs = new Map<string, SeenRun>();
  /** Running executions: their run numbers, or how often none was found. */
  readonly #sought = new Map<string, readonly string[] | number>();
  readonly #stopping = new AbortController();
  /** A turn is due, under way, or not long enough ago for another. */
  #isBusy = false;
  #cancelTask: (() => void) | undefined;

  constructor(options: RunStatesOptions) {
    this.#options = options;
  }

  heard({runId, type, executionId, namespace}: WorkflowMessage): void {
    if (runId === undefined || !hasRunState(runId)) return;
    const run = this.#seen(runId, executionId, namespace);
    // The number has come again.
    if (type === 'run_imminent' || type === 'start_run') Object.assign(run, newRun(run));
    run.lastAt = this.#options.clock.monotonic();
    run.hasLifecycle ||= isLifecycleType(type);
    run.hasEnded ||= type === 'end_run';
    if (this.#isWanted(run)) this.#turnSoon();
  }

  /** A stream is up, or none is any more: where none brings the lifecycle, REST is read for it. */
  changed(): void {
    if (this.#isBlind()) this.#turnSoon();
  }

  stop(): void {
    this.#stopping.abort();
    this.#cancelTask?.();
  }

  /** Not at once: what is caught up may bring the lifecycle. */
  #turnSoon(): void {
    if (this.#isBusy || this.#stopping.signal.aborted) return;
    this.#isBusy = true;
    const {clock, timings} = this.#options;
    this.#cancelTask = clock.after(timings.runStatesFirst, () => void this.#turn());
  }

  async #turn(): Promise<void> {
    const {clock, timings} = this.#options;
    if (this.#isBlind()) await this.#findRuns();
    for (const runId of this.#wanted()) {
      if (this.#stopping.signal.aborted) return;
      await this.#read(runId);
    }
    if (this.#stopping.signal.aborted) return;
    // No other turn within this time, wanted or not.
    this.#cancelTask = clock.after(timings.runStates, () => {
      this.#isBusy = this.#wanted().length > 0 || this.#isBlind();
      if (this.#isBusy) void this.#turn();
    });
  }

  #isWanted({lastAt, hasLifecycle, hasEnded, failures}: SeenRun): boolean {
    if (hasEnded || failures >= maxFailures) return false;
    const isSeen = lastAt >= this.#options.clock.monotonic() - memoryMs;
    return (!hasLifecycle || this.#isBlind()) && isSeen;
  }

  /** Nothing of a run's lifecycle comes by the stream. */
  #isBlind(): boolean {
    const filter = this.#options.filter();
    return filter === undefined || hidesLifecycle(filter);
  }

  /** The run of a number; of another execution it is another run. */
  #seen(runId: string, executionId: string | undefined, namespace: string | undefined): SeenRun {
    const known = this.#runs.get(runId);
    const isOther =
      executionId !== undefined &&
      known?.executionId !== undefined &&
      known.executionId !== executionId;
    if (known && !isOther) {
      known.executionId ??= executionId;
      known.namespace ??= namespace;
      return known;
    }
    const oldest = this.#runs.size < maxRuns ? undefined : leastRecent(this.#runs);
    if (oldest !== undefined) this.#runs.delete(oldest);
    const run = newRun({executionId, namespace});
    this.#runs.set(runId, run);
    return run;
  }

  /** Those read longest ago first; of them, those of which something was seen last. */
  #wanted(): readonly string[] {
    return [...this.#runs]
      .filter(([, run]) => this.#isWanted(run))
      .toReversed()
      .sort(([, a], [, b]) => a.readAt - b.readAt || b.lastAt - a.lastAt)
      .map(([runId]) => runId)
      .slice(0, maxReadPerTurn);
  }

  /** The runs of the executions that run now. A list that cannot be read is read again with the next turn. */
  async #findRuns(): Promise<void> {
    const {base, fetch, timings, clock, namespace, listed} = this.#options;
    const request = {timeout: timings.request, signal: this.#stopping.signal};
    const running = await fetchRunningExecutions(fetch, base, request, namespace).catch(() => []);
    if (this.#stopping.signal.aborted || running.length === 0) return;
    listed?.(running);
    const ids = new Set(running.map(({id}) => id));
    for (const id of this.#sought.keys()) if (!ids.has(id)) this.#sought.delete(id);
    const unknown = running.filter(({id}) => (this.#turnsFor(id) ?? Infinity) < maxSoughtTurns);
    for (const {id} of unknown.slice(0, maxSoughtPerTurn)) {
      const runs = await this.#runsOf(id, request);
      if (this.#stopping.signal.aborted) return;
      this.#sought.set(id, runs.length > 0 ? runs : (this.#turnsFor(id) ?? 0) + 1);
    }
    for (const execution of running) {
      const runs = this.#sought.get(execution.id);
      if (!Array.isArray(runs)) continue;
      for (const runId of runs as readonly string[]) {
        // REST answers: what could not be read before can be now.
        const run = this.#seen(runId, execution.id, execution.namespace);
        Object.assign(run, {lastAt: clock.monotonic(), failures: 0});
      }
    }
  }

  /** How often an execution's run was sought in vain; undefined once it is known. */
  #turnsFor(id: string): number | undefined {
    const sought = this.#sought.get(id) ?? 0;
    return typeof sought === 'number' ? sought : undefined;
  }

  /** An execution that cannot be read is read again next time. */
  async #runsOf(
    id: string,
    request: {readonly timeout: number; readonly signal: AbortSignal},
  ): Promise<readonly string[]> {
    const {base, fetch} = this.#options;
    const rows = await fetchHistory(fetch, base, id, request).catch(() => []);
    const runs = rows.flatMap(({message: {runId}}) => (runId === undefined ? [] : [runId]));
    return [...new Set(runs)].filter(hasRunState);
  }

  async #read(runId: string): Promise<void> {
    const {base, fetch, clock, timings, emit} = this.#options;
    const request = {timeout: timings.request, signal: this.#stopping.signal};
    const run = this.#runs.get(runId);
    if (!run) return;
    run.readAt = clock.monotonic();
    try {
      const state = await fetchRunState(fetch, base, runId, request);
      if (this.#stopping.signal.aborted) return;
      run.failures = 0;
      const isOther = run.executionId !== undefined && state.executionId !== undefined;
      if (!isOther || run.executionId === state.executionId) {
        run.hasEnded ||= restMeaning(state)?.phase === 'ended';
      }
      const {namespace} = run;
      const about = namespace === undefined ? {} : {namespace};
      emit({kind: 'run-state', at: clock.now(), state, ...about});
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      run.failures += 1;
      const reason = error instanceof Error ? error.message : String(error);
      emit({kind: 'run-state-unknown', at: clock.now(), runId, reason});
    }
  }
}

const newRun = ({executionId, namespace}: Pick<SeenRun, 'executionId' | 'namespace'>): SeenRun => ({
  lastAt: 0,
  readAt: 0,
  executionId,
  namespace,
  hasLifecycle: false,
  hasEnded: false,
  failures: 0,
});
