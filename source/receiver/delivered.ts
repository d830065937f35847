// What has been passed on of each execution's messages, by content: so that history and stream
// together bring each message once, whichever brings it first.
import {passes, type StreamFilter} from '../wire/filter.ts';
import type {HistoryRow} from '../wire/history.ts';
import {asRecord} from '../wire/json-record.ts';
import type {WorkflowMessage} from '../wire/message.ts';
import {leastRecent, newestFirst} from './least-recent.ts';

interface Known {
  /** How often the stream brought it. */
  streamed: number;
  /** How often it was passed on, from either side. */
  shown: number;
  /** Server clock, ms; 0 without a stamp. */
  readonly sentAt: number;
}

interface Execution {
  readonly prints: Map<number, Known>;
  /** Newest stamp of those forgotten because of the bound; older rows are not asked about. */
  floor: number;
  /** Newest stamp of what was passed on, server clock, ms. */
  newest: number;
  /** Moment at which something came of it last. */
  lastAt: number;
  /** Neither was its `end_run` passed on or among its rows, nor is it known to run no more. */
  isOpen: boolean;
  /** Its rows were read once after its end: there will be no others. */
  isSettled: boolean;
  /** Of the rows that a filter kept away when they were read last, one of each kind that filters tell apart. */
  withheld: ReadonlyMap<string, unknown>;
}

/** Kinds of withheld rows of one execution that are told apart. */
const maxKinds = 200;

/** A row that has not been passed on. */
export interface MissingRow extends HistoryRow {
  readonly executionId: string;
  /** Counts rows of the same content in one execution, from 1. */
  readonly ordinal: number;
}

/** Executions, and messages of each, that are remembered. */
const maxExecutions = 50;
const maxPrints = 20_000;
/** Executions of which only the end of what was passed on is remembered. */
const maxForgotten = 5000;

export class Delivered {
  readonly #executions = new Map<string, Execution>();
  /** Newest stamps of what was passed on of executions that are not remembered, server clock, ms. */
  readonly #forgotten = new Map<string, number>();

  /** Whether a message that the stream brought is new. Counts it. */
  streamed(
    executionId: string,
    print: number,
    {type, sentAt}: WorkflowMessage,
    now: number,
  ): boolean {
    const execution = this.#execution(executionId);
    execution.lastAt = now;
    execution.isSettled = false;
    if (type === 'end_run') execution.isOpen = false;
    const known = this.#known(execution, print, sentAt);
    known.streamed += 1;
    if (known.streamed <= known.shown) return false;
    known.shown = known.streamed;
    return true;
  }

  /** There is such an execution, though no message of it came: it is asked about until its end. */
  toldOf(executionId: string, now: number): void {
    this.#execution(executionId).lastAt = now;
  }

  /** It runs no more, whether or not its end was announced: its rows are read once more. */
  ended(executionId: string): void {
    const execution = this.#executions.get(executionId);
    if (execution) execution.isOpen = false;
  }

  /** Whether more can come of it; of one that is not known, too. */
  isOpen(executionId: string): boolean {
    return this.#executions.get(executionId)?.isOpen ?? true;
  }

  /** Whether its rows need not be read again. */
  isSettled(executionId: string): boolean {
    return this.#executions.get(executionId)?.isSettled ?? false;
  }

  /**
   * The rows, of one execution and in order of time, that have not been passed on.
   * @param wasOpen whether more could come when they were requested.
   */
  missing(
    executionId: string,
    rows: readonly HistoryRow[],
    wasOpen = this.isOpen(executionId),
  ): readonly MissingRow[] {
    const execution = this.#executions.get(executionId);
    if (execution) {
      // Its end may be among what a filter keeps away.
      const hasEnd = rows.some(({message}) => message.type === 'end_run');
      if (hasEnd) execution.isOpen = false;
      execution.isSettled = hasEnd || !wasOpen;
    }
    const counts = new Map<number, number>();
    const missing = rows
      .map(row => {
        const ordinal = (counts.get(row.print) ?? 0) + 1;
        counts.set(row.print, ordinal);
        return {...row, executionId, ordinal};
      })
      .filter(row => this.isMissing(row));
    return missing;
  }

  /** Whether the row still has not been passed on. */
  isMissing({executionId, print, sentAt, ordinal}: MissingRow): boolean {
    const execution = this.#executions.get(executionId);
    const floor = execution?.floor ?? this.#forgotten.get(executionId) ?? 0;
    return sentAt > floor && ordinal > (execution?.prints.get(print)?.shown ?? 0);
  }

  /** Takes note that a missing row is passed on now. */
  caughtUp({executionId, print, sentAt, message}: MissingRow, now: number): void {
    const execution = this.#execution(executionId);
    execution.lastAt = now;
    if (message.type === 'end_run') execution.isOpen = false;
    this.#known(execution, print, sentAt).shown += 1;
  }

  /** These of its rows, by their contents, are kept away by the filter. */
  withhold(executionId: string, contents: readonly unknown[]): void {
    const execution = this.#executions.get(executionId);
    if (!execution) return;
    const kinds = new Map<string, unknown>();
    for (const content of contents) if (kinds.size < maxKinds) kinds.set(kindOf(content), content);
    execution.withheld = kinds;
  }

  /** Executions whose rows are to be read: those that go on, and those not read since their end; newest first. */
  get unsettled(): readonly string[] {
    return newestFirst([...this.#executions].filter(([, {isSettled}]) => !isSettled));
  }

  /** Another filter is in force: what ended is read once more where the last one kept away what comes now. */
  reopenFor(filter: StreamFilter): void {
    for (const execution of this.#executions.values()) {
      const shows = [...execution.withheld.values()].some(content => passes(filter, content));
      if (shows) execution.isSettled = false;
    }
  }

  /**
   * Settled executions of which something came last before the moment `time` are remembered only
   * while a filter keeps some of them away.
   */
  forgetEndedBefore(time: number): void {
    for (const [id, {lastAt, isSettled, withheld}] of this.#executions) {
      if (isSettled && withheld.size === 0 && lastAt < time) this.#forget(id);
    }
  }

  #execution(id: string): Execution {
    return this.#executions.get(id) ?? this.#admit(id);
  }

  #admit(id: string): Execution {
    const oldest =
      this.#executions.size < maxExecutions ? undefined : leastRecent(this.#executions);
    if (oldest !== undefined) this.#forget(oldest);
    const floor = this.#forgotten.get(id) ?? 0;
    const execution = {
      prints: new Map<number, Known>(),
      floor,
      newest: floor,
      lastAt: 0,
      isOpen: true,
      isSettled: false,
      withheld: new Map<string, unknown>(),
    };
    this.#forgotten.delete(id);
    this.#executions.set(id, execution);
    return execution;
  }

  /** The monitor may list it long after: then only what is newer counts as missing. */
  #forget(id: string): void {
    this.#forgotten.set(id, this.#executions.get(id)?.newest ?? 0);
    this.#executions.delete(id);
    if (this.#forgotten.size > maxForgotten) forgetFirst(this.#forgotten);
  }

  #known(execution: Execution, print: number, sentAt: number | undefined): Known {
    const {prints} = execution;
    execution.newest = Math.max(execution.newest, sentAt ?? 0);
    let known = prints.get(print);
    if (!known) {
      known = {streamed: 0, shown: 0, sentAt: sentAt ?? 0};
      prints.set(print, known);
      if (prints.size > maxPrints) {
        const forgotten = forgetFirst(prints);
        execution.floor = Math.max(execution.floor, forgotten?.sentAt ?? 0);
      }
    }
    return known;
  }
}

/** What filters compare, as one text. */
function kindOf(content: unknown): string {
  const record = asRecord(content) ?? {};
  return JSON.stringify([record['msg_type'], record['processed_by'], record['run_id']]);
}

const firstKey = <Key>(map: ReadonlyMap<Key, unknown>): Key | undefined => {
  for (const key of map.keys()) return key;
  return undefined;
};

/** Takes out the entry that has been there longest. */
function forgetFirst<Key, Value>(map: Map<Key, Value>): Value | undefined {
  const key = firstKey(map);
  if (key === undefined) return undefined;
  const value = map.get(key);
  map.delete(key);
  return value;
}
