// The resident set of the full screen at the most that a real monitor relays, minute after minute.
import {setTimeout as sleep} from 'node:timers/promises';
import {residentMegabytes} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

const perSecond = 70;
const goalMegabytes = 230;
/** What counts as flat: growth from a quarter of the time to its end. */
const maxGrowth = 1.1;
/** More messages than are ever sent. */
const endless = 1e9;

/** Ten minutes; `--long`: an hour. */
export async function memory({isQuick, isLong}: Effort): Promise<readonly Row[]> {
  const minutes = isQuick ? 0.05 : isLong ? 60 : 10;
  const monitor = await BenchMonitor.start();
  const terminal = BenchTerminal.watch(monitor);
  await monitor.stream();
  await terminal.sees('LIVE');
  void monitor.pace(perSecond, endless);
  const steps = 20;
  const sizes: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    await sleep((minutes * 60_000) / steps);
    sizes.push(residentMegabytes(terminal.pid));
  }
  await terminal.end();
  monitor.stop();
  const quarter = Math.max(...sizes.slice(steps / 4, steps / 2));
  const end = Math.max(...sizes.slice(-steps / 4));
  const curve = sizes.filter((_size, step) => step % 4 === 3).map(size => figure(size));
  return [
    {
      subject: `memory: watch at ${perSecond}/s for ${figure(minutes)} min, in fifths`,
      goal: `≤ ${goalMegabytes} MB`,
      measured: `${curve.join(', ')} MB`,
      isMet: Math.max(...sizes) <= goalMegabytes,
    },
    {
      subject: 'memory: the last quarter to the second',
      goal: `≤ ${figure(maxGrowth, 1)} ×`,
      measured: `${figure(end / quarter, 2)} ×`,
      isMet: end / quarter <= maxGrowth,
    },
  ];
}
