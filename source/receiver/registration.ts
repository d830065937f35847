// Keeps this receiver in the monitor's agent registry: at once when a stream opens, every minute
// after that, EXITED on a clean stop. Its failures are told and tried again; they stop nothing.
import type {MonitorEvent} from '../monitor-event.ts';
import {
  registrationStates,
  sendHeartbeat,
  type ReceiverIdentity,
  type RegistrationState,
} from '../wire/heartbeat.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import type {Timings} from './timings.ts';

export interface RegistrationOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly identity: ReceiverIdentity;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
}

export class Registration {
  readonly #options: RegistrationOptions;
  #state: RegistrationState = 'receiving';
  #cancelNext: (() => void) | undefined;
  #sending: AbortController | undefined;
  #registered = false;
  /** Something is to be said that the heartbeat on its way does not say. */
  #isOwed = false;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  /** A stream has opened: register now. */
  receiving(): void {
    this.#state = 'receiving';
    this.#keepUp();
  }

  /** No stream for now: said with the next heartbeat, which keeps the registration alive. */
  disconnected(): void {
    this.#state = 'disconnected';
  }

  /** The process did not run: the server may have taken it for gone. */
  stoodStill(): void {
    if (this.#cancelNext) this.#keepUp();
  }

  /** The last heartbeat, EXITED, within the farewell time; nothing when never registered. */
  async stop(): Promise<void> {
    this.#cancelNext?.();
    const isKnown = this.#registered || this.#sending !== undefined;
    this.#sending?.abort();
    this.#isOwed = false;
    if (isKnown) await this.#send('exited', this.#options.timings.farewell);
  }

  #keepUp(): void {
    const {clock, timings} = this.#options;
    this.#cancelNext?.();
    this.#cancelNext = clock.after(timings.registration, () => this.#keepUp());
    // One at a time: a slow answer is waited for, the newest state goes out next.
    if (this.#sending) this.#isOwed = true;
    else void this.#send(this.#state, timings.request);
  }

  async #send(state: RegistrationState, timeout: number): Promise<void> {
    const {base, fetch, identity, clock, emit} = this.#options;
    const sending = new AbortController();
    this.#sending = sending;
    try {
      await sendHeartbeat(fetch, base, identity, state, {timeout, signal: sending.signal});
      this.#registered = true;
      emit({kind: 'registered', at: clock.now(), status: registrationStates[state].status});
    } catch (error) {
      if (sending.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      emit({kind: 'registration-failed', at: clock.now(), reason});
    } finally {
      if (this.#sending === sending) this.#sending = undefined;
    }
    if (!this.#isOwed) return;
    this.#isOwed = false;
    this.#keepUp();
  }
}
