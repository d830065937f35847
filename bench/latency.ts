// From a message sent to its line on stdout (`tail --json`), at three rates.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {median, monotonicNow, percentile} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {environmentFor, program} from './program.ts';
import {figure, type Row} from './table.ts';

const rates = [
  {perSecond: 10, count: 100},
  {perSecond: 1000, count: 5000, goal: 10},
  {perSecond: 20_000, count: 100_000},
];

export async function latency({isQuick}: Effort): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const {perSecond, count, goal} of rates) {
    const halves: number[] = [];
    const nearlyAll: number[] = [];
    for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
      const latencies = await latenciesAt(
        perSecond,
        isQuick ? Math.min(500, perSecond / 2) : count,
      );
      halves.push(percentile(latencies, 0.5));
      nearlyAll.push(percentile(latencies, 0.99));
    }
    const high = median(nearlyAll);
    rows.push({
      subject: `sent to stdout at ${figure(perSecond)}/s: median, 99 %`,
      goal: goal === undefined ? '' : `99 % ≤ ${goal} ms`,
      measured: `${figure(median(halves), 1)} ms, ${figure(high, 1)} ms`,
      ...(goal !== undefined && {isMet: high <= goal}),
    });
  }
  return rows;
}

async function latenciesAt(perSecond: number, count: number): Promise<readonly number[]> {
  const monitor = await BenchMonitor.start();
  const child = spawn(process.execPath, [program, 'tail', '--json', '--count', String(count)], {
    env: environmentFor(monitor),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const latencies: number[] = [];
  let readAt = 0;
  child.stdout.on('data', () => {
    readAt = monotonicNow();
  });
  createInterface({input: child.stdout}).on('line', line => {
    latencies.push(readAt - (JSON.parse(line) as {readonly bench_sent: number}).bench_sent);
  });
  const closed = once(child, 'close');
  await monitor.stream();
  await monitor.pace(perSecond, count);
  await closed;
  monitor.stop();
  if (latencies.length !== count) throw new Error(`${latencies.length} of ${count} lines read`);
  return latencies;
}
