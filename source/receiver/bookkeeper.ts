// Keeps account of what came and of what can have been missed: passes messages on once, tells gaps
// and holes, holds the stream against REST, and looks up what the messages name.
import type {MonitorEvent} from '../monitor-event.ts';
import {isOverStatus, type Execution} from '../wire/execution.ts';
import {sameFilter, type StreamFilter} from '../wire/filter.ts';
import {isElsewhere, type ServerEvent, type WorkflowMessage} from '../wire/message.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import {Executions} from './executions.ts';
import {GapWatch} from './gap-watch.ts';
import {HoleWatch} from './hole-watch.ts';
import {RunStates} from './run-states.ts';
import {SentCounts} from './sent-counts.ts';
import {FilesAtEnd} from './stf-files-lookup.ts';
import type {Stream} from './stream.ts';
import type {Timings} from './timings.ts';
import type {Testimony} from './testimony.ts';
import {Witness} from './witness.ts';

export interface BookkeeperOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly filter: StreamFilter;
  /** Lookups are of its runs and executions alone. */
  readonly namespace?: string | undefined;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
  /** The current stream. */
  readonly stream: () => Stream | undefined;
  /** It does not bring what the monitor has from the moment `since` on. */
  readonly deaf: (since: number) => void;
  /** A heartbeat is late, and the monitor says that it serves the stream no more. */
  readonly inactive: () => void;
}

type ControlEvent = Exclude<ServerEvent, {kind: 'message'}>;

/** Clocks that agree to so many ms are taken to agree until a heartbeat tells better. */
const coarse = 1000;

export class Bookkeeper {
  readonly #options: Pick<BookkeeperOptions, 'clock'>;
  readonly #emit: (event: MonitorEvent) => void;
  readonly #stream: () => Stream | undefined;
  readonly #gaps: GapWatch;
  readonly #holes: HoleWatch;
  readonly #witness: Witness;
  readonly #executions: Executions;
  readonly #runStates: RunStates;
  readonly #files: FilesAtEnd;
  readonly #namespace: string | undefined;
  readonly #sentCounts: SentCounts;
  /** Server clock minus `monotonic()`, ms; the newest that is known. */
  #skew: number | undefined;
  /** What REST was last asked to bring up to date. */
  #caughtUpAs: StreamFilter | undefined;

  constructor(given: BookkeeperOptions) {
    const {clock, timings, stream} = given;
    const options = {
      ...given,
      emit: (event: MonitorEvent) => this.#tell(event),
      listed: (running: readonly Execution[]) => this.#listed(running),
    };
    this.#emit = given.emit;
    this.#namespace = given.namespace;
    this.#options = given;
    this.#stream = stream;
    this.#witness = new Witness({...options, testimony: () => this.#testimony()});
    this.#gaps = new GapWatch({...options, closed: gap => this.#witness.catchUp(gap)});
    this.#holes = new HoleWatch({
      clock,
      grace: timings.holeGrace,
      found: hole => {
        this.#tell({kind: 'hole', at: clock.now(), ...hole});
        this.#witness.missed();
      },
    });
    this.#executions = new Executions(options);
    this.#files = new FilesAtEnd(options);
    this.#sentCounts = new SentCounts(options);
    this.#runStates = new RunStates({...options, filter: () => connectedFilter(stream())});
  }

  /** The server has answered with a stream. */
  opened({serverTime}: Stream): void {
    const {clock} = this.#options;
    if (serverTime === undefined) return;
    const isAgreed = Math.abs(serverTime - clock.now()) <= coarse;
    this.#skew ??= (isAgreed ? clock.now() : serverTime) - clock.monotonic();
  }

  /** An event of the server's own came. */
  control(stream: Stream, event: ControlEvent, isCurrent: boolean): void {
    const {id, receivedAt: at, lastByteMoment} = stream;
    if (isCurrent) this.#gaps.proven(event.kind === 'connected');
    if (event.kind === 'connected') {
      this.#tell({kind: 'connected', at, stream: id, clientId: event.clientId});
      this.#sentCounts.connected();
      this.#catchUpAs(stream.filter);
      this.#runStates.changed();
    } else {
      if (event.serverTime !== undefined) this.#skew = event.serverTime - lastByteMoment;
      this.#tell({kind: 'heartbeat', at, stream: id, serverTime: event.serverTime});
    }
  }

  /** A message came that no stream has brought before. */
  message(
    stream: Stream,
    message: WorkflowMessage,
    raw: {readonly name: string; readonly data: string},
    isCurrent: boolean,
  ): void {
    const {receivedAt: at, lastByteMoment} = stream;
    if (isCurrent) this.proven();
    if (isElsewhere(message.namespace, this.#namespace)) {
      // Nothing is read of another namespace's runs, and so nothing of them is caught up.
      this.#emit({kind: 'message', at, stream: stream.id, source: 'stream', ...raw, message});
      return;
    }
    this.#holes.heard(message);
    if (!this.#witness.heard(message, lastByteMoment)) return;
    this.#tell({kind: 'message', at, stream: stream.id, source: 'stream', ...raw, message});
  }

  /** The current stream brings messages. */
  proven(): void {
    this.#gaps.proven(false);
  }

  /** A heartbeat of the current stream is late. */
  heartbeatLate(): void {
    this.#sentCounts.heartbeatLate();
  }

  /** The process did not run: what came meanwhile is yet to be read. */
  stoodStill(): void {
    this.#witness.stoodStill();
  }

  /** Messages can be missed from the moment `from` on. */
  lost(from: number, reason: string): void {
    this.#gaps.lost(from, reason);
  }

  /** No stream is up: what comes next may jump. */
  interrupted(): void {
    this.#holes.interrupted();
    this.#runStates.changed();
  }

  stop(): void {
    this.#executions.stop();
    this.#runStates.stop();
    this.#files.stop();
    this.#sentCounts.stop();
    this.#gaps.stop();
    this.#holes.stop();
    this.#witness.stop();
  }

  /** An execution that runs is looked at again and again: it is told when it has changed. */
  #tell(event: MonitorEvent): void {
    if (event.kind === 'execution' && !this.#executions.isNews(event.execution)) return;
    if (event.kind === 'execution' && isOverStatus(event.execution.status)) {
      this.#witness.ended(event.execution.id);
    }
    if (event.kind === 'message') {
      const {executionId} = event.message;
      if (executionId !== undefined) this.#executions.seen(executionId);
      this.#runStates.heard(event.message);
    }
    this.#files.noticed(event);
    this.#emit(event);
  }

  /** These executions run: what has changed is reported, and what runs no more is looked up. */
  #listed(running: readonly Execution[]): void {
    const {clock} = this.#options;
    for (const execution of running) this.#tell({kind: 'execution', at: clock.now(), execution});
    this.#executions.listed(running);
  }

  /** What runs already when the receiver starts, or was not asked for before, is seen from its beginning. */
  #catchUpAs(filter: StreamFilter): void {
    const before = this.#caughtUpAs;
    if (before && sameFilter(before, filter)) return;
    this.#caughtUpAs = filter;
    if (!before) {
      this.#witness.catchUp(undefined);
      return;
    }
    // What comes next may jump over what was not asked for.
    this.#holes.interrupted();
    this.#witness.filterChanged(filter, before);
  }

  #testimony(): Testimony | undefined {
    const stream = this.#stream();
    if (stream?.confirmedMoment === undefined) return undefined;
    const {clock} = this.#options;
    const skew = this.#skew ?? clock.now() - clock.monotonic();
    const {filter, lastSentAt, confirmedMoment} = stream;
    return {filter, lastSentAt, connectedAt: confirmedMoment + skew, skew};
  }
}

/** What a stream asks for that the server has confirmed. */
const connectedFilter = (stream: Stream | undefined): StreamFilter | undefined =>
  stream?.confirmedMoment === undefined ? undefined : stream.filter;
