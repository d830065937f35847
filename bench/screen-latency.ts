// From a message sent to the frame that shows it, or shows that it has gone by: each frame tells by
// the newest message's text up to when all that was sent is there.
import {median, percentile} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

/** A frame at 10 frames a second, and 20 ms. */
const goal = 120;
const rates = [
  {perSecond: 10, seconds: 10},
  {perSecond: 1000, seconds: 10, goal},
  {perSecond: 20_000, seconds: 10},
];
/** Messages of a frame that are weighed, evenly spread over those that it shows first. */
const points = 20;

export async function screenLatency({isQuick}: Effort): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const {perSecond, seconds, goal: most} of rates) {
    const rounds: (readonly number[])[] = [];
    for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
      rounds.push(await latenciesAt(perSecond, isQuick ? 1 : seconds));
    }
    const [half, high] = [0.5, 0.99].map(share =>
      median(rounds.map(latencies => percentile(latencies, share))),
    );
    rows.push({
      subject: `sent to screen at ${figure(perSecond)}/s: median, 99 %`,
      goal: most === undefined ? '' : `99 % ≤ ${most} ms`,
      measured: `${figure(half!)} ms, ${figure(high!)} ms`,
      ...(most !== undefined && {isMet: high! <= most}),
    });
  }
  return rows;
}

async function latenciesAt(perSecond: number, seconds: number): Promise<readonly number[]> {
  const monitor = await BenchMonitor.start();
  const terminal = BenchTerminal.watch(monitor);
  await monitor.stream();
  await terminal.sees('LIVE');
  const latencies: number[] = [];
  /** When the newest message of the frame before was sent. */
  let last: number | undefined;
  const stop = terminal.onChange(at => {
    const newest = newestSent(terminal.screen());
    if (newest === undefined || newest <= (last ?? 0)) return;
    const from = Math.min(newest, (last ?? newest) + 1000 / perSecond);
    for (let point = 0; point < points; point += 1) {
      latencies.push(at - (from + ((newest - from) * point) / (points - 1)));
    }
    last = newest;
  });
  await monitor.pace(perSecond, perSecond * seconds, true);
  await terminal.sees(`${perSecond * seconds} received`);
  stop();
  await terminal.end();
  monitor.stop();
  return latencies;
}

/** When the newest message on the screen was sent, monotonic ms. */
function newestSent(screen: string): number | undefined {
  const times = Array.from(screen.matchAll(/sent (\d+\.\d+) \./g), ([, time]) => Number(time));
  return times.length === 0 ? undefined : Math.max(...times);
}
