// The model: folds every MonitorEvent and hands out what holds. Pure but for its own memory; it
// never asks a clock.
import type {EventOf, MonitorEvent} from '../monitor-event.ts';
import type {Execution} from '../wire/execution.ts';
import {isElsewhere, type WorkflowMessage} from '../wire/message.ts';
import {isAhead, isStampedByMonitor} from '../wire/stamp.ts';
import {Alerts, type Alert} from './alerts.ts';
import {BrokerBacklog, type Backlog} from './broker-backlog.ts';
import {foldGaps, type Gap} from './gaps.ts';
import {HealthFold} from './health-fold.ts';
import type {Health} from './health.ts';
import {defaultBounds, MessageLog, type LogBounds, type LogView} from './message-log.ts';
import {latencyOf, MessageTimes} from './message-times.ts';
import type {Run} from './run.ts';
import {Runs} from './runs.ts';
import {Samples, SecondCounts} from './samples.ts';
import {count, type Tally} from './tally.ts';
import {defaultThresholds, type Thresholds} from '../thresholds.ts';

/** What holds at `now`, read-only. Its log is live: `freeze()` for one that stays. */
export interface Snapshot {
  /** Receiver's clock, ms. */
  readonly now: number;
  readonly health: Health;
  /** Active runs first, each group newest first. */
  readonly runs: readonly Run[];
  readonly droppedRuns: number;
  readonly executions: ReadonlyMap<string, Execution>;
  /** Oldest first. */
  readonly gaps: readonly Gap[];
  /** Newest first; as of the last check. */
  readonly alerts: readonly Alert[];
  /** Over and acknowledged, oldest first. */
  readonly settledAlerts: readonly Alert[];
  readonly log: LogView;
  /** Message types seen, in the order of their first coming, with counts. */
  readonly types: Tally;
  /** Agents seen as the server's filter knows them, by `processed_by`, with counts. */
  readonly agents: Tally;
  /** What the operators have marked, oldest first. */
  readonly marks: readonly Mark[];
  /** Messages in each of the last 60 full seconds, oldest first. */
  readonly rates: readonly number[];
  /** From the monitor's stamp to here, ms, clock skew taken out, never negative; of the last 512 messages. */
  readonly latency: {readonly median: number | undefined; readonly p99: number | undefined};
  /** Before the monitor's stamp. */
  readonly backlog: Backlog;
}

/** A line that an operator has left. */
export interface Mark {
  /** Receiver's clock, ms. */
  readonly at: number;
  readonly text: string;
}

/** Distinct message types and agents counted, and executions known. */
const maxTypes = 256;
const maxExecutions = 500;
const maxMarks = 200;

export class MonitorModel {
  readonly #log: MessageLog;
  readonly #runs = new Runs();
  readonly #executions = new Map<string, Execution>();
  readonly #namespace: string | undefined;
  readonly #alerts: Alerts;
  readonly #times = new MessageTimes();
  readonly #latencies = new Samples(512);
  readonly #backlog = new BrokerBacklog();
  readonly #rates = new SecondCounts(61);
  readonly #types = new Map<string, number>();
  readonly #agents = new Map<string, number>();
  readonly #marks: Mark[] = [];
  #gaps: readonly Gap[] = [];
  readonly #health = new HealthFold();
  #version = 0;

  /** `bounds`: of the messages kept. `namespace`: alerts are of its runs alone. */
  constructor(
    thresholds: Thresholds = defaultThresholds,
    {
      bounds = defaultBounds,
      namespace,
    }: {readonly bounds?: LogBounds; readonly namespace?: string | undefined} = {},
  ) {
    this.#alerts = new Alerts(thresholds);
    this.#log = new MessageLog(bounds);
    this.#namespace = namespace;
  }

  /** Rises with every event: equal numbers, equal model. */
  get version(): number {
    return this.#version;
  }

  apply(event: MonitorEvent): void {
    this.#version += 1;
    this.#health.apply(event);
    this.#gaps = foldGaps(this.#gaps, event);
    dispatch(this.#effects, event);
    dispatch(logLines, event, this.#log);
  }

  /** What an event does besides the folds and the lines of the log. */
  readonly #effects: Effects = {
    message: event => this.#applyMessage(event),
    execution: ({execution, at}) => {
      keep(this.#executions, execution.id, execution, maxExecutions);
      this.#runs.applyExecution(execution, at + this.#skew);
    },
    'stf-files': ({files, at}) => this.#runs.applyFiles(files, at + this.#skew),
    'run-state': ({state, namespace, at}) =>
      this.#runs.applyState({...state, at: at + this.#skew}, namespace),
    acknowledged: () => this.#alerts.acknowledge(),
    mark: ({at, text}) => {
      this.#marks.push({at, text});
      if (this.#marks.length > maxMarks) this.#marks.shift();
    },
  };

  /** Server clock minus ours, ms. */
  get #skew(): number {
    return this.#health.lasting.clockSkew ?? 0;
  }

  /** Whether it is of another namespace than the one that is watched. */
  #isElsewhere({namespace}: {readonly namespace: string | undefined}): boolean {
    return isElsewhere(namespace, this.#namespace);
  }

  /** Holds the rules against what is at `now` (receiver's clock, ms). */
  checkAlerts(now: number): void {
    this.#alerts.check({
      now,
      health: this.#health.current,
      runs:
        this.#namespace === undefined
          ? this.#runs.list
          : this.#runs.list.filter(run => !this.#isElsewhere(run)),
      executions: this.#executions,
      gaps: this.#gaps,
    });
  }

  /** Alerts raised so far; rises with each. */
  get alertsRaised(): number {
    return this.#alerts.raised;
  }

  snapshot(now: number): Snapshot {
    return {
      now,
      health: this.#health.current,
      runs: this.#runs.list,
      droppedRuns: this.#runs.dropped,
      executions: this.#executions,
      gaps: this.#gaps,
      alerts: this.#alerts.list,
      settledAlerts: this.#alerts.settled,
      log: this.#log,
      types: this.#types,
      agents: this.#agents,
      marks: this.#marks,
      rates: this.#rates.before(now),
      latency: {median: this.#latencies.quantile(0.5), p99: this.#latencies.quantile(0.99)},
      backlog: this.#backlog.at(now),
    };
  }

  /** A snapshot that stays as it is, whatever comes. */
  freeze(now: number): Snapshot {
    return {
      ...this.snapshot(now),
      executions: new Map(this.#executions),
      log: this.#log.freeze(),
      types: new Map(this.#types),
      agents: new Map(this.#agents),
      marks: [...this.#marks],
    };
  }

  #applyMessage({message, at, data, source}: EventOf<'message'>): void {
    const {clockSkew: skew = 0, isSkewCoarse, filterTimes} = this.#health.lasting;
    const cameAt = at + skew;
    const isStreamed = source === 'stream';
    const isMonitors = isStreamed && isStampedByMonitor(message.content);
    const stamp = isStreamed
      ? this.#times.believed(message.sentAt, cameAt, isMonitors)
      : storedAt(message, cameAt);
    const sentAt = stamp ?? cameAt;
    const coming = {isStreamed, at: cameAt, asked: {filterTimes, skew}};
    const runKey = this.#runs.apply(message, sentAt, coming);
    if (!this.#isElsewhere(message)) this.#alerts.heard(message, runKey, at);
    if (!isStreamed) {
      const entry = {kind: 'message', at: sentAt - skew, message, isCaughtUp: true} as const;
      this.#log.insert(entry, data.length);
    } else {
      this.#log.addStreamed(at, message, data);
      this.#rates.add(at);
      if (stamp !== undefined && isMonitors) {
        this.#backlog.note(message, stamp, at);
        const latency = latencyOf(stamp, cameAt);
        if (latency !== undefined && !isSkewCoarse) this.#latencies.add(latency);
      }
    }
    count(this.#types, message.type, maxTypes);
    if (message.processedBy !== undefined) count(this.#agents, message.processedBy, maxTypes);
  }
}

/** When the monitor stored what REST brought, ms; undefined where that is later than now. */
const storedAt = ({sentAt}: WorkflowMessage, now: number): number | undefined =>
  sentAt === undefined || isAhead(sentAt, now) ? undefined : sentAt;

type Effects<Extra extends readonly unknown[] = []> = {
  readonly [Kind in MonitorEvent['kind']]?: (event: EventOf<Kind>, ...extra: Extra) => void;
};

function dispatch<Extra extends readonly unknown[]>(
  effects: Effects<Extra>,
  event: MonitorEvent,
  ...extra: Extra
): void {
  const effect = effects[event.kind] as
    ((event: MonitorEvent, ...extra: Extra) => void) | undefined;
  effect?.(event, ...extra);
}

/** What gaps, holes and marks do to the log. */
const logLines: Effects<[log: MessageLog]> = {
  'gap-opened': ({at, id, from, reason}, log) => {
    const known = {to: undefined, caughtUp: undefined, isUnanswered: false};
    log.add({kind: 'gap', at, gap: id, from, reason, ...known}, 0);
  },
  'gap-closed': ({id, to}, log) => log.changeGap(id, {to}),
  'gap-filled': ({id, caughtUp, isAnswered}, log) =>
    log.changeGap(id, isAnswered ? {caughtUp} : {isUnanswered: true}),
  hole: ({at, runId, namespace, first, last}, log) => {
    log.add({kind: 'hole', at, runId, namespace, first, last}, 0);
  },
  mark: ({at, text}, log) => {
    log.add({kind: 'mark', at, text}, text.length);
  },
};

/** Puts a value last, and keeps the map within its bound: what has been there longest goes. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value, bound: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > bound && oldest !== undefined) map.delete(oldest);
}
