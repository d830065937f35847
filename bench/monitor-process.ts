// The benchmarks' server, run as a process of its own: a plain Node server that speaks as much of
// the monitor's contract as a receiver needs, and sends prepared or paced messages when told.
// Every message is an HTTP chunk of its own; what is due together goes out in one write.
import {once} from 'node:events';
import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {paths} from '../source/wire/paths.ts';
import {eventText, httpChunk, workflowMessages} from './messages.ts';
import type {Answer, Command, Numbered} from './monitor-commands.ts';

/** Prepared messages that go out in one write. */
const blockSize = 100;

/** As the real server beats, ms. */
const heartbeatInterval = 30_000;

const messages = workflowMessages();
let prepared: Buffer[] = [];
let stream: Socket | undefined;
let whenOpen = Promise.withResolvers<void>();

const server = createServer((request, response) => {
  if (request.url?.includes(paths.stream)) openStream(response);
  else {
    const isRegistration = request.url?.includes(paths.heartbeat);
    response.writeHead(200, {'content-type': 'application/json'}).end(isRegistration ? '{}' : '[]');
    request.resume();
  }
});

function openStream(response: ServerResponse): void {
  response.writeHead(200, {'content-type': 'text/event-stream', 'transfer-encoding': 'chunked'});
  response.flushHeaders();
  const socket = response.socket!;
  stream = socket;
  socket.write(httpChunk('event: connected\ndata: {"client_id": "b", "status": "connected"}\n\n'));
  const heartbeat = setInterval(() => beat(socket), heartbeatInterval);
  socket.on('close', () => clearInterval(heartbeat));
  whenOpen.resolve();
}

function beat(socket: Socket): void {
  const timestamp = Date.now() / 1000;
  if (socket.writable)
    socket.write(httpChunk(`event: heartbeat\ndata: {"timestamp": ${timestamp}}\n\n`));
}

async function obey(command: Command): Promise<Answer> {
  switch (command.kind) {
    case 'listen': {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return {port: (server.address() as AddressInfo).port};
    }
    case 'stream': {
      await whenOpen.promise;
      whenOpen = Promise.withResolvers<void>();
      return {};
    }
    case 'prepare': {
      prepared = prepare(command.count);
      return {};
    }
    case 'flood': {
      await flood(stream!, command.count);
      return {};
    }
    case 'pace': {
      return {sent: await pace(stream!, command)};
    }
    case 'pour': {
      await pour(stream!, command.perSecond, command.count);
      return {};
    }
  }
}

function prepare(count: number): Buffer[] {
  const blocks: Buffer[] = [];
  for (let made = 0; made < count; made += blockSize) {
    const texts = Array.from({length: Math.min(blockSize, count - made)}, () =>
      httpChunk(eventText(messages.next().value, Date.now())),
    );
    blocks.push(Buffer.from(texts.join('')));
  }
  return blocks;
}

/** As fast as the reader takes them, then the end of the stream. */
async function flood(socket: Socket, count: number): Promise<void> {
  for (const block of prepared.slice(0, count / blockSize)) {
    if (!socket.write(block)) await once(socket, 'drain');
  }
  socket.end('0\r\n\r\n');
}

async function pour(socket: Socket, perSecond: number, count: number): Promise<void> {
  const start = performance.now();
  for (let sent = 0; sent < count && socket.writable; sent += blockSize) {
    const early = start + (sent * 1000) / perSecond - performance.now();
    if (early > 1) await sleep(early);
    const block = prepared[(sent / blockSize) % prepared.length]!;
    if (!socket.write(block)) await once(socket, 'drain');
  }
}

/** Each message made when it is due, with the monotonic clock's reading as `bench_sent`, ms. */
async function pace(
  socket: Socket,
  {perSecond, count, isTimeShown}: Extract<Command, {kind: 'pace'}>,
): Promise<number> {
  const start = performance.now();
  let sent = 0;
  while (sent < count && socket.writable) {
    const due = Math.min(count, Math.floor(((performance.now() - start) * perSecond) / 1000) + 1);
    let text = '';
    for (; sent < due; sent += 1) {
      const bench_sent = Number(process.hrtime.bigint()) / 1e6;
      const shown = {filename: null, tf_filename: null, message: `sent ${bench_sent} .`};
      const extra = isTimeShown ? shown : {bench_sent};
      text += httpChunk(eventText(messages.next().value, Date.now(), extra));
    }
    if (text !== '') socket.write(text);
    await sleep(Math.max(1, start + (sent * 1000) / perSecond - performance.now()));
  }
  return sent;
}

process.on('message', ({id, command}: Numbered<Command>) => {
  void obey(command).then(answer => process.send!({id, ...answer}));
});
process.on('disconnect', () => process.exit());
