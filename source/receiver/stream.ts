// One stream on its way through life: opening, open, silent, ended. It watches its own clock (an
// answer in time, bytes in time) and tells its owner; what that means is decided there.
import {openEventStream, type EventStream} from '../http/event-stream.ts';
import {lost, type Failure} from '../wire/failure.ts';
import {streamUrl, type StreamFilter} from '../wire/filter.ts';
import {readEvent, type ServerEvent} from '../wire/message.ts';
import {isAhead} from '../wire/stamp.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import type {Timings} from './timings.ts';

export interface StreamOwner {
  opened(stream: Stream): void;
  bytes(stream: Stream, count: number): void;
  event(stream: Stream, event: ServerEvent, name: string, data: string): void;
  /** No bytes for the quiet time. */
  silent(stream: Stream): void;
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

export class Stream {
  readonly id: number;
  readonly filter: StreamFilter;
  /** When the last byte came; before the first, when the attempt began. */
  lastByteAt: number;
  /** When it opened, by the server's clock, to the second, ms. */
  serverTime: number | undefined;
  /** When the server confirmed it, receiver's clock, ms. */
  connectedAt: number | undefined;
  /** What the server calls this stream. */
  clientId: string | undefined;
  /** Messages that it brought. */
  messages = 0;
  /** Stamps on the first message that it brought, and the latest of all. */
  firstSentAt: number | undefined;
  lastSentAt: number | undefined;
  readonly #options: StreamOptions;
  readonly #source: EventStream;
  /** Server clock minus ours, to the second, ms. */
  #skew = 0;
  #isOpen = false;
  #cancelWatch: () => void;

  constructor(options: StreamOptions) {
    const {id, base, filter, fetch, clock, timings, owner} = options;
    this.#options = options;
    this.id = id;
    this.filter = filter;
    this.lastByteAt = clock.now();
    this.#cancelWatch = clock.after(timings.opening, () => {
      this.close();
      owner.ended(this, lost(`no answer within ${timings.opening / 1000} s`));
    });
    this.#source = openEventStream(streamUrl(base, filter), fetch, {
      onOpen: serverTime => {
        this.#isOpen = true;
        this.serverTime = serverTime;
        this.lastByteAt = clock.now();
        if (serverTime !== undefined) this.#skew = serverTime - this.lastByteAt;
        this.#cancelWatch();
        this.#watchSilence();
        owner.opened(this);
      },
      onBytes: count => {
        this.lastByteAt = clock.now();
        owner.bytes(this, count);
      },
      onEvent: (name, data) => this.#heard(this.#credible(readEvent(name, data)), name, data),
      onEnd: failure => {
        this.#cancelWatch();
        owner.ended(this, failure);
      },
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  close(): void {
    this.#cancelWatch();
    this.#source.close();
  }

  #heard(event: ServerEvent, name: string, data: string): void {
    this.connectedAt ??= this.lastByteAt;
    if (event.kind === 'connected') this.clientId = event.clientId;
    if (event.kind === 'message') this.messages += 1;
    if (event.kind === 'message' && event.message.sentAt !== undefined) {
      const {sentAt} = event.message;
      this.firstSentAt ??= sentAt;
      this.lastSentAt = Math.max(this.lastSentAt ?? sentAt, sentAt);
    }
    this.#options.owner.event(this, event, name, data);
  }

  /** Without a stamp of later than now, which would put everything after it into the past. */
  #credible(event: ServerEvent): ServerEvent {
    if (event.kind !== 'message' || event.message.sentAt === undefined) return event;
    if (!isAhead(event.message.sentAt, this.lastByteAt + this.#skew)) return event;
    return {...event, message: {...event.message, sentAt: undefined}};
  }

  /** Tells the quiet time once per silence, and ends at the stale time; both from the last byte. */
  #watchSilence(): void {
    const {clock, timings, owner} = this.#options;
    const silence = clock.now() - this.lastByteAt;
    if (silence >= timings.stale) {
      this.close();
      owner.ended(this, lost(`no bytes for ${Math.round(silence / 1000)} s`));
      return;
    }
    const isQuiet = silence >= timings.quiet;
    if (isQuiet) owner.silent(this);
    this.#cancelWatch = clock.after(
      Math.max(1, (isQuiet ? timings.stale : timings.quiet) - silence),
      () => this.#watchSilence(),
    );
  }
}
