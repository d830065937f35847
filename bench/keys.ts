// From a key pressed to the changed screen, while messages come at three rates.
import {setTimeout as sleep} from 'node:timers/promises';
import {percentile} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {pressTab} from './press.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

interface Goal {
  readonly share: number;
  /** ms */
  readonly most: number;
}

const rates: readonly {readonly perSecond: number; readonly goals: readonly Goal[]}[] = [
  {perSecond: 0, goals: [{share: 0.99, most: 50}]},
  {
    perSecond: 10,
    goals: [
      {share: 0.5, most: 20},
      {share: 0.9, most: 65},
    ],
  },
  {perSecond: 5000, goals: [{share: 0.99, most: 100}]},
];

/** More messages than are ever sent. */
const endless = 1e9;

export async function keys({isQuick}: Effort): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const {perSecond, goals} of rates) {
    const latencies = await pressKeys(perSecond, isQuick ? 1 : 50);
    const [half, most, nearlyAll] = [0.5, 0.9, 0.99].map(share => percentile(latencies, share));
    rows.push({
      subject: `key to screen at ${figure(perSecond)}/s: median, 90 %, 99 %`,
      goal: goals.map(({share, most}) => `${share * 100} % ≤ ${most} ms`).join(', '),
      measured: [half, most, nearlyAll].map(value => `${figure(value!)} ms`).join(', '),
      isMet: goals.every(({share, most}) => percentile(latencies, share) <= most),
    });
  }
  return rows;
}

async function pressKeys(perSecond: number, presses: number): Promise<readonly number[]> {
  const monitor = await BenchMonitor.start();
  const terminal = BenchTerminal.watch(monitor);
  await monitor.stream();
  await terminal.sees('LIVE');
  if (perSecond > 0) void monitor.pace(perSecond, endless);
  const latencies: number[] = [];
  for (let press = 0; press < presses; press += 1) {
    // At no fixed distance from the program's own clocks.
    await sleep(150 + ((press * 61) % 200));
    latencies.push(await pressTab(terminal));
  }
  await terminal.end();
  monitor.stop();
  return latencies;
}
