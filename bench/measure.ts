// Reading processes and condensing figures.
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** Ticks a second in /proc; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Processor time of a process with its threads, user and system, s. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident set, MB (10^6 bytes). */
export function residentMegabytes(pid: number): number {
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return (Number(kibibytes) * 1024) / 1e6;
}

/** The monotonic clock that all processes share, ms. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The value that `share` (0 to 1) of all do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Of an odd number of values; of an even one, the lower of the two in the middle. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

export function isInstalled(command: string, args: readonly string[] = ['--version']): boolean {
  return spawnSync(command, args, {stdio: 'ignore'}).status === 0;
}
