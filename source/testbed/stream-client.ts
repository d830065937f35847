// One open stream on the monitor's side: writes events to its socket, keeps the newest of them
// while the reader is slow, and ends as the real server does.
import {randomUUID} from 'node:crypto';
import type {ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {chunkOf} from './http-chunk.ts';
import {NewestQueue} from './newest-queue.ts';
import type {ServerFilter} from './server-filter.ts';

/** Headers of the stream as the monitor sends them behind uvicorn. */
const streamHeaders = {
  server: 'uvicorn',
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
  'access-control-allow-origin': '*',
  'x-frame-options': 'DENY',
  vary: 'Cookie',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'transfer-encoding': 'chunked',
};

export interface StreamClientOptions {
  readonly filter: ServerFilter;
  /** The query string as received, without `?`. */
  readonly query: string;
  /** Events that may wait for a slow reader. */
  readonly maxWaiting: number;
}

export class StreamClient {
  readonly id = randomUUID();
  readonly filter: ServerFilter;
  readonly query: string;
  /** Where the reader is, as far as the socket knows. */
  readonly address: string;
  readonly #socket: Socket;
  readonly #waiting: NewestQueue<Uint8Array>;
  #draining = false;
  #sent = 0;
  #whenDrained: (() => void)[] = [];

  /** Answers the request with the stream's head. */
  constructor(response: ServerResponse, options: StreamClientOptions) {
    this.filter = options.filter;
    this.query = options.query;
    this.#waiting = new NewestQueue(options.maxWaiting);
    response.writeHead(200, streamHeaders);
    response.flushHeaders();
    this.#socket = response.socket!;
    this.address = plainAddress(this.#socket);
    this.#socket.on('drain', () => this.#flush());
    response.on('close', () => this.#closed());
  }

  /** Under which the subscribers' table has it. */
  get name(): string {
    return `sse_${this.id.slice(0, 8)}`;
  }

  /** Messages handed to the socket. */
  get sent(): number {
    return this.#sent;
  }

  /** Messages that made room for newer ones because the reader was slow. */
  get dropped(): number {
    return this.#waiting.dropped;
  }

  /** A workflow message as a chunk; waits its turn when the reader is slow. */
  relay(chunk: Uint8Array): void {
    if (this.#draining) {
      this.#waiting.push(chunk);
      return;
    }
    this.#sent += 1;
    this.#write(chunk);
  }

  /** One of the server's own events; a reader that is behind does not get it. */
  control(event: string): void {
    if (!this.#draining) this.write(event);
  }

  /** Bytes of the response's body, as one chunk. */
  write(body: string | Uint8Array): void {
    if (body.length > 0) this.#write(chunkOf(body)); // an empty chunk would be the last one
  }

  /** Resolves when nothing waits for the reader any more, or the stream has ended. */
  drained(): Promise<void> {
    if (!this.#draining) return Promise.resolve();
    return new Promise(resolve => this.#whenDrained.push(resolve));
  }

  /** Ends with a FIN and without a last chunk, after what was written has gone out. */
  end(): void {
    this.#socket.destroySoon();
  }

  /**
   * It goes to the socket itself: ServerResponse holds back a turn's writes to send them as one,
   * which would hide whether the reader keeps up.
   */
  #write(chunk: Uint8Array): void {
    if (this.#socket.writable && !this.#socket.write(chunk)) this.#draining = true;
  }

  #flush(): void {
    this.#draining = false;
    while (!this.#draining) {
      const chunk = this.#waiting.shift();
      if (chunk === undefined) {
        this.#notifyDrained();
        return;
      }
      this.relay(chunk);
    }
  }

  #closed(): void {
    this.#waiting.clear();
    this.#draining = false;
    this.#notifyDrained();
  }

  #notifyDrained(): void {
    for (const resolve of this.#whenDrained.splice(0)) resolve();
  }
}

/** Without the `::ffff:` of an IPv4 address on an IPv6 socket. */
function plainAddress({remoteAddress = ''}: Socket): string {
  return remoteAddress.replace(/^::ffff:/, '');
}
