// The full screen under 20,000 messages a second: nothing may be lost, and frames go on.
import {cpuSeconds, median, monotonicNow} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

interface Flood {
  readonly shown: number;
  readonly seconds: number;
  readonly percent: number;
  readonly framesPerSecond: number;
}

export async function flood({isQuick}: Effort): Promise<readonly Row[]> {
  const [perSecond, seconds] = isQuick ? [2000, 1] : [20_000, 10];
  const sent = perSecond * seconds;
  const rounds: Flood[] = [];
  for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
    rounds.push(await floodOnce(perSecond, sent));
  }
  const lost = Math.max(...rounds.map(({shown}) => sent - shown));
  const middle = (of: (round: Flood) => number) => median(rounds.map(of));
  const subject = `flood: watch at ${figure(perSecond)}/s`;
  return [
    {
      subject: `${subject} for ${seconds} s, messages lost`,
      goal: '0',
      measured: `${figure(lost)} of ${figure(sent)}, all shown after ${figure(
        middle(round => round.seconds),
        1,
      )} s`,
      isMet: lost === 0,
    },
    {
      subject: `${subject}, frames and CPU`,
      goal: '',
      measured: `${figure(
        middle(round => round.framesPerSecond),
        1,
      )} frames/s, ${figure(middle(round => round.percent))} %`,
    },
  ];
}

async function floodOnce(perSecond: number, sent: number): Promise<Flood> {
  const monitor = await BenchMonitor.start();
  const terminal = BenchTerminal.watch(monitor);
  await monitor.stream();
  await terminal.sees('LIVE');
  const [startedAt, cpu, frames] = [monotonicNow(), cpuSeconds(terminal.pid), terminal.frames];
  await monitor.pace(perSecond, sent);
  const seenAt = await terminal.sees(`${sent} received`);
  const seconds = (seenAt - startedAt) / 1000;
  const result = {
    shown: received(terminal.screen()),
    seconds,
    percent: ((cpuSeconds(terminal.pid) - cpu) / seconds) * 100,
    framesPerSecond: (terminal.frames - frames) / seconds,
  };
  await terminal.end();
  monitor.stop();
  return result;
}

/** The count in the title of the messages pane. */
function received(screen: string): number {
  return Number(/(\d+) received/.exec(screen)?.[1] ?? 0);
}
