// The resident set of the full screen after few messages and after very many.
import {setTimeout as sleep} from 'node:timers/promises';
import {median, residentMegabytes} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

const perSecond = 25_000;
const goal = 120;
/** What counts as flat: growth from the first count to the last. */
const flat = 1.15;

export async function memory({isQuick, isLong}: Effort): Promise<readonly Row[]> {
  const counts = isQuick ? [100, 1000] : [10_000, 1_000_000, ...(isLong ? [5_000_000] : [])];
  const rounds: (readonly number[])[] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round += 1)
    rounds.push(await residentAt(counts, isQuick ? 0 : 2000));
  const sizes = counts.map((_, index) => median(rounds.map(sizes => sizes[index]!)));
  const growth = sizes.at(-1)! / sizes[0]!;
  return [
    ...counts.map((count, index) => ({
      subject: `memory: watch after ${figure(count)} messages`,
      goal: `≤ ${goal} MB`,
      measured: `${figure(sizes[index]!)} MB`,
      isMet: sizes[index]! <= goal,
    })),
    {
      subject: 'memory: growth from the first to the last',
      goal: `≤ ${flat} ×`,
      measured: `${figure(growth, 2)} ×`,
      isMet: growth <= flat,
    },
  ];
}

/** MB, in one process, `settling` ms after each count is on the screen. */
async function residentAt(counts: readonly number[], settling: number): Promise<readonly number[]> {
  const monitor = await BenchMonitor.start();
  const terminal = BenchTerminal.watch(monitor);
  await monitor.stream();
  await terminal.sees('LIVE');
  const sizes: number[] = [];
  let sent = 0;
  for (const count of counts) {
    await monitor.pace(perSecond, count - sent);
    sent = count;
    await terminal.sees(`${count} received`);
    await sleep(settling);
    sizes.push(residentMegabytes(terminal.pid));
  }
  await terminal.end();
  monitor.stop();
  return sizes;
}
