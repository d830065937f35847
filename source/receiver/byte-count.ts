// Counts the bytes that come and tells them once a second, while there are any.
import type {MonitorEvent} from '../monitor-event.ts';
import {wallTime, type Clock} from './clock.ts';

/** Between two tellings, ms. */
const interval = 1000;

export class ByteCount {
  readonly #clock: Clock;
  readonly #emit: (event: MonitorEvent) => void;
  #count = 0;
  /** Moment of the newest. */
  #lastMoment = 0;
  #cancel: (() => void) | undefined;

  constructor({clock, emit}: {clock: Clock; emit: (event: MonitorEvent) => void}) {
    this.#clock = clock;
    this.#emit = emit;
  }

  /** `moment`: when they came. */
  add(count: number, moment: number): void {
    this.#count += count;
    this.#lastMoment = moment;
    this.#cancel ??= this.#clock.after(interval, () => {
      this.#cancel = undefined;
      const counted = this.#count;
      this.#count = 0;
      const lastAt = wallTime(this.#clock, this.#lastMoment);
      this.#emit({kind: 'bytes', at: this.#clock.now(), count: counted, lastAt});
    });
  }

  stop(): void {
    this.#cancel?.();
  }
}
