// From a key pressed to the changed screen, while messages come at three rates. The key is Tab,
// the change is the mark at the focused pane's title.
import {setTimeout as sleep} from 'node:timers/promises';
import {monotonicNow, percentile} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

const rates = [0, 10, 5000];

/** More messages than are ever sent. */
const endless = 1e9;

export async function keys({isQuick}: Effort): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const perSecond of rates) {
    const latencies = await pressKeys(perSecond, isQuick ? 1 : 50);
    const [half, most, nearlyAll] = [0.5, 0.9, 0.99].map(share => percentile(latencies, share));
    rows.push({
      subject: `key to screen at ${figure(perSecond)}/s: median, 90 %, 99 %`,
      goal: '',
      measured: [half, most, nearlyAll].map(value => `${figure(value!)} ms`).join(', '),
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
    const before = focused(terminal.screen());
    const pressedAt = monotonicNow();
    terminal.press('\t');
    const changed = (screen: string) => ![before, undefined].includes(focused(screen));
    latencies.push((await terminal.sees('another pane focused', changed)) - pressedAt);
  }
  await terminal.end();
  monitor.stop();
  return latencies;
}

function focused(screen: string): string | undefined {
  return /▸ (Runs|Messages|Connection) ─/.exec(screen)?.[1];
}
