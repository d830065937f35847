// A clock of the receiver for tests in which the machine sleeps, or much time passes at once.
import {systemClock, type Clock} from '../../source/receiver/clock.ts';

/** A clock that can be put forward, as a machine's is when it wakes up. */
export class JumpingClock implements Clock {
  #ahead = 0;

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  after(delay: number, task: () => void): () => void {
    return systemClock.after(delay, task);
  }

  jump(duration: number): void {
    this.#ahead += duration;
  }
}
