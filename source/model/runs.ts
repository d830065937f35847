// All runs seen, newest active first, within a bound.
import type {WorkflowMessage} from '../wire/message.ts';
import {advance, draftOf, newRun, type Coming, type Run, type RunDraft} from './run.ts';

/** Runs kept. The one that has been quiet longest goes first, ended ones before active ones. */
const maxRuns = 1000;

export class Runs {
  readonly #runs = new Map<string, RunDraft>();
  /** Those that nobody has seen as they are: they change in place, the others are copied first. */
  readonly #unseen = new Set<RunDraft>();
  /** Keys of a run number's runs whose namespace is known, for messages that do not say theirs. */
  readonly #named = new Map<string, readonly string[]>();
  /** Keys in the order of the list; undefined when it has to be found anew. */
  #order: readonly string[] | undefined;
  #list: readonly Run[] | undefined;
  #dropped = 0;

  /**
   * `at`: when the message was sent, server clock, ms. Answers the key of the run that it is of.
   */
  apply(message: WorkflowMessage, at: number, coming?: Coming): string | undefined {
    const {runId} = message;
    if (runId === undefined) return undefined;
    const key = this.#keyFor(runId, message.namespace);
    if (message.namespace !== undefined) this.#adopt(runId, message.namespace, key);
    const run = this.#draft(key) ?? this.#admit(newRun(key, runId, message, at));
    const {firstAt} = run;
    const before = rank(run);
    advance(run, message, at, coming);
    if (rank(run) !== before || run.firstAt !== firstAt) this.#order = undefined;
    this.#list = undefined;
    return key;
  }

  /** Active ones first, each group newest first. The same array until something changes. */
  get list(): readonly Run[] {
    this.#order ??= [...this.#runs.values()].sort(compare).map(({key}) => key);
    this.#list ??= this.#order.map(key => this.#runs.get(key)!);
    this.#unseen.clear();
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
    this.#remove(before);
    this.#put({...draftOf(before), key, namespace});
    this.#named.set(runId, [key]);
  }

  /** The run as it may be changed. */
  #draft(key: string): RunDraft | undefined {
    const known = this.#runs.get(key);
    return !known || this.#unseen.has(known) ? known : this.#put(draftOf(known));
  }

  #admit(run: RunDraft): RunDraft {
    if (this.#runs.size >= maxRuns) this.#dropOne();
    const {runId, key, namespace} = run;
    if (namespace !== undefined) this.#named.set(runId, [...(this.#named.get(runId) ?? []), key]);
    this.#order = undefined;
    return this.#put(run);
  }

  #put(run: RunDraft): RunDraft {
    this.#runs.set(run.key, run);
    this.#unseen.add(run);
    return run;
  }

  #remove(run: RunDraft): void {
    this.#runs.delete(run.key);
    this.#unseen.delete(run);
    this.#order = undefined;
  }

  #dropOne(): void {
    let candidate: RunDraft | undefined;
    for (const run of this.#runs.values()) {
      if (!candidate || rank(run) > rank(candidate)) candidate = run;
      else if (rank(run) === rank(candidate) && run.lastAt < candidate.lastAt) candidate = run;
    }
    if (!candidate) return;
    this.#remove(candidate);
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

/** 0 for active runs, 1 for those never seen to begin, 2 for ended ones, 3 for test messages alone. */
function rank({phase, pipeline}: Run): number {
  if (phase === 'ended') return 2;
  if (phase !== 'unknown') return 0;
  return Object.values(pipeline).some(({messages}) => messages > 0) ? 1 : 3;
}
