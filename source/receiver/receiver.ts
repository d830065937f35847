// Keeps one stream alive for ever and tells everything that happens as MonitorEvents. What happens
// when is in `connection-table.ts`; here are the hands: streams, timers, overlap, registration.
import type {ConnectReason, MonitorEvent} from '../monitor-event.ts';
import type {Failure} from '../wire/failure.ts';
import {sameFilter, type StreamFilter} from '../wire/filter.ts';
import type {ReceiverIdentity} from '../wire/heartbeat.ts';
import type {ServerEvent} from '../wire/message.ts';
import type {Fetch} from '../wire/transport.ts';
import {Backoff} from './backoff.ts';
import {Bookkeeper} from './bookkeeper.ts';
import {ByteCount} from './byte-count.ts';
import {Changeover} from './changeover.ts';
import {wallTime, type Clock, type TimeChange} from './clock.ts';
import {
  connectionTable,
  type ConnectionAction,
  type ConnectionInput,
  type ConnectionState,
} from './connection-table.ts';
import {Registration} from './registration.ts';
import {Renewals} from './renewals.ts';
import {Stream} from './stream.ts';
import type {Timings} from './timings.ts';

export interface ReceiverOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly filter: StreamFilter;
  /** Lookups are of its runs and executions alone; undefined: of all. */
  readonly namespace?: string | undefined;
  /** Undefined: do not register. */
  readonly identity: ReceiverIdentity | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
}

export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #backoff: Backoff;
  readonly #changeover: Changeover;
  readonly #books: Bookkeeper;
  readonly #registration: Registration | undefined;
  readonly #bytes: ByteCount;
  readonly #renewals: Renewals;
  #state: ConnectionState = 'idle';
  #current: Stream | undefined;
  /** In force, or what the next stream asks for. */
  #filter: StreamFilter;
  #wanted: StreamFilter;
  #streams = 0;
  #why: ConnectReason = 'start';
  /** Moment since which the stream, or those that it took over from, has lived. */
  #liveSince = Infinity;
  #failure: Failure | undefined;
  #cancelRetry: (() => void) | undefined;
  /** Moment at which the next try is due; Infinity: none is. */
  #retryMoment = Infinity;
  #cancelRenewal: (() => void) | undefined;
  readonly #cancelWatch: () => void;
  #cancelDebounce: (() => void) | undefined;

  constructor(options: ReceiverOptions) {
    const {identity, timings, random, clock} = options;
    this.#options = options;
    this.#filter = options.filter;
    this.#wanted = options.filter;
    this.#backoff = new Backoff(timings, random);
    this.#books = new Bookkeeper({
      ...options,
      stream: () => this.#current,
      deaf: since => this.#renewals.deaf(since),
      inactive: () => this.#renew('heartbeat'),
    });
    this.#bytes = new ByteCount(options);
    this.#renewals = new Renewals({...options, renew: why => this.#renew(why)});
    this.#changeover = new Changeover({
      clock,
      timings,
      changeTo: (stream, why) => this.#changeTo(stream, why),
      failed: (stream, why, failure) => this.#changeFailed(stream, why, failure),
    });
    if (identity) this.#registration = new Registration({...options, identity});
    this.#cancelWatch = clock.watch(change => this.#timeChanged(change));
  }

  start(): void {
    this.#take('start');
  }

  /** A new stream now: beside the old one if that works, at once instead of the countdown else. */
  reconnect(): void {
    this.#renew('operator');
  }

  /** Asks the server for `filter`, once the operator has stopped changing it. */
  setFilter(filter: StreamFilter): void {
    const {clock, timings} = this.#options;
    if (this.#state === 'stopped') return;
    this.#wanted = filter;
    this.#emit({kind: 'filter-requested', at: clock.now(), filter});
    this.#cancelDebounce?.();
    this.#cancelDebounce = clock.after(timings.filterDebounce, () => this.#applyFilter());
  }

  /** Ends everything, says EXITED to the registry; resolves within the farewell time. */
  async stop(reason: string): Promise<void> {
    if (this.#state === 'stopped') return;
    this.#take('stop');
    await this.#registration?.stop();
    this.#emit({kind: 'stopped', at: this.#options.clock.now(), reason});
  }

  #emit(event: MonitorEvent): void {
    this.#options.emit(event);
  }

  #take(input: ConnectionInput): void {
    const step = connectionTable[this.#state][input];
    if (!step) return;
    const [next, ...actions] = step;
    this.#state = next;
    for (const action of actions) this.#actions[action]();
  }

  readonly #actions: Readonly<Record<ConnectionAction, () => void>> = {
    connect: () => {
      this.#retryMoment = Infinity;
      this.#filter = this.#wanted;
      this.#current = this.#open(this.#why, this.#filter);
    },
    overlap: () => {
      const current = this.#current;
      if (current) this.#changeover.begin(current, this.#open(this.#why, this.#wanted), this.#why);
    },
    drop: () => {
      this.#current?.close();
    },
    scheduleRetry: () => {
      const now = this.#options.clock.now();
      this.#settleBackoff();
      const {reason = 'lost', remedy, retryAfter = 0} = this.#failure ?? {};
      const asked = Math.min(retryAfter, this.#options.timings.longestRetryAfter);
      const delay = Math.max(this.#backoff.next(), asked);
      this.#disconnected(delay);
      this.#emit({
        kind: 'retrying',
        at: now,
        attempt: this.#backoff.failures,
        retryAt: now + delay,
        reason,
        remedy,
      });
    },
    scheduleSlowRetry: () => {
      const now = this.#options.clock.now();
      const delay = this.#options.timings.refusedRetry;
      const {reason = 'refused', remedy} = this.#failure ?? {};
      this.#disconnected(delay);
      this.#emit({kind: 'refused', at: now, retryAt: now + delay, reason, remedy});
    },
    cancelRetry: () => this.#cancelRetry?.(),
    reportOpened: () => {
      const stream = this.#current;
      if (!stream) return;
      this.#liveSince = this.#options.clock.monotonic();
      this.#reportOpened(stream);
      this.#registration?.receiving();
    },
    scheduleRenewal: () => {
      const {clock} = this.#options;
      this.#settleBackoff();
      const delay = this.#backoff.next();
      const at = clock.now();
      const since = wallTime(clock, this.#current?.lastEventMoment ?? clock.monotonic());
      this.#emit({kind: 'quiet', at, since, reconnectAt: at + delay});
      this.#cancelRenewal?.();
      this.#cancelRenewal = clock.after(delay, () => this.#renew('heartbeat'));
    },
    cancelRenewal: () => this.#cancelRenewal?.(),
    reportRecovered: () => this.#emit({kind: 'recovered', at: this.#options.clock.now()}),
    close: () => {
      this.#cancelWatch();
      this.#cancelRenewal?.();
      this.#cancelRetry?.();
      this.#cancelDebounce?.();
      this.#bytes.stop();
      this.#changeover.stop();
      this.#books.stop();
      this.#renewals.stop();
      this.#current?.close();
    },
  };

  #disconnected(delay: number): void {
    this.#books.interrupted();
    this.#renewals.stop();
    this.#liveSince = Infinity;
    this.#failure = undefined;
    this.#current = undefined;
    this.#why = 'retry';
    this.#registration?.disconnected();
    const {clock} = this.#options;
    this.#retryMoment = clock.monotonic() + delay;
    this.#cancelRetry = clock.after(delay, () => this.#take('retryDue'));
  }

  /** A stream that brought events for a good while makes the backoff start again. */
  #settleBackoff(): void {
    const lastEvent = this.#current?.lastEventMoment ?? this.#options.clock.monotonic();
    if (lastEvent - this.#liveSince >= this.#options.timings.goodLife) this.#backoff.reset();
  }

  #timeChanged(change: TimeChange): void {
    const {clock} = this.#options;
    this.#emit({at: clock.now(), ...change});
    if (change.kind !== 'stood-still') return;
    this.#current?.stoodStill();
    this.#books.stoodStill();
    this.#registration?.stoodStill();
    // A timer may have stood still with the machine.
    if (clock.monotonic() < this.#retryMoment) return;
    this.#cancelRetry?.();
    this.#take('retryDue');
  }

  #open(why: ConnectReason, filter: StreamFilter): Stream {
    const {base, fetch, clock, timings} = this.#options;
    this.#streams += 1;
    const id = this.#streams;
    const attempt = this.#backoff.failures + 1;
    this.#emit({kind: 'connecting', at: clock.now(), stream: id, why, attempt, filter});
    return new Stream({id, base, filter, fetch, clock, timings, owner: this.#owner});
  }

  readonly #owner = {
    bytes: (stream: Stream, count: number) => this.#bytes.add(count, stream.lastByteMoment),
    heartbeatLate: (stream: Stream) => {
      if (stream === this.#current) this.#books.heartbeatLate();
    },
    heartbeatMissed: (stream: Stream) => {
      if (stream === this.#current) this.#take('heartbeatMissed');
    },
    ended: (stream: Stream, failure: Failure) => this.#ended(stream, failure),
    event: (stream: Stream, event: ServerEvent, name: string, data: string) =>
      this.#received(stream, event, name, data),
  };

  #received(stream: Stream, event: ServerEvent, name: string, data: string): void {
    this.#changeover.proven(stream);
    const isCurrent = stream === this.#current;
    if (isCurrent) this.#take(this.#state === 'connecting' ? 'confirmed' : 'event');
    if (event.kind !== 'message') {
      this.#books.control(stream, event, isCurrent);
    } else if (this.#changeover.isNew(stream, data)) {
      this.#renewals.heard();
      this.#books.message(stream, event.message, {name, data}, isCurrent);
    } else if (isCurrent) {
      this.#books.proven();
    }
  }

  #ended(stream: Stream, failure: Failure): void {
    if (this.#changeover.ended(stream, failure)) return;
    if (stream !== this.#current) return;
    const {reason, remedy} = failure;
    this.#failure = failure;
    if (stream.isConfirmed) {
      this.#emit({kind: 'lost', at: this.#options.clock.now(), stream: stream.id, reason, remedy});
      this.#books.lost(stream.lastEventMoment, reason);
    }
    const successor = this.#changeover.takeSuccessor(stream);
    if (successor) {
      // The next stream is on its way already: go on with that one.
      this.#current = successor;
      this.#filter = successor.filter;
      this.#take('handover');
      return;
    }
    this.#take(failure.kind);
  }

  #applyFilter(): void {
    const {clock} = this.#options;
    this.#changeover.abandon();
    if (sameFilter(this.#wanted, this.#filter)) {
      this.#emit({kind: 'filter-changed', at: clock.now(), filter: this.#filter});
      this.#take('renewalFailed');
      return;
    }
    this.#why = 'filter';
    this.#take('refilter');
  }

  #changeTo(stream: Stream, why: ConnectReason): void {
    const {clock} = this.#options;
    this.#settleBackoff();
    const missed = this.#missedBefore(why);
    this.#current = stream;
    this.#liveSince = clock.monotonic();
    const hasChanged = !sameFilter(this.#filter, stream.filter);
    this.#filter = stream.filter;
    if (missed) this.#books.lost(missed.from, missed.reason);
    this.#reportOpened(stream);
    if (hasChanged || why === 'filter') {
      this.#emit({kind: 'filter-changed', at: clock.now(), filter: stream.filter});
    }
    this.#take('event');
  }

  /** From which moment on the stream that is replaced can have missed messages; undefined: it has not. */
  #missedBefore(why: ConnectReason): {readonly from: number; readonly reason: string} | undefined {
    const {clock} = this.#options;
    const from = this.#current?.lastEventMoment ?? clock.monotonic();
    if (why === 'deaf') {
      return {from: this.#renewals.deafSince ?? from, reason: 'the stream was deaf'};
    }
    const isSilent = this.#state === 'noHeartbeat' || why === 'heartbeat';
    return isSilent ? {from, reason: 'no heartbeat'} : undefined;
  }

  #changeFailed(stream: Stream, why: ConnectReason, {reason}: Failure): void {
    this.#wanted = this.#filter;
    const at = this.#options.clock.now();
    this.#emit({kind: 'change-failed', at, why, filter: stream.filter, reason});
    this.#take('renewalFailed');
  }

  #reportOpened(stream: Stream): void {
    const {clock} = this.#options;
    const {id, filter, serverTime} = stream;
    const at = clock.now();
    this.#books.opened(stream);
    this.#emit({kind: 'opened', at, stream: id, filter, serverTime});
    this.#renewals.opened();
  }

  /** A new stream beside the working one, unless one is on its way already. */
  #renew(why: ConnectReason): void {
    if (this.#changeover.isUnderWay) return;
    this.#why = why;
    this.#take('reconnect');
  }
}
