// All runs seen, newest active first, within a bound. A run number can come again: a beginning after the end, or
// another execution, is a new run beside the old one.
import {isOverStatus, type Execution} from '../wire/execution.ts';
import type {WorkflowMessage} from '../wire/message.ts';
import {restMeaning} from '../wire/run-state-meaning.ts';
import type {StfFiles} from '../wire/stf-files.ts';
import {
  advance,
  draftOf,
  newRun,
  type Coming,
  type ExecutionEnd,
  type RestRunState,
  type Run,
  type RunDraft,
  type RunFiles,
} from './run.ts';
import {knownRun} from './run-standing.ts';

/** Runs kept. The one that has been quiet longest goes first, ended ones before active ones. */
const maxRuns = 1000;
/** Ended executions remembered, and files of numbers that no message has named. */
const maxEnds = 500;
const maxFiles = 200;

export class Runs {
  readonly #runs = new Map<string, RunDraft>();
  /** Those that nobody has seen as they are: they change in place, the others are copied first. */
  readonly #unseen = new Set<RunDraft>();
  /** Keys of the runs of one number in one namespace, oldest first, by the key of the first. */
  readonly #families = new Map<string, readonly string[]>();
  /** Families of a run number whose namespace is known, for messages that do not say theirs. */
  readonly #named = new Map<string, readonly string[]>();
  readonly #ends = new Map<string, ExecutionEnd>();
  /** By number, of runs that no message has named yet. */
  readonly #files = new Map<string, RunFiles>();
  /** Keys in the order of the list; undefined when it has to be found anew. */
  #order: readonly string[] | undefined;
  #list: readonly Run[] | undefined;
  #dropped = 0;

  /**
   * @param at when the message was sent, server clock, ms.
   * @returns the key of the run that it is of; undefined: it is of none.
   */
  apply(message: WorkflowMessage, at: number, coming?: Coming): string | undefined {
    const {runId, namespace} = message;
    if (runId === undefined) return undefined;
    const family = this.#familyFor(runId, namespace, message.executionId);
    if (namespace !== undefined) this.#adopt(runId, namespace, family);
    const known = this.#memberFor(family, message, at);
    const run = known ? this.#draft(known) : this.#admit(family, message, at);
    const {firstAt, executionId} = run;
    const before = rank(run);
    advance(run, message, at, coming);
    if (run.executionId !== executionId) run.execution = this.#endOf(run.executionId);
    if (rank(run) !== before || run.firstAt !== firstAt) this.#order = undefined;
    this.#list = undefined;
    return run.key;
  }

  /** A row of the table of run states: a run that goes on and that no message has named is seen by it. */
  applyState(state: RestRunState, namespace: string | undefined): void {
    const {runId, executionId, changedAt, at} = state;
    const family = this.#familyFor(runId, namespace, executionId);
    if (namespace !== undefined) this.#adopt(runId, namespace, family);
    const isOf = ({executionId: id}: Run) =>
      id === undefined || executionId === undefined || id === executionId;
    const known = this.#members(family).findLast(isOf);
    const phase = restMeaning(state)?.phase;
    if (!known && (phase === undefined || phase === 'ended')) return;
    const run = known
      ? this.#draft(known)
      : this.#admit(family, {runId, namespace, executionId}, changedAt ?? at);
    if (run.rest && run.rest.at > at) return;
    run.rest = state;
    run.executionId ??= executionId;
    run.execution ??= this.#endOf(run.executionId);
    this.#changed();
  }

  /** What REST has of the files of a number: of the newest run that bears it. */
  applyFiles(files: StfFiles, at: number): void {
    const bearers = this.#bearers(files.runId);
    const read: RunFiles = {...files, at, isShared: bearers.length > 1};
    const newest = bearers.toSorted((a, b) => a.firstAt - b.firstAt).at(-1);
    if (newest) this.#draft(newest).files = read;
    else keep(this.#files, files.runId, read, maxFiles);
    this.#changed();
  }

  /** What REST has of an execution: one that runs no more has ended its run. `at`: server clock, ms. */
  applyExecution({id, status, endedAt}: Execution, at: number): void {
    const isOver = status !== undefined && isOverStatus(status);
    if (!isOver && !this.#ends.delete(id)) return;
    if (isOver) keep(this.#ends, id, {status, endedAt, at}, maxEnds);
    for (const run of [...this.#runs.values()].filter(({executionId}) => executionId === id)) {
      this.#draft(run).execution = this.#endOf(id);
    }
    this.#changed();
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

  #changed(): void {
    this.#order = undefined;
    this.#list = undefined;
  }

  #endOf(executionId: string | undefined): ExecutionEnd | undefined {
    return executionId === undefined ? undefined : this.#ends.get(executionId);
  }

  #members(family: string): readonly RunDraft[] {
    return (this.#families.get(family) ?? []).map(key => this.#runs.get(key)!);
  }

  #bearers(runId: string): readonly RunDraft[] {
    const families = new Set([...(this.#named.get(runId) ?? []), nameless(runId)]);
    return [...families].flatMap(family => this.#members(family));
  }

  /** What does not say its namespace is of its execution's run, or of its number's, where there is but one. */
  #familyFor(runId: string, namespace: string | undefined, executionId?: string): string {
    if (namespace !== undefined) return `${namespace}/${runId}`;
    const named = this.#named.get(runId) ?? [];
    const [first, ...others] = named;
    if (first !== undefined && others.length === 0) return first;
    const isOf = (family: string) =>
      executionId !== undefined &&
      this.#members(family).some(({executionId: id}) => id === executionId);
    return named.find(isOf) ?? nameless(runId);
  }

  /** The run of these that a message sent at `at` is of; undefined: it is the first of a new one. */
  #memberFor(family: string, message: WorkflowMessage, at: number): RunDraft | undefined {
    const {executionId, type} = message;
    const all = this.#members(family);
    const begins = type === 'run_imminent' || type === 'start_run';
    const isBefore = (run: Run) => begins && run.phase === 'ended' && at > run.phaseSince;
    const own = all.filter(run => run.executionId === executionId);
    if (executionId !== undefined && own.length === 0) {
      // The agents name no execution, and their messages may come first.
      const open = all.findLast(run => run.executionId === undefined);
      return open && !isBefore(open) ? open : undefined;
    }
    const among = executionId === undefined ? all : own;
    const chosen = among.findLast(({firstAt}) => firstAt <= at) ?? among[0];
    return chosen && !isBefore(chosen) ? chosen : undefined;
  }

  /** The first runs of its number take on what came before their namespace was said. */
  #adopt(runId: string, namespace: string, family: string): void {
    const before = this.#members(nameless(runId));
    if (before.length === 0 || this.#named.has(runId)) return;
    for (const run of before) this.#remove(run);
    for (const run of before) {
      this.#put({...draftOf(run), key: keyOf(family, run.nth), namespace}, family);
    }
  }

  /** The run as it may be changed. */
  #draft(known: RunDraft): RunDraft {
    if (this.#unseen.has(known)) return known;
    const draft = draftOf(known);
    this.#runs.set(draft.key, draft);
    this.#unseen.add(draft);
    return draft;
  }

  #admit(
    family: string,
    {
      runId = '',
      namespace,
      executionId,
    }: Pick<WorkflowMessage, 'runId' | 'namespace' | 'executionId'>,
    at: number,
  ): RunDraft {
    if (this.#runs.size >= maxRuns) this.#dropOne();
    const nth = Math.max(0, ...this.#members(family).map(run => run.nth)) + 1;
    const run = newRun({key: keyOf(family, nth), nth, runId, namespace, executionId}, at);
    run.execution = this.#endOf(executionId);
    run.files = this.#files.get(runId);
    this.#files.delete(runId);
    return this.#put(run, family);
  }

  #put(run: RunDraft, family: string): RunDraft {
    const {key, runId, namespace} = run;
    this.#runs.set(key, run);
    this.#unseen.add(run);
    this.#families.set(family, [...(this.#families.get(family) ?? []), key]);
    if (namespace !== undefined) {
      this.#named.set(runId, [...new Set([...(this.#named.get(runId) ?? []), family])]);
    }
    this.#order = undefined;
    return run;
  }

  #remove(run: RunDraft): void {
    const {key, runId, namespace} = run;
    this.#runs.delete(key);
    this.#unseen.delete(run);
    this.#order = undefined;
    const family = namespace === undefined ? nameless(runId) : `${namespace}/${runId}`;
    const others = (this.#families.get(family) ?? []).filter(other => other !== key);
    if (others.length > 0) {
      this.#families.set(family, others);
      return;
    }
    this.#families.delete(family);
    const named = (this.#named.get(runId) ?? []).filter(other => other !== family);
    if (named.length > 0) this.#named.set(runId, named);
    else this.#named.delete(runId);
  }

  #dropOne(): void {
    let candidate: RunDraft | undefined;
    for (const run of this.#runs.values()) {
      if (!candidate || rank(run) > rank(candidate)) candidate = run;
      else if (rank(run) === rank(candidate) && run.lastAt < candidate.lastAt) candidate = run;
    }
    if (!candidate) return;
    this.#remove(candidate);
    this.#dropped += 1;
  }
}

/** Key of the first run of a number whose namespace is not known. */
const nameless = (runId: string) => `/${runId}`;

const keyOf = (family: string, nth: number) => (nth === 1 ? family : `${family}#${nth}`);

/** Active ones first, newest first. A run changes its place only when this does. */
function compare(a: Run, b: Run): number {
  return rank(a) - rank(b) || b.firstAt - a.firstAt;
}

/** 0 for active runs, 1 for those never seen to begin, 2 for ended ones, 3 for test messages alone. */
function rank(run: Run): number {
  const {phase} = run.phase === 'unknown' || run.rest || run.execution ? knownRun(run).run : run;
  if (phase === 'ended') return 2;
  if (phase !== 'unknown') return 0;
  return Object.values(run.pipeline).some(({messages}) => messages > 0) ? 1 : 3;
}

/** Puts a value last, and keeps the map within its bound: what has been there longest goes. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value, bound: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > bound && oldest !== undefined) map.delete(oldest);
}
