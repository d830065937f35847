// What has been passed on of each execution's messages, by content: so that history and stream
// together bring each message once, whichever brings it first.
import type {HistoryRow} from '../wire/history.ts';
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
  /** Its `end_run` has neither been passed on nor been among its rows. */
  isOpen: boolean;
  /** It had rows at the last look that were not passed on. */
  isOwed: boolean;
}

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

  /** The rows, of one execution and in order of time, that have not been passed on. */
  missing(executionId: string, rows: readonly HistoryRow[]): readonly MissingRow[] {
    // Its end may be among what a filter keeps away.
    const execution = this.#executions.get(executionId);
    if (execution && rows.some(({message}) => message.type === 'end_run')) execution.isOpen = false;
    const counts = new Map<number, number>();
    const missing = rows
      .map(row => {
        const ordinal = (counts.get(row.print) ?? 0) + 1;
        counts.set(row.print, ordinal);
        return {...row, executionId, ordinal};
      })
      .filter(row => this.isMissing(row));
    if (execution) execution.isOwed = missing.length > 0;
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

  /** Executions heard of since then, and those whose end has not been seen; newest first. */
  openOrHeardSince(time: number): readonly string[] {
    const wanted = [...this.#executions].filter(([, {lastAt, isOpen}]) => isOpen || lastAt >= time);
    return newestFirst(wanted);
  }

  /** Another filter is in force: what the last kept away is asked about, once where it has ended. */
  reopenOwed(): void {
    for (const execution of this.#executions.values()) execution.isOpen ||= execution.isOwed;
  }

  /**
   * Ended executions that were last heard of before `time` are asked about no more, and remembered
   * only while a filter keeps some of them away.
   */
  forgetEndedBefore(time: number): void {
    for (const [id, {lastAt, isOpen, isOwed}] of this.#executions) {
      if (!isOpen && !isOwed && lastAt < time) this.#forget(id);
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
      isOwed: false,
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
