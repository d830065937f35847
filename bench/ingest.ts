// Messages a second of `swfmon tail --json` into a pipe, next to a bare loop and to what others
// would use. All read the same bytes, each message a chunk of its own, from a process of its own.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {monitorUrl, paths} from '../source/wire/paths.ts';
import {isInstalled, median, monotonicNow} from './measure.ts';
import {BenchMonitor} from './monitor.ts';
import type {Effort} from './part.ts';
import {environmentFor, program} from './program.ts';
import {figure, type Row} from './table.ts';

interface Reader {
  readonly name: string;
  /** So many that a round takes a second or more. */
  readonly count: number;
  readonly command: string;
  readonly args: (url: string, count: number) => readonly string[];
  /** Prints only how many it has read. */
  readonly isSilent?: boolean;
}

const fileOf = (name: string) => new URL(name, import.meta.url).pathname;

const bare: Reader = {
  name: 'bare',
  count: 500_000,
  command: process.execPath,
  args: url => [fileOf('bare-receiver.ts'), url],
  isSilent: true,
};

const swfmon: Reader = {
  name: 'swfmon',
  count: 300_000,
  command: process.execPath,
  args: (_url, count) => [program, 'tail', '--json', '--count', String(count)],
};

const python: Reader = {
  name: 'Python',
  count: 5000,
  command: 'python3',
  args: url => [fileOf('reference-receiver.py'), url],
};

// jq reads no event stream: the field names go, and so does the event `connected`.
const fields = 'select(startswith("data: ")) | .[6:] | fromjson | select(has("msg_type"))';
const curlJq: Reader = {
  name: 'curl and jq',
  count: 50_000,
  command: 'sh',
  args: url => ['-c', `curl -sN "$0" | jq -cR '${fields}'`, url],
};

export async function ingest({isQuick}: Effort): Promise<readonly Row[]> {
  const readers = [
    bare,
    swfmon,
    ...(isInstalled('python3', ['-c', 'import requests']) ? [python] : []),
    ...(isInstalled('curl') && isInstalled('jq') ? [curlJq] : []),
  ];
  const countOf = (reader: Reader) => (isQuick ? 200 : reader.count);
  const monitor = await BenchMonitor.start();
  await monitor.prepare(Math.max(...readers.map(countOf)));
  const rounds = new Map<Reader, number[]>(readers.map(reader => [reader, []]));
  for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
    for (const [reader, rates] of rounds) {
      rates.push(await messagesPerSecond(monitor, reader, countOf(reader)));
    }
  }
  monitor.stop();

  const ratesOf = (name: string) =>
    [...rounds].find(([reader]) => reader.name === name)?.[1] ?? undefined;
  const ours = ratesOf('swfmon')!;
  const against = (name: string, goal: number, digits: number): Row => {
    const subject = `ingest: \`tail --json\` to ${name}`;
    const wanted = `≥ ${figure(goal, digits)} ×`;
    const theirs = ratesOf(name);
    if (!theirs) return {subject, goal: wanted, measured: 'skipped', peer: 'not installed'};
    const ratio = median(ours.map((rate, round) => rate / theirs[round]!));
    return {
      subject,
      goal: wanted,
      measured: `${figure(ratio, 2)} × (${figure(median(ours))}/s)`,
      peer: `${name} ${figure(median(theirs))}/s`,
      isMet: ratio >= goal,
    };
  };
  return [against('bare', 0.25, 2), against('Python', 50, 0), against('curl and jq', 1.5, 1)];
}

/** From the first message sent to the last line read; the reader has started and connected. */
async function messagesPerSecond(
  monitor: BenchMonitor,
  reader: Reader,
  count: number,
): Promise<number> {
  const {name, command, args, isSilent = false} = reader;
  const url = monitorUrl(monitor.url, paths.stream).href;
  const child = spawn(command, args(url, count), {
    env: environmentFor(monitor),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let lines = 0;
  let text = '';
  let readAt = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    readAt = monotonicNow();
    if (isSilent) text += chunk.toString();
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  });
  const closed = once(child, 'close');
  await monitor.stream();
  await sleep(300);
  const sentAt = monotonicNow();
  await monitor.flood(count);
  await closed;
  const read = isSilent ? Number(text) : lines;
  if (read !== count) throw new Error(`${name} read ${read} of ${count} messages`);
  return (count * 1000) / (readAt - sentAt);
}
