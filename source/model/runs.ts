// All runs seen, newest active first, within a bound.
import type {WorkflowMessage} from '../wire/message.ts';
import {advance, newRun, type Run} from './run.ts';

/** Runs kept. The one that has been quiet longest goes first, ended ones before active ones. */
const maxRuns = 1000;

export class Runs {
  readonly #runs = new Map<string, Run>();
  /** Keys of a run number's runs whose namespace is known, for messages that do not say theirs. */
  readonly #named = new Map<string, readonly string[]>();
  /** Keys in the order of the list; undefined when it has to be found anew. */
  #order: readonly string[] | undefined;
  #list: readonly Run[] | undefined;
  #dropped = 0;

  /** `at`: when the message was sent, `heardAt`: when the stream brought it, server clock, ms. Answers the run that it is of. */
  apply(message: WorkflowMessage, at: number, heardAt?: number): Run | undefined {
    const {runId} = message;
    if (runId === undefined) return undefined;
    const key = this.#keyFor(runId, message.namespace);
    if (message.namespace !== undefined) this.#adopt(runId, message.namespace, key);
    const known = this.#runs.get(key);
    const run = known ?? this.#admit(newRun(key, runId, message, at));
    const next = advance(run, message, at, heardAt);
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

  /** A message that does not say its namespace is of the run of its number, where there is but one. */
  #keyFor(runId: string, namespace: string | undefined): string {
    if (namespace !== undefined) return `${namespace}/${runId}`;
    const [key, ...others] = this.#named.get(runId) ?? [];
    return key !== undefined && others.length === 0 ? key : nameless(runId);
  }

  /** The first run of its number takes on what came before its namespace was said. */
  #adopt(runId: string, namespace: string, key: string): void {
    const before = this.#runs.get(nameless(runId));
    if (!before || this.#named.has(runId)) return;
    this.#runs.delete(before.key);
    this.#runs.set(key, {...before, key, namespace});
    this.#named.set(runId, [key]);
    this.#order = undefined;
  }

  #admit(run: Run): Run {
    if (this.#runs.size >= maxRuns) this.#dropOne();
    const {runId, key, namespace} = run;
    if (namespace !== undefined) this.#named.set(runId, [...(this.#named.get(runId) ?? []), key]);
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
    this.#forget(candidate);
    this.#dropped += 1;
  }

  #forget({runId, key}: Run): void {
    const others = (this.#named.get(runId) ?? []).filter(other => other !== key);
    if (others.length > 0) this.#named.set(runId, others);
    else this.#named.delete(runId);
  }
}

/** Key of a run whose namespace is not known. */
const nameless = (runId: string) => `/${runId}`;

/** Active ones first, newest first. A run changes its place only when this does. */
function compare(a: Run, b: Run): number {
  return rank(a) - rank(b) || b.firstAt - a.firstAt;
}

/** 0 for active runs, 1 for those never seen to begin, 2 for ended ones. */
function rank(run: Run): number {
  if (run.phase === 'ended') return 2;
  return run.phase === 'unknown' ? 1 : 0;
}
