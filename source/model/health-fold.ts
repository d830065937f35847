// Folds the health as events come. What every message of the stream only counts up is put in when
// the health is asked for: a copy for each would cost as much as the message's run.
import type {MonitorEvent} from '../monitor-event.ts';
import {foldHealth, heard, newHealth, type Health} from './health.ts';

export class HealthFold {
  #folded: Health = newHealth;
  #messages = 0;
  #faults = 0;
  #lastAt = 0;

  apply(event: MonitorEvent): void {
    const {beganAt, word, silentExecutions} = this.#folded;
    const isUsual = beganAt !== undefined && word !== 'DEAF' && silentExecutions.size === 0;
    if (!isUsual || event.kind !== 'message' || event.source !== 'stream') {
      this.#folded = foldHealth(this.current, event);
      return;
    }
    this.#messages += 1;
    if (event.message.fault !== undefined) this.#faults += 1;
    this.#lastAt = event.at;
  }

  get current(): Health {
    if (this.#messages > 0) {
      const counted = heard(this.#folded, this.#messages, this.#faults, this.#lastAt);
      this.#folded = {...this.#folded, ...counted};
      this.#messages = 0;
      this.#faults = 0;
    }
    return this.#folded;
  }

  /** Server clock minus ours, ms, and when what was not asked for; no message changes them. */
  get lasting(): Pick<Health, 'clockSkew' | 'isSkewCoarse' | 'filterTimes'> {
    return this.#folded;
  }
}
