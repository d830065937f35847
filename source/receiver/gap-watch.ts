// Knows when messages can have been missed: a gap opens at the last byte of a lost stream and ends
// where the next one was connected, once that one has shown that it lives.
import type {EventOf, MonitorEvent} from '../monitor-event.ts';
import type {Clock} from './clock.ts';

/** A stream that lives this long after `connected`, ms, counts; broken servers end it in 15. */
const proof = 1000;

export class GapWatch {
  readonly #clock: Clock;
  readonly #emit: (event: MonitorEvent) => void;
  readonly #closed: (gap: EventOf<'gap-closed'>) => void;
  #count = 0;
  #from: number | undefined;
  #connectedAt: number | undefined;
  #cancelProof: (() => void) | undefined;

  constructor(options: {
    readonly clock: Clock;
    readonly emit: (event: MonitorEvent) => void;
    /** After the event that tells so. */
    readonly closed: (gap: EventOf<'gap-closed'>) => void;
  }) {
    this.#clock = options.clock;
    this.#emit = options.emit;
    this.#closed = options.closed;
  }

  /** The stream ended; its last byte came at `from`. */
  lost(from: number, reason: string): void {
    this.stop();
    this.#connectedAt = undefined;
    if (this.#from !== undefined) return;
    this.#from = from;
    this.#count += 1;
    this.#emit({kind: 'gap-opened', at: this.#clock.now(), id: this.#count, from, reason});
  }

  /** The stream brought an event; `connected` alone proves little, so time has to pass after it. */
  proven(isConnected: boolean): void {
    if (this.#from === undefined) return;
    this.#connectedAt ??= this.#clock.now();
    if (!isConnected) this.#close();
    else this.#cancelProof ??= this.#clock.after(proof, () => this.#close());
  }

  stop(): void {
    this.#cancelProof?.();
    this.#cancelProof = undefined;
  }

  #close(): void {
    this.stop();
    const from = this.#from;
    const to = this.#connectedAt;
    if (from === undefined || to === undefined) return;
    this.#from = undefined;
    this.#connectedAt = undefined;
    const gap = {kind: 'gap-closed', at: this.#clock.now(), id: this.#count, from, to} as const;
    this.#emit(gap);
    this.#closed(gap);
  }
}
