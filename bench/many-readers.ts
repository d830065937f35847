// The receivers of the benchmark with many, all in a process of their own: each reads its stream as
// it comes and notes how old every message is.
import {get, type IncomingMessage} from 'node:http';
import {monitorUrl, paths} from '../source/wire/paths.ts';
import {monotonicNow, percentile} from './measure.ts';

export interface Opening {
  readonly kind: 'open';
  readonly url: string;
  readonly token: string;
  /** Besides one that never reads. */
  readonly receivers: number;
}

export interface ReaderReport {
  readonly received: number;
  /** From the message made to its bytes read, ms. */
  readonly half: number;
  readonly nearlyAll: number;
}

const stamp = /"bench_sent": ([\d.]+)/g;
const latencies: number[] = [];

async function open({url, token, receivers}: Opening): Promise<void> {
  const streams = await Promise.all(Array.from({length: receivers + 1}, () => stream(url, token)));
  for (const response of streams.slice(1)) read(response);
}

function stream(url: string, token: string): Promise<IncomingMessage> {
  const headers = {authorization: `Token ${token}`};
  return new Promise((resolve, reject) => {
    get(monitorUrl(url, paths.stream), {headers, agent: false}, resolve).on('error', reject);
  });
}

function read(response: IncomingMessage): void {
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const now = monotonicNow();
    const whole = (rest + text).split('\n\n');
    rest = whole.pop()!;
    for (const event of whole) {
      for (const [, sent] of event.matchAll(stamp)) latencies.push(now - Number(sent));
    }
  });
  response.on('error', () => undefined); // the end of the measurement
}

process.on('message', (message: Opening | {readonly kind: 'report'}) => {
  if (message.kind === 'open') {
    void open(message).then(() => process.send!({}));
    return;
  }
  const [half, nearlyAll] = [0.5, 0.99].map(share => percentile(latencies, share));
  process.send!({received: latencies.length, half, nearlyAll});
});
process.on('disconnect', () => process.exit());
