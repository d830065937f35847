// What the full screen costs at four rates and two sizes, and what `top` and `htop` cost: those of one
// size side by side at the same time, each in a terminal of its own.
import {setTimeout as sleep} from 'node:timers/promises';
import {cpuSeconds, isInstalled, median, monotonicNow} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';
import {BenchTerminal, largeSize, middleSize, type TerminalSize} from './terminal.ts';

/** More than are ever sent. */
const endless = 1e9;

interface Cost {
  /** Of one core. */
  readonly percent: number;
  readonly bytesPerSecond: number;
}

interface Subject {
  readonly name: string;
  readonly goal: Cost | undefined;
  readonly open: () => Promise<Opened>;
}

interface Opened {
  readonly terminal: BenchTerminal;
  readonly monitor?: BenchMonitor;
}

interface Rate {
  readonly perSecond: number;
  readonly goal: Cost | undefined;
}

const upTo = (percent: number, bytesPerSecond = Infinity): Cost => ({percent, bytesPerSecond});

/** 70 a second is the most that a real monitor relays. */
const loads: readonly {readonly size: TerminalSize; readonly rates: readonly Rate[]}[] = [
  {
    size: middleSize,
    rates: [
      {perSecond: 0, goal: upTo(3, 1500)},
      {perSecond: 1, goal: upTo(5, 3000)},
      {perSecond: 10, goal: undefined},
      {perSecond: 70, goal: upTo(18)},
    ],
  },
  {
    size: largeSize,
    rates: [
      {perSecond: 0, goal: upTo(4)},
      {perSecond: 1, goal: upTo(7)},
      {perSecond: 70, goal: upTo(25)},
    ],
  },
];

export async function load(effort: Effort): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [index, {size, rates}] of loads.entries()) {
    rows.push(...(await loadAt(size, rates, index === 0, effort)));
  }
  return rows;
}

async function loadAt(
  size: TerminalSize,
  rates: readonly Rate[],
  hasPeers: boolean,
  {isQuick}: Effort,
): Promise<readonly Row[]> {
  const subjects: readonly Subject[] = [
    ...rates.map(({perSecond, goal}) => ({
      name: `watch at ${perSecond}/s, ${size.columns}×${size.rows}`,
      goal,
      open: () => openWatch(perSecond, size),
    })),
    ...(hasPeers ? peers() : []).map(([command, ...args]) => ({
      name: [command, ...args].join(' '),
      goal: undefined,
      open: () => Promise.resolve({terminal: BenchTerminal.bare(command, ...args)}),
    })),
  ];
  const costs = new Map<Subject, Cost[]>(subjects.map(subject => [subject, []]));
  const [settling, measuring] = isQuick ? [0.5, 1] : [6, 20];
  for (let round = 0; round < (isQuick ? 1 : 3); round += 1) {
    const opened = await Promise.all(subjects.map(({open}) => open()));
    await sleep(settling * 1000);
    const all = await Promise.all(opened.map(({terminal}) => costOf(terminal, measuring)));
    for (const [index, subject] of subjects.entries()) costs.get(subject)!.push(all[index]!);
    for (const {terminal, monitor} of opened) {
      await terminal.end();
      monitor?.stop();
    }
  }
  return [...costs].map(([{name, goal}, rounds]) => toRow(name, goal, middle(rounds)));
}

function peers(): readonly (readonly [string, ...string[]])[] {
  return [
    ...(isInstalled('top', ['-v']) ? [['top', '-d', '1'] as const] : []),
    ...(isInstalled('htop') ? [['htop', '-d', '10'] as const] : []),
  ];
}

async function openWatch(perSecond: number, size: TerminalSize): Promise<Opened> {
  const monitor = await BenchMonitor.start();
  const terminal = BenchTerminal.watch(monitor, size);
  await monitor.stream();
  await terminal.sees('LIVE');
  if (perSecond > 0) void monitor.pace(perSecond, endless);
  return {terminal, monitor};
}

async function costOf(terminal: BenchTerminal, seconds: number): Promise<Cost> {
  const [at, cpu, bytes] = [monotonicNow(), cpuSeconds(terminal.pid), terminal.bytes];
  await sleep(seconds * 1000);
  const elapsed = (monotonicNow() - at) / 1000;
  return {
    percent: ((cpuSeconds(terminal.pid) - cpu) / elapsed) * 100,
    bytesPerSecond: (terminal.bytes - bytes) / elapsed,
  };
}

function middle(rounds: readonly Cost[]): Cost {
  return {
    percent: median(rounds.map(({percent}) => percent)),
    bytesPerSecond: median(rounds.map(({bytesPerSecond}) => bytesPerSecond)),
  };
}

function toRow(name: string, goal: Cost | undefined, {percent, bytesPerSecond}: Cost): Row {
  const measured = `${figure(percent, 2)} %, ${figure(bytesPerSecond)} B/s`;
  if (!goal) return {subject: `load: ${name}`, goal: '', measured};
  const bytes = goal.bytesPerSecond === Infinity ? '' : `, ≤ ${figure(goal.bytesPerSecond)} B/s`;
  return {
    subject: `load: ${name}`,
    goal: `≤ ${figure(goal.percent, 1)} %${bytes}`,
    measured,
    isMet: percent <= goal.percent && bytesPerSecond <= goal.bytesPerSecond,
  };
}
