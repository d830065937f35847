// The full screen under floods: nothing may be lost, frames go on, and keys are answered.
import {setTimeout as sleep} from 'node:timers/promises';
import {cpuSeconds, median, monotonicNow, percentile} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {pressTab} from './press.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal} from './terminal.ts';

interface Case {
  readonly perSecond: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly goal: {
    readonly framesPerSecond?: number;
  };
}

interface Flood {
  readonly shown: number;
  readonly seconds: number;
  readonly percent: number;
  readonly framesPerSecond: number;
  /** From key to screen, ms. */
  readonly keys: readonly number[];
}

/** Messages that are made beforehand, and sent over and over. */
const stock = 100_000;

const cases: readonly Case[] = [
  {perSecond: 20_000, seconds: 10, rounds: 5, goal: {framesPerSecond: 3}},
];
const quickCases: readonly Case[] = [{perSecond: 2000, seconds: 1, rounds: 1, goal: {}}];

export async function flood({isQuick}: Effort): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const floodCase of isQuick ? quickCases : cases) {
    const rounds: Flood[] = [];
    for (let round = 0; round < floodCase.rounds; round += 1) {
      rounds.push(await floodOnce(floodCase, isQuick ? 2000 : stock));
    }
    rows.push(...toRows(floodCase, rounds));
  }
  return rows;
}

async function floodOnce({perSecond, seconds}: Case, prepared: number): Promise<Flood> {
  const sent = perSecond * seconds;
  const monitor = await BenchMonitor.start();
  await monitor.prepare(prepared);
  const terminal = BenchTerminal.watch(monitor);
  await monitor.stream();
  await terminal.sees('LIVE');
  const [startedAt, cpu, frames] = [monotonicNow(), cpuSeconds(terminal.pid), terminal.frames];
  const keys: number[] = [];
  const poured = monitor.pour(perSecond, sent);
  while (monotonicNow() < startedAt + seconds * 1000) {
    await sleep(150 + ((keys.length * 61) % 200));
    keys.push(await pressTab(terminal));
  }
  await poured;
  const seenAt = await terminal.sees(`${sent} received`);
  const took = (seenAt - startedAt) / 1000;
  const result = {
    shown: received(terminal.screen()),
    seconds: took,
    percent: ((cpuSeconds(terminal.pid) - cpu) / took) * 100,
    framesPerSecond: (terminal.frames - frames) / took,
    keys,
  };
  await terminal.end();
  monitor.stop();
  return result;
}

function toRows({perSecond, seconds, goal}: Case, rounds: readonly Flood[]): readonly Row[] {
  const sent = perSecond * seconds;
  const lost = Math.max(...rounds.map(({shown}) => sent - shown));
  const [took, rate, percent] = [
    median(rounds.map(round => round.seconds)),
    median(rounds.map(({framesPerSecond}) => framesPerSecond)),
    median(rounds.map(round => round.percent)),
  ];
  const keys = rounds.flatMap(round => round.keys);
  const slowest = percentile(keys, 0.99);
  const subject = `flood: watch at ${figure(perSecond)}/s`;
  const {framesPerSecond = 0} = goal;
  return [
    {
      subject: `${subject} for ${seconds} s, messages lost`,
      goal: '0',
      measured: `${figure(lost)} of ${figure(sent)}, all shown after ${figure(took, 1)} s`,
      isMet: lost === 0,
    },
    {
      subject: `${subject}, frames and CPU`,
      goal: framesPerSecond > 0 ? `≥ ${framesPerSecond} frames/s` : '',
      measured: `${figure(rate, 1)} frames/s, ${figure(percent)} %`,
      ...(framesPerSecond > 0 && {isMet: rate >= framesPerSecond}),
    },
    {
      subject: `${subject}, key to screen: median, 99 %`,
      goal: '',
      measured: `${figure(percentile(keys, 0.5))} ms, ${figure(slowest)} ms`,
    },
  ];
}

/** The count in the title of the messages pane. */
function received(screen: string): number {
  return Number(/(\d+) received/.exec(screen)?.[1] ?? 0);
}
