// The receivers of the benchmark with many, all in a process of their own: each reads its stream as
// it comes and notes how old every message is.
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
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
  const sockets = await Promise.all(Array.from({length: receivers + 1}, () => stream(url, token)));
  for (const socket of sockets.slice(1)) read(socket);
}

/** The bare connection: Node's HTTP client would cost more than all else together. */
async function stream(url: string, token: string): Promise<Socket> {
  const {pathname, host, hostname, port} = monitorUrl(url, paths.stream);
  const socket = connect(Number(port), hostname);
  const head = [`GET ${pathname} HTTP/1.1`, `host: ${host}`, `authorization: Token ${token}`];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

function read(socket: Socket): void {
  let rest = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    const now = monotonicNow();
    const whole = rest + text;
    const end = whole.lastIndexOf('\n') + 1;
    for (const [, sent] of whole.slice(0, end).matchAll(stamp)) latencies.push(now - Number(sent));
    rest = whole.slice(end);
  });
  socket.on('error', () => undefined); // the end of the measurement
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
