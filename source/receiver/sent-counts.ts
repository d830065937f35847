// Asks the monitor now and then how many messages it has sent on the stream, to be held against how
// many came.
import type {MonitorEvent} from '../monitor-event.ts';
import {fetchSentCount} from '../wire/sent-count.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import type {Stream} from './stream.ts';
import type {Timings} from './timings.ts';

/** The table grows for ever: bytes a second that may be read of it, on the average. */
const thrift = 2000;

export interface SentCountsOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
  /** The current stream. */
  readonly stream: () => Pick<Stream, 'id' | 'clientId' | 'messages'> | undefined;
}

export class SentCounts {
  readonly #options: SentCountsOptions;
  readonly #stopping = new AbortController();
  #cancel: (() => void) | undefined;

  constructor(options: SentCountsOptions) {
    this.#options = options;
  }

  /** A stream has said hello. */
  connected(): void {
    this.#askAfter(this.#options.timings.sentCountFirst);
  }

  stop(): void {
    this.#stopping.abort();
    this.#cancel?.();
  }

  #askAfter(delay: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(delay, () => void this.#ask());
  }

  async #ask(): Promise<void> {
    const {base, fetch, clock, timings, emit, stream: current} = this.#options;
    const stream = current();
    let bytes = 0;
    if (stream?.clientId !== undefined) {
      const onAnswer = (size: number) => {
        bytes = size;
      };
      const request = {timeout: timings.request, signal: this.#stopping.signal, onAnswer};
      try {
        const sent = await fetchSentCount(fetch, base, stream.clientId, request);
        if (this.#stopping.signal.aborted) return;
        const {id, messages: arrived} = stream;
        emit({kind: 'sent-count', at: clock.now(), stream: id, sent, arrived, bytes});
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        const reason = error instanceof Error ? error.message : String(error);
        emit({kind: 'sent-count-unknown', at: clock.now(), reason});
      }
    }
    this.#askAfter(Math.max(timings.sentCount, (bytes / thrift) * 1000));
  }
}
