// A TCP proxy on the loopback that spoils what the server answers, in Toxiproxy's words. It sits
// between the receiver and the monitor; what the receiver asks goes through unharmed.
import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Server, type Socket} from 'node:net';
import {setImmediate as nextTurn, setTimeout as pause} from 'node:timers/promises';
import {onTestFinished} from 'vitest';

/** Bytes are counted on each connection from when the toxic is there. */
export type Toxic =
  /** Nothing listens. */
  | {readonly type: 'down'}
  /** RST after so many bytes; 0: in place of the answer. */
  | {readonly type: 'reset_peer'; readonly after: number}
  /** Half open: everything is swallowed, nothing is closed. */
  | {readonly type: 'timeout'}
  /** The end comes so many ms late. */
  | {readonly type: 'slow_close'; readonly delay: number}
  /** FIN after so many bytes. */
  | {readonly type: 'limit_data'; readonly bytes: number}
  /** One byte at a time. */
  | {readonly type: 'slicer'}
  /** So many bytes every so many ms. */
  | {readonly type: 'bandwidth'; readonly bytes: number; readonly every: number}
  | {readonly type: 'latency'; readonly ms: number};

export class FaultProxy {
  /** Port of the loopback that new connections go on to. */
  upstream: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #toxic: Toxic | undefined;

  constructor(upstream: number) {
    this.upstream = upstream;
  }

  get port(): number {
    return this.#port;
  }

  async listen(): Promise<void> {
    const server = createServer({allowHalfOpen: true}, client => this.#accept(client));
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** In force for open connections too, from their next byte on. */
  async poison(toxic: Toxic): Promise<void> {
    this.#toxic = toxic;
    if (toxic.type === 'down') await this.close();
  }

  async heal(): Promise<void> {
    this.#toxic = undefined;
    if (!this.#server) await this.listen();
  }

  /** Resolves when the port is free. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    const target = connect(this.upstream, '127.0.0.1');
    for (const socket of [client, target]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy()); // a peer that is gone is one of the cases
      socket.on('close', () => this.#sockets.delete(socket));
    }
    client.pipe(target);
    client.on('close', () => target.destroy());
    void this.#answer(client, target);
  }

  async #answer(client: Socket, target: Socket): Promise<void> {
    let toxic = this.#toxic;
    let passed = 0;
    try {
      for await (const chunk of target as AsyncIterable<Buffer>) {
        if (toxic !== this.#toxic) passed = 0;
        toxic = this.#toxic;
        passed += chunk.length;
        await pass(client, chunk, passed, toxic);
        if (client.destroyed || client.writableEnded) break;
      }
    } catch {
      // the server, or the receiver, broke the connection off: so does this proxy
    }
    if (this.#toxic?.type === 'timeout') return;
    if (this.#toxic?.type === 'slow_close') await pause(this.#toxic.delay);
    client.end();
  }
}

/** Hands `chunk` on as the toxic has it; `passed`: bytes of this connection with it. */
async function pass(
  client: Socket,
  chunk: Buffer,
  passed: number,
  toxic: Toxic | undefined,
): Promise<void> {
  const upTo = (limit: number) =>
    chunk.subarray(0, Math.max(0, chunk.length - Math.max(0, passed - limit)));
  switch (toxic?.type) {
    case 'timeout':
      return;
    case 'reset_peer':
      if (passed <= toxic.after) break;
      await write(client, upTo(toxic.after));
      await pause(20); // an RST overtakes what has not been read yet
      client.resetAndDestroy();
      return;
    case 'limit_data':
      if (passed < toxic.bytes) break;
      client.end(upTo(toxic.bytes));
      return;
    case 'slicer':
      for (const byte of chunk) {
        await write(client, Buffer.of(byte));
        await nextTurn();
      }
      return;
    case 'bandwidth':
      for (let from = 0; from < chunk.length; from += toxic.bytes) {
        await write(client, chunk.subarray(from, from + toxic.bytes));
        await pause(toxic.every);
      }
      return;
    case 'latency':
      await pause(toxic.ms);
      break;
    case 'down':
    case 'slow_close':
    case undefined:
      break;
  }
  await write(client, chunk);
}

/** Resolves when there is room for more. */
async function write(client: Socket, bytes: Buffer): Promise<void> {
  if (client.destroyed || bytes.length === 0 || client.write(bytes)) return;
  await new Promise<void>(resolve => {
    const done = () => {
      client.off('drain', done);
      client.off('close', done);
      resolve();
    };
    client.on('drain', done);
    client.on('close', done);
  });
}

/** Listens until the test is finished. */
export async function startFaultProxy(upstream: number): Promise<FaultProxy> {
  const proxy = new FaultProxy(upstream);
  await proxy.listen();
  onTestFinished(() => proxy.close());
  return proxy;
}
