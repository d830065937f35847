// Counts the bytes that come and tells them once a second, while there are any.
import type {MonitorEvent} from '../monitor-event.ts';
import type {Clock} from './clock.ts';

/** Between two tellings, ms. */
const interval = 1000;

export class ByteCount {
  readonly #clock: Clock;
  readonly #emit: (event: MonitorEvent) => void;
  #count = 0;
  #lastAt = 0;
  #cancel: (() => void) | undefined;

  constructor({clock, emit}: {clock: Clock; emit: (event: MonitorEvent) => void}) {
    this.#clock = clock;
    this.#emit = emit;
  }

  add(count: number, at: number): void {
    this.#count += count;
    this.#lastAt = at;
    this.#cancel ??= this.#clock.after(interval, () => {
      this.#cancel = undefined;
      const counted = this.#count;
      this.#count = 0;
      this.#emit({kind: 'bytes', at: this.#clock.now(), count: counted, lastAt: this.#lastAt});
    });
  }

  stop(): void {
    this.#cancel?.();
  }
}
