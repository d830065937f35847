// Many receivers on one `swfmon serve`, and one more that never reads: whether any message is lost,
// how late they arrive, and what they cost.
import {fork, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {standalonePaths} from '../source/testbed/standalone.ts';
import {monitorUrl} from '../source/wire/paths.ts';
import type {Opening, ReaderReport} from './many-readers.ts';
import {cpuSeconds, median, monotonicNow, residentMegabytes} from './measure.ts';
import {workflowMessages} from './messages.ts';
import type {Effort} from './part.ts';
import {bareEnvironment, program} from './program.ts';
import {figure, type Row} from './table.ts';

/** Messages a second; the real server relays about 70 at most. */
const rates = [70, 200];

/** Messages whose answer is awaited: more are not sent. */
const maxUnderWay = 32;

const token = 'bench-token';

interface Round extends ReaderReport {
  readonly percent: number;
  readonly megabytes: number;
}

export async function many({isQuick}: Effort): Promise<readonly Row[]> {
  const [receivers, seconds, rounds] = isQuick ? [20, 1, 1] : [200, 10, 3];
  const rows: Row[] = [];
  for (const perSecond of rates) {
    const count = perSecond * seconds;
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      measured.push(await measure(receivers, perSecond, count));
    }
    const subject = `many: ${receivers} receivers at ${perSecond}/s`;
    rows.push(...toRows(subject, count * receivers, measured));
  }
  return rows;
}

function toRows(subject: string, wanted: number, rounds: readonly Round[]): readonly Row[] {
  const middle = (of: (round: Round) => number) => median(rounds.map(of));
  const lost = wanted - Math.min(...rounds.map(({received}) => received));
  const late = [middle(({half}) => half), middle(({nearlyAll}) => nearlyAll)];
  const percent = middle(round => round.percent);
  const megabytes = middle(round => round.megabytes);
  return [
    {
      subject: `${subject}, messages lost`,
      goal: '0',
      measured: `${figure(lost)} of ${figure(wanted)}`,
      isMet: lost === 0,
    },
    {
      subject: `${subject}, sent to received: median, 99 %`,
      goal: '',
      measured: late.map(value => `${figure(value, 1)} ms`).join(', '),
    },
    {
      subject: `${subject}, CPU and memory of \`serve\``,
      goal: '',
      measured: `${figure(percent)} %, ${figure(megabytes)} MB`,
    },
  ];
}

async function measure(receivers: number, perSecond: number, count: number): Promise<Round> {
  const {url, child} = await startServe();
  const readers = fork(new URL('many-readers.ts', import.meta.url));
  await ask(readers, {kind: 'open', url, token, receivers});
  const [startedAt, cpu] = [monotonicNow(), cpuSeconds(child.pid!)];
  await postAt(perSecond, count, url);
  const percent = ((cpuSeconds(child.pid!) - cpu) / (monotonicNow() - startedAt)) * 100_000;
  const report = await reportOf(readers, count * receivers);
  const megabytes = residentMegabytes(child.pid!);
  readers.kill();
  child.kill();
  await once(child, 'close');
  return {...report, percent, megabytes};
}

/** It is listening when it has said where. */
async function startServe(): Promise<{readonly url: string; readonly child: ChildProcess}> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
    env: {...bareEnvironment, SWF_API_TOKEN: token},
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text as string;
    const [, url] = /^export SWF_MONITOR_PROD_URL=(.*)\n/m.exec(said) ?? [];
    if (url !== undefined) return {url, child};
  }
  throw new Error('serve does not start');
}

/** Each message made when it is due, with the monotonic clock's reading as `bench_sent`, ms. */
async function postAt(perSecond: number, count: number, url: string): Promise<void> {
  const messages = workflowMessages();
  const place = monitorUrl(url, standalonePaths.publish);
  const start = performance.now();
  const underWay = new Set<Promise<void>>();
  for (let sent = 0; sent < count; sent += 1) {
    await sleep(Math.max(0, start + (sent * 1000) / perSecond - performance.now()));
    if (underWay.size === maxUnderWay) await Promise.race(underWay);
    const message = {...messages.next().value, bench_sent: monotonicNow()};
    const posting = post(place, JSON.stringify(message)).finally(() => underWay.delete(posting));
    underWay.add(posting);
  }
  await Promise.all(underWay);
}

async function post(place: URL, body: string): Promise<void> {
  const headers = {authorization: `Token ${token}`};
  const response = await fetch(place, {method: 'POST', headers, body});
  await response.text();
  if (response.status !== 201) throw new Error(`HTTP ${response.status}`);
}

/** What arrives late is waited for, up to 10 s. */
async function reportOf(readers: ChildProcess, wanted: number): Promise<ReaderReport> {
  for (let tries = 0; ; tries += 1) {
    const report = (await ask(readers, {kind: 'report'})) as ReaderReport;
    if (report.received >= wanted || tries === 20) return report;
    await sleep(500);
  }
}

async function ask(
  readers: ChildProcess,
  question: Opening | {readonly kind: 'report'},
): Promise<unknown> {
  const answered = once(readers, 'message');
  readers.send(question);
  const [answer] = (await answered) as [unknown];
  return answer;
}
