// All runs seen, newest active first, within a bound.
import type {WorkflowMessage} from '../wire/message.ts';
import {advance, newRun, type Run} from './run.ts';

/** Runs kept. The one that has been quiet longest goes first, ended ones before active ones. */
const maxRuns = 1000;

export class Runs {
  readonly #runs = new Map<string, Run>();
  /** The newest key of each run number, for messages that do not say their namespace. */
  readonly #keyOfNumber = new Map<string, string>();
  /** Keys in the order of the list; undefined when it has to be found anew. */
  #order: readonly string[] | undefined;
  #list: readonly Run[] | undefined;
  #dropped = 0;

  /** `at`: when the message was sent, server clock, ms. Answers the run that it is of. */
  apply(message: WorkflowMessage, at: number): Run | undefined {
    const {runId} = message;
    if (runId === undefined) return undefined;
    const key = this.#keyFor(runId, message.namespace);
    const known = this.#runs.get(key);
    const run = known ?? this.#admit(newRun(key, runId, message, at));
    const next = advance(run, message, at);
    this.#runs.set(key, next);
    this.#list = undefined;
    if (!known || compare(known, next) !== 0) this.#order = undefined;
    return next;
  }

  /** Active ones first, each group newest first. The same array until something changes. */
  get list(): readonly Run[] {
    this.#order ??= [...this.#runs.values()].sort(compare).map(({key}) => key);
    this.#list ??= this.#order.map(key => this.#runs.get(key)!);
    return this.#list;
  }

  /** Runs that were dropped because of the bound. */
  get dropped(): number {
    return this.#dropped;
  }

  #keyFor(runId: string, namespace: string | undefined): string {
    if (namespace === undefined) return this.#keyOfNumber.get(runId) ?? `/${runId}`;
    return `${namespace}/${runId}`;
  }

  #admit(run: Run): Run {
    if (this.#runs.size >= maxRuns) this.#dropOne();
    this.#keyOfNumber.set(run.runId, run.key);
    return run;
  }

  #dropOne(): void {
    let candidate: Run | undefined;
    for (const run of this.#runs.values()) {
      if (!candidate || rank(run) > rank(candidate)) candidate = run;
      else if (rank(run) === rank(candidate) && run.lastAt < candidate.lastAt) candidate = run;
    }
    if (!candidate) return;
    this.#runs.delete(candidate.key);
    if (this.#keyOfNumber.get(candidate.runId) === candidate.key) {
      this.#keyOfNumber.delete(candidate.runId);
    }
    this.#dropped += 1;
  }
}

/** Active ones first, newest first. A run changes its place only when this does. */
function compare(a: Run, b: Run): number {
  return rank(a) - rank(b) || b.firstAt - a.firstAt;
}

/** 0 for active runs, 1 for those never seen to begin, 2 for ended ones. */
function rank(run: Run): number {
  if (run.phase === 'ended') return 2;
  return run.phase === 'unknown' ? 1 : 0;
}
