// Runs on a monitor: one at once for a test, or run after run in several namespaces side by side,
// as on an afternoon when everybody tries out their testbed.
import type {TestbedMonitor} from './monitor.ts';
import {pause, type Pause} from './pause.ts';
import type {JsonObject} from './python-json.ts';
import {between, mulberry32, wholeBetween, type Random} from './random.ts';
import {completedExecution, defaultRun, runningExecution} from './run-parameters.ts';
import type {RunParameters} from './run-parameters.ts';
import {runTimeline} from './run-timeline.ts';
import {systemClock, type Clock} from './stamps.ts';
import {testBatch} from './test-sender.ts';

export interface SimulationOptions {
  readonly monitor: TestbedMonitor;
  /** Factor of real time, above 0. Default: 1. */
  readonly speed?: number;
  /** Default: 1. */
  readonly seed?: number;
  /** Default: `torre1` and `fastmon-dev`. */
  readonly namespaces?: readonly string[];
  readonly clock?: Clock;
  readonly pause?: Pause;
}

export interface Simulation {
  /** Ends all runs where they are; resolves when nothing is left that could publish. */
  stop(): Promise<void>;
}

/** Seconds by which each namespace starts later than the one before. */
const stagger = 11;

/** Shortest and longest idle time between the runs of a namespace, in seconds. */
const idle = {shortest: 4, longest: 10};

/** Publishes one whole run without waiting and returns its messages as the agents sent them. */
export function simulateRun(
  monitor: TestbedMonitor,
  parameters: Partial<RunParameters> & {readonly seed?: number} = {},
): JsonObject[] {
  const {seed = 1, ...given} = parameters;
  const run = {...defaultRun, startedAt: monitor.clock(), ...given};
  if (run.physicsPeriodCount === 0) throw new RangeError('an endless run cannot go at once');
  const execution = runningExecution(run);
  monitor.addExecution(execution);
  const messages = [...runTimeline(run, mulberry32(seed))].map(({message}) => message);
  for (const message of messages) monitor.publish(message);
  monitor.addExecution(completedExecution(execution, monitor.clock()));
  return messages;
}

export function startSimulation(options: SimulationOptions): Simulation {
  const {namespaces = ['torre1', 'fastmon-dev'], seed = 1} = options;
  const calledOff = new AbortController();
  let runNumber = defaultRun.runNumber;
  const shift: Shift = {
    monitor: options.monitor,
    speed: options.speed ?? 1,
    clock: options.clock ?? systemClock,
    pause: options.pause ?? pause,
    signal: calledOff.signal,
    nextRunNumber: () => (runNumber += 1),
  };
  const crews = namespaces.map((namespace, index) =>
    takeRuns(shift, namespace, index, mulberry32(seed + index)),
  );
  return {
    async stop() {
      calledOff.abort();
      await Promise.all(crews);
    },
  };
}

/** What the namespaces of a simulation share. */
interface Shift {
  readonly monitor: TestbedMonitor;
  readonly speed: number;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly signal: AbortSignal;
  readonly nextRunNumber: () => number;
}

/** Takes runs in one namespace until the simulation is called off. */
async function takeRuns(
  shift: Shift,
  namespace: string,
  index: number,
  random: Random,
): Promise<void> {
  const {monitor, speed, signal} = shift;
  const user = /^[a-z]+/i.exec(namespace)?.[0] ?? 'root';
  const wait = (seconds: number) => shift.pause((seconds * 1000) / speed, signal);

  await wait(index * stagger);
  for (let count = 1; !signal.aborted; count += 1) {
    await takeRun(
      shift,
      {
        ...defaultRun,
        namespace,
        user,
        runNumber: shift.nextRunNumber(),
        executionId: `stf_datataking-${user}-${String(count).padStart(4, '0')}`,
        stfCount: wholeBetween(random, 4, 8),
        physicsPeriodCount: random() < 0.25 ? 3 : 2,
        tfPerStf: undefined,
        withProcessing: index % 2 === 0,
        startedAt: shift.clock(),
        speed,
      },
      random,
    );
    await wait(between(random, idle.shortest, idle.longest) / 2);
    if (!signal.aborted && random() < 0.5) monitor.publish(testBatch(namespace, user, 19)[0]);
    await wait(between(random, idle.shortest, idle.longest) / 2);
  }
}

async function takeRun(shift: Shift, run: RunParameters, random: Random): Promise<void> {
  const {monitor, speed, clock, signal} = shift;
  const execution = runningExecution(run);
  monitor.addExecution(execution);
  for (const {after, message} of runTimeline(run, random)) {
    const ahead = run.startedAt + (after * 1000) / speed - clock();
    if (ahead > 0) await shift.pause(ahead, signal);
    if (signal.aborted) return;
    monitor.publish(message);
  }
  monitor.addExecution(completedExecution(execution, clock()));
}
