// From the start of the process to its first frame in the terminal, next to a Node that does
// nothing.
import {median, monotonicNow} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

/** At the end of the last row: the frame is whole. */
const footer = 'q quit';

export async function start({isQuick}: Effort): Promise<readonly Row[]> {
  const monitor = await BenchMonitor.start();
  await firstFrame(monitor); // fills V8's compile cache
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < (isQuick ? 1 : 11); round += 1) {
    bare.push(await bareNode());
    ours.push(await firstFrame(monitor));
  }
  monitor.stop();
  const ratio = median(ours.map((time, round) => time / bare[round]!));
  const [time, bareTime] = [median(ours), median(bare)];
  return [
    {subject: 'start: exec to first frame', goal: '', measured: `${figure(time)} ms`},
    {
      subject: 'start: to bare Node',
      goal: '≤ 4.5 ×',
      measured: `${figure(ratio, 1)} ×`,
      peer: `\`node -e 0\` ${figure(bareTime)} ms`,
      isMet: ratio <= 4.5,
    },
  ];
}

async function firstFrame(monitor: BenchMonitor): Promise<number> {
  const terminal = BenchTerminal.watch(monitor);
  const shownAt = await terminal.sees(footer);
  await terminal.end();
  return shownAt - terminal.startedAt;
}

async function bareNode(): Promise<number> {
  const terminal = BenchTerminal.bare(process.execPath, '-e', '0');
  await terminal.ended;
  return monotonicNow() - terminal.startedAt;
}
