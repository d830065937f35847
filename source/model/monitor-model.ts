// The model: folds every MonitorEvent and hands out what holds. Pure but for its own memory; it
// never asks a clock.
import type {EventOf, MonitorEvent} from '../monitor-event.ts';
import type {Execution} from '../wire/execution.ts';
import type {StfFiles} from '../wire/stf-files.ts';
import {foldHealth, newHealth, type Health} from './health.ts';
import {MessageLog, type LogView} from './message-log.ts';
import type {Run} from './run.ts';
import {Runs} from './runs.ts';
import {Samples, SecondCounts} from './samples.ts';

/** What holds at `now`, read-only. Its log is live: `freeze()` for one that stays. */
export interface Snapshot {
  /** Receiver's clock, ms. */
  readonly now: number;
  readonly health: Health;
  /** Active runs first, each group newest first. */
  readonly runs: readonly Run[];
  readonly droppedRuns: number;
  readonly executions: ReadonlyMap<string, Execution>;
  /** By run number: what REST has of its STF files. */
  readonly files: ReadonlyMap<string, StfFiles>;
  readonly log: LogView;
  /** Message types seen, in the order of their first coming, with counts. */
  readonly types: ReadonlyMap<string, number>;
  /** Messages in each of the last 60 full seconds, oldest first. */
  readonly rates: readonly number[];
  /** From the monitor's stamp to here, ms, clock skew taken out; of the last 512 messages. */
  readonly latency: {readonly median: number | undefined; readonly p99: number | undefined};
}

/** Distinct message types counted, and executions known. */
const maxTypes = 256;
const maxExecutions = 500;
const maxFiles = 200;
/** Count of the types beyond the bound. */
const otherTypes = '(other types)';

export class MonitorModel {
  readonly #log = new MessageLog();
  readonly #runs = new Runs();
  readonly #executions = new Map<string, Execution>();
  readonly #files = new Map<string, StfFiles>();
  readonly #types = new Map<string, number>();
  readonly #latencies = new Samples(512);
  readonly #rates = new SecondCounts(61);
  #health: Health = newHealth;
  #version = 0;

  /** Rises with every event: equal numbers, equal model. */
  get version(): number {
    return this.#version;
  }

  apply(event: MonitorEvent): void {
    this.#version += 1;
    this.#health = foldHealth(this.#health, event);
    if (event.kind === 'message') this.#applyMessage(event);
    else if (event.kind === 'execution') this.#remember(event.execution);
    else if (event.kind === 'stf-files') this.#rememberFiles(event.files);
    else if (event.kind in logLines) this.#applyToLog(event);
  }

  snapshot(now: number): Snapshot {
    return {
      now,
      health: this.#health,
      runs: this.#runs.list,
      droppedRuns: this.#runs.dropped,
      executions: this.#executions,
      files: this.#files,
      log: this.#log,
      types: this.#types,
      rates: this.#rates.before(now),
      latency: {median: this.#latencies.quantile(0.5), p99: this.#latencies.quantile(0.99)},
    };
  }

  /** A snapshot that stays as it is, whatever comes. */
  freeze(now: number): Snapshot {
    return {
      ...this.snapshot(now),
      executions: new Map(this.#executions),
      log: this.#log.freeze(),
      types: new Map(this.#types),
    };
  }

  #applyMessage({message, at, data, source}: EventOf<'message'>): void {
    const skew = this.#health.clockSkew ?? 0;
    const sentAt = message.sentAt ?? at + skew;
    this.#runs.apply(message, sentAt);
    if (source === 'history') {
      const entry = {kind: 'message', at: sentAt - skew, message, isCaughtUp: true} as const;
      this.#log.insert(entry, data.length);
    } else {
      this.#log.add({kind: 'message', at, message, isCaughtUp: false}, data.length);
      this.#rates.add(at);
      if (message.sentAt !== undefined && !this.#health.isSkewCoarse) {
        this.#latencies.add(at + skew - message.sentAt);
      }
    }
    const isKnown = this.#types.has(message.type) || this.#types.size < maxTypes;
    const type = isKnown ? message.type : otherTypes;
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
  }

  #applyToLog(event: MonitorEvent): void {
    const apply = logLines[event.kind] as
      ((log: MessageLog, event: MonitorEvent) => void) | undefined;
    apply?.(this.#log, event);
  }

  #rememberFiles(files: StfFiles): void {
    this.#files.delete(files.runId);
    this.#files.set(files.runId, files);
    dropFirst(this.#files, maxFiles);
  }

  #remember(execution: Execution): void {
    this.#executions.set(execution.id, execution);
    dropFirst(this.#executions, maxExecutions);
  }
}

/** What gaps and holes do to the log. */
const logLines: {
  readonly [Kind in MonitorEvent['kind']]?: (log: MessageLog, event: EventOf<Kind>) => void;
} = {
  'gap-opened': (log, {at, id, from, reason}) => {
    const known = {to: undefined, caughtUp: undefined, isUnanswered: false};
    log.add({kind: 'gap', at, gap: id, from, reason, ...known}, 0);
  },
  'gap-closed': (log, {id, to}) => log.changeGap(id, {to}),
  'gap-filled': (log, {id, caughtUp, isAnswered}) =>
    log.changeGap(id, isAnswered ? {caughtUp} : {isUnanswered: true}),
  hole: (log, {at, runId, namespace, first, last}) => {
    log.add({kind: 'hole', at, runId, namespace, first, last}, 0);
  },
};

/** Keeps a map within its bound: the entry that has been there longest goes. */
function dropFirst(map: Map<string, unknown>, bound: number): void {
  if (map.size <= bound) return;
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
