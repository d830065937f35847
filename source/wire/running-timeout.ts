// A time-out that counts only time in which the process ran: one that was stopped (Ctrl-Z), or on a machine that
// slept, finds what came meanwhile in its sockets, and must not give up before it has read it.

/** What a time-out measures with; ms. */
export interface TimeoutReadings {
  /** Never steps. */
  readonly monotonic: () => number;
  /** Calls `task` once after `delay`. @returns what cancels it. */
  readonly after: (delay: number, task: () => void) => () => void;
}

/** Time is counted in slices of this length, ms. */
const sliceMs = 1000;
/** A slice that took so much longer was not counted by a process that ran, ms. */
const standstillMs = 2000;

const system: TimeoutReadings = {
  monotonic: () => performance.now(),
  after: (delay, task) => {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};

/**
 * Calls `task` once, when the process has run for `delay` ms.
 * @returns what cancels it.
 */
export function runningTimeout(
  delay: number,
  task: () => void,
  {monotonic, after}: TimeoutReadings = system,
): () => void {
  let left = delay;
  let cancel: () => void;
  const wait = () => {
    const slice = Math.min(sliceMs, left);
    const began = monotonic();
    cancel = after(slice, () => {
      const passed = monotonic() - began;
      if (passed <= slice + standstillMs) left -= Math.max(passed, slice);
      if (left > 0) wait();
      else task();
    });
  };
  wait();
  return () => cancel();
}
