// A machine whose clocks a test turns: time passes, the wall clock is set, the machine sleeps, the process is stopped.
import {makeClock, type Clock} from '../../source/receiver/clock.ts';

interface Task {
  readonly due: number;
  readonly run: () => void;
}

export class Machine {
  readonly clock: Clock;
  #wall = Date.UTC(2026, 10, 25, 12);
  #running = 5000;
  #uptime = 100_000;
  readonly #tasks = new Set<Task>();

  constructor({tellsUptime = true}: {readonly tellsUptime?: boolean} = {}) {
    this.clock = makeClock({
      wall: () => this.#wall,
      monotonic: () => this.#running,
      uptime: () => (tellsUptime ? this.#uptime : undefined),
      after: (delay, run) => {
        const task = {due: this.#running + Math.max(0, delay), run};
        this.#tasks.add(task);
        return () => this.#tasks.delete(task);
      },
    });
  }

  /** The process runs for so many ms, task by task; promises and streams do what they are given to do. */
  async pass(duration: number): Promise<void> {
    const end = this.#running + duration;
    await settle();
    for (let next = this.#next(); next && next.due <= end; next = this.#next()) {
      this.#goOn(Math.max(0, next.due - this.#running));
      this.#tasks.delete(next);
      next.run();
      await settle();
    }
    this.#goOn(end - this.#running);
  }

  /** The wall clock is set, forward where `by` is positive; ms. */
  setWall(by: number): void {
    this.#wall += by;
  }

  /** The machine sleeps for so many ms: on Linux timers and the monotonic clock stand still. */
  sleep(duration: number): void {
    this.#wall += duration;
    this.#uptime += duration;
  }

  /** The process is stopped for so many ms, and goes on. */
  stop(duration: number): void {
    this.#goOn(duration);
  }

  #goOn(duration: number): void {
    this.#wall += duration;
    this.#uptime += duration;
    this.#running += duration;
  }

  #next(): Task | undefined {
    let next: Task | undefined;
    for (const task of this.#tasks) if (!next || task.due < next.due) next = task;
    return next;
  }
}

/** Lets promises and streams do what they have been given to do. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise(setImmediate);
}
