// From a key pressed to the changed screen, while messages come at three rates.
import {setTimeout as sleep} from 'node:timers/promises';
import {percentile} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {pressTab} from './press.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal, largeSize, middleSize, type TerminalSize} from './terminal.ts';

interface Case {
  readonly perSecond: number;
  readonly size: TerminalSize;
  /** 99 % of the keys are to be shown in this time. */
  readonly maxMs: number;
}

const cases: readonly Case[] = [
  {perSecond: 0, size: middleSize, maxMs: 80},
  {perSecond: 10, size: middleSize, maxMs: 80},
  {perSecond: 5000, size: middleSize, maxMs: 250},
  {perSecond: 0, size: largeSize, maxMs: 120},
  {perSecond: 10, size: largeSize, maxMs: 120},
];

/** More messages than are ever sent. */
const endless = 1e9;

export async function keys({isQuick}: Effort): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const {perSecond, size, maxMs} of cases) {
    const latencies = await pressKeys(perSecond, size, isQuick ? 1 : 50);
    const [half, most, nearlyAll] = [0.5, 0.9, 0.99].map(share => percentile(latencies, share));
    rows.push({
      subject: `key to screen at ${figure(perSecond)}/s, ${size.columns}×${size.rows}: median, 90 %, 99 %`,
      goal: `99 % ≤ ${maxMs} ms`,
      measured: [half, most, nearlyAll].map(value => `${figure(value!)} ms`).join(', '),
      isMet: nearlyAll! <= maxMs,
    });
  }
  return rows;
}

async function pressKeys(
  perSecond: number,
  size: TerminalSize,
  presses: number,
): Promise<readonly number[]> {
  const monitor = await BenchMonitor.start();
  const terminal = BenchTerminal.watch(monitor, size);
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
