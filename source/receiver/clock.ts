// The one place that the receiver takes time from. The wall clock is for showing alone: it is set by hand and by
// NTP. What lasts is measured by a clock that never steps. What happens to time is noticed and reported: the wall
// clock was set, or the process did not run (it was stopped, or the machine slept).
import {uptime} from 'node:os';
import {runningTimeout} from '../wire/running-timeout.ts';

/** What happened to time; ms. */
export type TimeChange =
  /** The wall clock was set, forward where `by` is positive. */
  | {readonly kind: 'clock-stepped'; readonly by: number}
  /** The process did not run. */
  | {readonly kind: 'stood-still'; readonly duration: number};

export interface Clock {
  /** Wall time, ms since the epoch: it goes as `monotonic` does, but for steps that `watch` reports. */
  now(): number;
  /**
   * A moment, ms: it never steps, and goes on while the machine sleeps. It begins as the wall time does; only
   * differences mean something.
   */
  monotonic(): number;
  /** Calls `task` once after `delay` ms. @returns what cancels it. */
  after(delay: number, task: () => void): () => void;
  /** The same, after `delay` ms in which the process ran: what a time-out has to be. */
  timeout(delay: number, task: () => void): () => void;
  /** Reports what happens to time, from now on. @returns what ends it. */
  watch(report: (change: TimeChange) => void): () => void;
  /** Reports now what has happened to time, without waiting for the next look. */
  check(): void;
}

/** The wall time of a moment, ms since the epoch. */
export const wallTime = (clock: Pick<Clock, 'now' | 'monotonic'>, moment: number): number =>
  clock.now() - (clock.monotonic() - moment);

/** The clocks of a machine; ms. */
export interface ClockReadings {
  readonly wall: () => number;
  /** Never steps. Stands still while the machine sleeps, as on Linux, or does not, as elsewhere. */
  readonly monotonic: () => number;
  /** Since the machine started, sleep included; undefined where the system does not tell. */
  readonly uptime: () => number | undefined;
  readonly after: Clock['after'];
}

/** Between two looks, ms. */
const tickMs = 1000;
/** The wall clock may differ by less from the other without anybody having set it, ms. */
const stepMs = 1000;
/** A look that comes so much late tells of a process that did not run, ms. */
const standstillMs = 2000;

export function makeClock({
  wall,
  monotonic: running,
  uptime: sinceStart,
  after,
}: ClockReadings): Clock {
  const reports = new Set<(change: TimeChange) => void>();
  const begin = {wall: wall(), running: running(), uptime: sinceStart()};
  /** What the wall clock was set by since then, and what `running` has missed in sleep. */
  let stepped = 0;
  let slept = 0;
  let checkedAt = begin.running;
  let cancelTick: (() => void) | undefined;

  // Whole ms, as the wall clock has them.
  const monotonic = () => begin.wall + Math.floor(running() - begin.running) + slept;
  const now = () => monotonic() + stepped;
  /** Sleep that is not counted yet: the machine's uptime went on, the other clock did not. */
  const newSleep = () => {
    const up = sinceStart();
    if (up === undefined || begin.uptime === undefined) return 0;
    const sleep = Math.round(up - begin.uptime - (running() - begin.running) - slept);
    return sleep >= stepMs ? sleep : 0;
  };
  const check = () => {
    const passed = Math.round(running() - checkedAt);
    checkedAt = running();
    const isTicking = cancelTick !== undefined;
    let duration = isTicking && passed > tickMs + standstillMs ? passed : 0;
    // To these two clocks sleep and a step look alike: the third tells.
    if (Math.abs(wall() - now()) >= stepMs) {
      const sleep = newSleep();
      slept += sleep;
      duration += sleep;
    }
    const difference = wall() - now();
    const by = Math.abs(difference) >= stepMs ? difference : 0;
    stepped += by;
    for (const report of reports) {
      if (duration > 0) report({kind: 'stood-still', duration});
      if (by !== 0) report({kind: 'clock-stepped', by});
    }
  };
  const tick = () => {
    cancelTick = after(tickMs, () => {
      check();
      if (reports.size > 0) tick();
    });
  };
  return {
    now,
    monotonic,
    after,
    timeout: (delay, task) => runningTimeout(delay, task, {monotonic: running, after}),
    check,
    watch(report) {
      if (reports.size === 0) {
        checkedAt = running();
        tick();
      }
      reports.add(report);
      return () => {
        if (!reports.delete(report) || reports.size > 0) return;
        cancelTick?.();
        cancelTick = undefined;
      };
    },
  };
}

export const systemClock: Clock = makeClock({
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  uptime: () => {
    try {
      return uptime() * 1000;
    } catch {
      // Not every system lets a process read it: sleep is taken for a step there.
      return undefined;
    }
  },
  after: (delay, task) => {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
});
