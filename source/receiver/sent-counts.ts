// Reads the monitor's row of this subscriber now and then, for how many messages it has sent on the stream, to be
// held against how many came; and once when a heartbeat is late, for whether it serves the stream at all.
import type {MonitorEvent} from '../monitor-event.ts';
import {fetchSubscriber, type Subscriber} from '../wire/sent-count.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import type {Stream} from './stream.ts';
import type {Timings} from './timings.ts';

/** The table grows for ever: bytes a second that may be read of it, on the average. */
const maxBytesPerSecond = 2000;

export interface SentCountsOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
  /** The current stream. */
  readonly stream: () =>
    Pick<Stream, 'id' | 'clientId' | 'messages' | 'lastEventMoment'> | undefined;
  /** A heartbeat is late, and the monitor serves the stream no more. */
  readonly inactive: () => void;
}

export class SentCounts {
  readonly #options: SentCountsOptions;
  readonly #stopping = new AbortController();
  #cancel: (() => void) | undefined;
  #isReading = false;
  /** The moment from which on the table may be read again: a long one seldom. */
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(options: SentCountsOptions) {
    this.#options = options;
  }

  /** A stream was confirmed. */
  connected(): void {
    this.#readAfter(this.#options.timings.sentCountFirst);
  }

  /** A heartbeat of the current stream is late: a row that says inactive is right, one that says active may be old. */
  heartbeatLate(): void {
    void this.#readForLate();
  }

  stop(): void {
    this.#stopping.abort();
    this.#cancel?.();
  }

  #readAfter(delay: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(delay, () => void this.#readInTurn());
  }

  async #readInTurn(): Promise<void> {
    const {clock, timings} = this.#options;
    await this.#read();
    if (this.#stopping.signal.aborted) return;
    this.#readAfter(Math.max(timings.sentCount, this.#notBefore - clock.monotonic()));
  }

  async #readForLate(): Promise<void> {
    const {clock, stream, inactive} = this.#options;
    if (this.#isReading || clock.monotonic() < this.#notBefore) return;
    const late = stream();
    const since = late?.lastEventMoment;
    const row = await this.#read();
    if (row?.isActive !== false || this.#stopping.signal.aborted) return;
    // It may have ended or gone on meanwhile.
    const now = stream();
    if (now && now.id === late?.id && now.lastEventMoment === since) inactive();
  }

  async #read(): Promise<Subscriber | undefined> {
    const {base, fetch, clock, timings, emit, stream: current} = this.#options;
    const stream = current();
    if (stream?.clientId === undefined) return undefined;
    let bytes = 0;
    const onAnswer = (size: number) => {
      bytes = size;
    };
    const request = {timeout: timings.request, signal: this.#stopping.signal, onAnswer};
    this.#isReading = true;
    try {
      const row = await fetchSubscriber(fetch, base, stream.clientId, request);
      if (this.#stopping.signal.aborted) return undefined;
      const {id, messages: arrived} = stream;
      emit({kind: 'sent-count', at: clock.now(), stream: id, sent: row.sent, arrived, bytes});
      return row;
    } catch (error) {
      if (this.#stopping.signal.aborted) return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      emit({kind: 'sent-count-unknown', at: clock.now(), reason});
      return undefined;
    } finally {
      this.#isReading = false;
      this.#notBefore = clock.monotonic() + (bytes / maxBytesPerSecond) * 1000;
    }
  }
}
