// The resident set of the full screen after few messages and after very many.
import {setTimeout as sleep} from 'node:timers/promises';
import {median, residentMegabytes} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

const perSecond = 25_000;
const goal = 120;
/** What counts as flat: growth from a million messages to five. */
const flat = 1.05;

export async function memory({isQuick, isLong}: Effort): Promise<readonly Row[]> {
  const counts = isQuick ? [100, 1000] : [10_000, 1_000_000, ...(isLong ? [5_000_000] : [])];
  const rounds: (readonly number[])[] = [];
  for (let round = 0; round < (isQuick ? 1 : 3); round += 1)
    rounds.push(await residentAt(counts, isQuick ? 0 : 2000));
  const sizes = counts.map((_, index) => median(rounds.map(sizes => sizes[index]!)));
  const rows = counts.map((count, index) => ({
    subject: `memory: watch after ${figure(count)} messages`,
    goal: `≤ ${goal} MB`,
    measured: `${figure(sizes[index]!)} MB`,
    isMet: sizes[index]! <= goal,
  }));
  const [, million, most] = sizes;
  if (million === undefined || most === undefined) return rows;
  const growth = most / million;
  return [
    ...rows,
    {
      subject: 'memory: growth from 1 to 5 million messages',
      goal: `≤ ${figure(flat, 2)} ×`,
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
