// Knows when messages can have been missed: a gap opens at the last byte of a lost stream and ends
// where the next one was connected, once that one has shown that it lives.
import type {MonitorEvent} from '../monitor-event.ts';
import {wallTime, type Clock} from './clock.ts';

/** A stream that lives this long after `connected`, ms, counts; broken servers end it in 15. */
const proof = 1000;

/** A time in which messages can have been missed, between two moments. */
export interface MissedTime {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

export class GapWatch {
  readonly #clock: Clock;
  readonly #emit: (event: MonitorEvent) => void;
  readonly #closed: (gap: MissedTime) => void;
  #count = 0;
  /** Moments. */
  #from: number | undefined;
  #connected: number | undefined;
  #cancelProof: (() => void) | undefined;

  constructor(options: {
    readonly clock: Clock;
    readonly emit: (event: MonitorEvent) => void;
    /** After the event that tells so. */
    readonly closed: (gap: MissedTime) => void;
  }) {
    this.#clock = options.clock;
    this.#emit = options.emit;
    this.#closed = options.closed;
  }

  /** Nothing can have been missed up to the moment `from`. */
  lost(from: number, reason: string): void {
    this.stop();
    this.#connected = undefined;
    if (this.#from !== undefined) return;
    this.#from = from;
    this.#count += 1;
    const at = this.#clock.now();
    const since = wallTime(this.#clock, from);
    this.#emit({kind: 'gap-opened', at, id: this.#count, from: since, reason});
  }

  /** The stream brought an event; `connected` alone proves little, so time has to pass after it. */
  proven(isConnected: boolean): void {
    if (this.#from === undefined) return;
    this.#connected ??= this.#clock.monotonic();
    if (!isConnected) this.#close();
    else this.#cancelProof ??= this.#clock.timeout(proof, () => this.#close());
  }

  stop(): void {
    this.#cancelProof?.();
    this.#cancelProof = undefined;
  }

  #close(): void {
    this.stop();
    const from = this.#from;
    const to = this.#connected;
    if (from === undefined || to === undefined) return;
    this.#from = undefined;
    this.#connected = undefined;
    const id = this.#count;
    this.#emit({
      kind: 'gap-closed',
      at: this.#clock.now(),
      id,
      from: wallTime(this.#clock, from),
      to: wallTime(this.#clock, to),
    });
    this.#closed({id, from, to});
  }
}
