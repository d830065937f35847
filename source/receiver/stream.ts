// One stream on its way through life: opening, open, confirmed by its first event, silent, ended. It watches its own
// clock (an answer in time, events in time, bytes in time) and reports to its owner; what that means is decided there.
import {openEventStream, type EventStream} from '../http/event-stream.ts';
import {lost, noEventFailure, type Failure} from '../wire/failure.ts';
import {streamUrl, type StreamFilter} from '../wire/filter.ts';
import {readEvent, type ServerEvent} from '../wire/message.ts';
import {isAhead} from '../wire/stamp.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import type {Timings} from './timings.ts';

export interface StreamOwner {
  bytes(stream: Stream, count: number): void;
  /** The first one confirms the stream. */
  event(stream: Stream, event: ServerEvent, name: string, data: string): void;
  /** A heartbeat is late; once a silence. */
  heartbeatLate(stream: Stream): void;
  /** No event for longer than a heartbeat can take; once a silence. */
  heartbeatMissed(stream: Stream): void;
  /** Once, and never after `close()`. */
  ended(stream: Stream, failure: Failure): void;
}

export interface StreamOptions {
  readonly id: number;
  readonly base: string;
  readonly filter: StreamFilter;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly owner: StreamOwner;
}

const none: ReadonlySet<never> = new Set();

export class Stream {
  readonly id: number;
  readonly filter: StreamFilter;
  /** When the newest bytes came, wall time, ms. */
  receivedAt: number;
  /** Moment of the newest byte; before the first, of the attempt's beginning. */
  lastByteMoment: number;
  /** Moment of the newest event: comments and half events are none. */
  lastEventMoment: number;
  /** Moment of its first event, which confirms it. */
  confirmedMoment: number | undefined;
  /** What the server calls this stream. */
  clientId: string | undefined;
  /** Messages that it brought. */
  messages = 0;
  /** Stamps on the first message that it brought, and the latest of all. */
  firstSentAt: number | undefined;
  lastSentAt: number | undefined;
  readonly #options: StreamOptions;
  readonly #source: EventStream;
  /** The answer's Date minus the moment of its coming, to the second, ms. */
  #serverOffset: number | undefined;
  /** What a silence was reported as, until the next event. */
  #reported: ReadonlySet<'late' | 'missed'> = none;
  /** Nothing is given up before this moment: what came while the process stood still is yet to be read. */
  #graceUntil = Number.NEGATIVE_INFINITY;
  #cancelWatch: () => void;

  constructor(options: StreamOptions) {
    const {id, base, filter, fetch, clock, timings, owner} = options;
    this.#options = options;
    this.id = id;
    this.filter = filter;
    this.receivedAt = clock.now();
    this.lastByteMoment = clock.monotonic();
    this.lastEventMoment = this.lastByteMoment;
    this.#cancelWatch = this.#giveUpAfter(
      timings.opening,
      lost(`no answer within ${timings.opening / 1000} s`),
    );
    this.#source = openEventStream(streamUrl(base, filter), fetch, {
      onOpen: serverTime => {
        this.#noteBytes();
        if (serverTime !== undefined) this.#serverOffset = serverTime - this.lastByteMoment;
        this.#cancelWatch();
        this.#cancelWatch = this.#giveUpAfter(
          timings.firstEvent,
          noEventFailure(timings.firstEvent),
        );
      },
      onBytes: count => {
        this.#noteBytes();
        owner.bytes(this, count);
      },
      onEvent: (name, data) => this.#received(this.#credible(readEvent(name, data)), name, data),
      onEnd: failure => {
        this.#cancelWatch();
        owner.ended(this, failure);
      },
    });
  }

  /** Whether the server has confirmed it; 200 alone is no success. */
  get isConfirmed(): boolean {
    return this.confirmedMoment !== undefined;
  }

  /** The server's clock now, by the answer's Date, to the second, ms since the epoch. */
  get serverTime(): number | undefined {
    if (this.#serverOffset === undefined) return undefined;
    return this.#serverOffset + this.#options.clock.monotonic();
  }

  /** The process did not run: what has come meanwhile is read first. */
  stoodStill(): void {
    const {clock, timings} = this.#options;
    this.#graceUntil = clock.monotonic() + timings.afterStandstill;
    if (!this.isConfirmed) return;
    this.#cancelWatch();
    this.#watchSilence();
  }

  close(): void {
    this.#cancelWatch();
    this.#source.close();
  }

  #giveUpAfter(timeoutMs: number, failure: Failure): () => void {
    return this.#options.clock.timeout(timeoutMs, () => {
      this.close();
      this.#options.owner.ended(this, failure);
    });
  }

  #noteBytes(): void {
    const {clock} = this.#options;
    clock.check();
    this.receivedAt = clock.now();
    this.lastByteMoment = clock.monotonic();
  }

  #received(event: ServerEvent, name: string, data: string): void {
    this.lastEventMoment = this.lastByteMoment;
    const wasSilent = this.#reported.size > 0;
    this.#reported = none;
    if (event.kind === 'connected') this.clientId = event.clientId;
    if (event.kind === 'message') this.messages += 1;
    if (event.kind === 'message' && event.message.sentAt !== undefined) {
      const {sentAt} = event.message;
      this.firstSentAt ??= sentAt;
      this.lastSentAt = Math.max(this.lastSentAt ?? sentAt, sentAt);
    }
    if (wasSilent || this.confirmedMoment === undefined) {
      this.confirmedMoment ??= this.lastByteMoment;
      this.#cancelWatch();
      this.#watchSilence();
    }
    this.#options.owner.event(this, event, name, data);
  }

  /** Without a stamp of later than now, which would put everything after it into the past. */
  #credible(event: ServerEvent): ServerEvent {
    if (event.kind !== 'message' || event.message.sentAt === undefined) return event;
    const serverNow =
      this.#serverOffset === undefined ? this.receivedAt : this.lastByteMoment + this.#serverOffset;
    if (!isAhead(event.message.sentAt, serverNow)) return event;
    return {...event, message: {...event.message, sentAt: undefined}};
  }

  /** Reports a silence once as late and once as missed, and ends where nothing at all comes. */
  #watchSilence(): void {
    const {clock, timings, owner} = this.#options;
    const now = clock.monotonic();
    const deadAt = Math.max(this.lastByteMoment + timings.stale, this.#graceUntil);
    if (now >= deadAt) {
      this.close();
      const silence = Math.round((now - this.lastByteMoment) / 1000);
      owner.ended(this, lost(`no bytes for ${silence} s`));
      return;
    }
    const silence = now - this.lastEventMoment;
    const isLate = silence >= timings.heartbeatLate;
    const isMissed = silence >= timings.heartbeatMissed;
    const before = this.#reported;
    this.#reported = new Set([
      ...(isLate ? (['late'] as const) : []),
      ...(isMissed ? (['missed'] as const) : []),
    ]);
    const next = [
      deadAt - now,
      isLate ? Infinity : timings.heartbeatLate - silence,
      timings.heartbeatMissed - silence,
    ].filter(wait => wait > 0);
    this.#cancelWatch = clock.after(Math.max(1, Math.min(...next)), () => {
      const grace = this.#graceUntil;
      // Where the process stood still until now, this comes back as `stoodStill`.
      clock.check();
      if (grace === this.#graceUntil) this.#watchSilence();
    });
    if (isLate && !before.has('late')) owner.heartbeatLate(this);
    if (isMissed && !before.has('missed')) owner.heartbeatMissed(this);
  }
}
