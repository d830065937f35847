// A model that hears recorded events as it would have heard them then: time goes on between them, and
// the alerts are checked once a second, as on the live screen.
import {MonitorModel} from '../model/monitor-model.ts';
import type {MonitorEvent} from '../monitor-event.ts';
import type {Thresholds} from '../thresholds.ts';

/** Seconds without any event that are gone through one by one: while a program ran, there is one. */
const longestSilence = 3600;

export class Retold {
  readonly model: MonitorModel;
  /** Recorded time, ms; 0 before the first event. */
  now = 0;
  /** The second of the last check. */
  #checked: number | undefined;

  /** `namespace`: alerts are of its runs alone. */
  constructor(thresholds: Thresholds, namespace?: string) {
    this.model = new MonitorModel(thresholds, {namespace});
  }

  hear(event: MonitorEvent): void {
    if (event.kind === 'clock-stepped') this.#shift(event.by);
    this.#check(secondOf(event.at) - 1);
    this.model.apply(event);
    this.passTo(event.at);
  }

  /** The clock that recorded was set by so many ms. */
  #shift(by: number): void {
    this.now += by;
    if (this.#checked !== undefined) this.#checked = secondOf(this.now);
  }

  /** Time passes; it never goes back, but where the clock was set. */
  passTo(time: number): void {
    if (time <= this.now) return;
    this.#check(secondOf(time) - 1);
    this.now = time;
    if (this.#checked === secondOf(time)) return;
    this.#checked = secondOf(time);
    this.model.checkAlerts(time);
  }

  /** Each full second up to `last` in which nothing happened. */
  #check(last: number): void {
    if (this.#checked === undefined) return;
    const first = Math.max(this.#checked + 1, last - longestSilence);
    for (let second = first; second <= last; second += 1) {
      this.#checked = second;
      this.model.checkAlerts(second * 1000);
    }
  }
}

const secondOf = (time: number): number => Math.floor(time / 1000);
