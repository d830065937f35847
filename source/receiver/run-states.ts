// Asks REST for the state of runs whose lifecycle the stream does not show: because an agents filter
// hides it, or because the receiver joined late and no execution lists the run.
import type {MonitorEvent} from '../monitor-event.ts';
import {hidesLifecycle, type StreamFilter} from '../wire/filter.ts';
import {isLifecycleType} from '../wire/lifecycle-types.ts';
import type {WorkflowMessage} from '../wire/message.ts';
import {fetchRunState, hasRunState} from '../wire/run-state.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import {leastRecent, newestFirst} from './least-recent.ts';
import type {Timings} from './timings.ts';

interface Heard {
  /** Receiver's clock, ms. */
  lastAt: number;
  hasLifecycle: boolean;
  /** Its end was heard or told of. */
  hasEnded: boolean;
  failures: number;
}

/** Runs remembered, and asked about in one turn, the ones heard of last first. */
const maxRuns = 200;
const maxAsked = 5;
/** Failures after which a run is asked about no more. */
const maxFailures = 3;
/** A run that was not heard of for so long is of no interest, ms. */
const memory = 15 * 60_000;

export interface RunStatesOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
  /** In force now. */
  readonly filter: () => StreamFilter;
}

export class RunStates {
  readonly #options: RunStatesOptions;
  readonly #runs = new Map<string, Heard>();
  readonly #stopping = new AbortController();
  /** A turn is due, under way, or not long enough ago for another. */
  #isBusy = false;
  #cancelTask: (() => void) | undefined;

  constructor(options: RunStatesOptions) {
    this.#options = options;
  }

  heard({runId, type}: WorkflowMessage): void {
    if (runId === undefined || !hasRunState(runId)) return;
    const {clock, timings} = this.#options;
    const run = this.#runs.get(runId) ?? this.#admit(runId);
    run.lastAt = clock.now();
    run.hasLifecycle ||= isLifecycleType(type);
    run.hasEnded ||= type === 'end_run';
    // Not at once: what is caught up may bring the lifecycle.
    if (this.#isBusy || this.#stopping.signal.aborted || !this.#isWanted(run)) return;
    this.#isBusy = true;
    this.#cancelTask = clock.after(timings.runStatesFirst, () => void this.#turn());
  }

  stop(): void {
    this.#stopping.abort();
    this.#cancelTask?.();
  }

  async #turn(): Promise<void> {
    const {clock, timings} = this.#options;
    for (const runId of this.#wanted()) {
      await this.#ask(runId);
      if (this.#stopping.signal.aborted) return;
    }
    // No other turn within this time, wanted or not.
    this.#cancelTask = clock.after(timings.runStates, () => {
      this.#isBusy = this.#wanted().length > 0;
      if (this.#isBusy) void this.#turn();
    });
  }

  #isWanted({lastAt, hasLifecycle, hasEnded, failures}: Heard): boolean {
    if (hasEnded || failures >= maxFailures) return false;
    const {clock, filter} = this.#options;
    return (!hasLifecycle || hidesLifecycle(filter())) && lastAt >= clock.now() - memory;
  }

  #admit(runId: string): Heard {
    const oldest = this.#runs.size < maxRuns ? undefined : leastRecent(this.#runs);
    if (oldest !== undefined) this.#runs.delete(oldest);
    const run = {...newRun};
    this.#runs.set(runId, run);
    return run;
  }

  #wanted(): readonly string[] {
    const wanted = [...this.#runs].filter(([, run]) => this.#isWanted(run));
    return newestFirst(wanted).slice(0, maxAsked);
  }

  async #ask(runId: string): Promise<void> {
    const {base, fetch, clock, timings, emit} = this.#options;
    const request = {timeout: timings.request, signal: this.#stopping.signal};
    try {
      const state = await fetchRunState(fetch, base, runId, request);
      if (this.#stopping.signal.aborted) return;
      this.#note(runId, ({hasEnded}) => ({
        hasEnded: hasEnded || state.state === 'ended',
        failures: 0,
      }));
      emit({kind: 'run-state', at: clock.now(), state});
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.#note(runId, ({failures}) => ({failures: failures + 1}));
      const reason = error instanceof Error ? error.message : String(error);
      emit({kind: 'run-state-unknown', at: clock.now(), runId, reason});
    }
  }

  /** In its place in the order; more can have been heard of it while REST was asked. */
  #note(runId: string, change: (run: Heard) => Partial<Heard>): void {
    const run = this.#runs.get(runId);
    if (run) this.#runs.set(runId, {...run, ...change(run)});
  }
}

const newRun: Heard = {lastAt: 0, hasLifecycle: false, hasEnded: false, failures: 0};
