// All open streams: relays messages to those whose filter they pass, beats, keeps the subscribers'
// rows, and can be made to fail in the ways the real server does.
import {EventEmitter} from 'node:events';
import type {ServerResponse} from 'node:http';
import {chunkOf} from './http-chunk.ts';
import {NewestQueue} from './newest-queue.ts';
import {pythonJson, pythonText, type Json, type JsonObject} from './python-json.ts';
import {passesFilter, readServerFilter} from './server-filter.ts';
import {StreamClient} from './stream-client.ts';
import {labStamp, type Clock} from './stamps.ts';

/** Rows of the subscribers' table that are kept, newest first to stay. */
const maxSubscribers = 1000;

export interface StreamHubOptions {
  readonly clock: Clock;
  readonly heartbeatSeconds: number;
  /** Events that may wait for a slow reader, per stream. */
  readonly maxWaiting: number;
  readonly onSubscriber?: (news: SubscriberNews) => void;
}

/** What happened to a subscriber. */
export interface SubscriberNews {
  readonly kind: 'came' | 'slow' | 'left';
  readonly client: StreamClient;
  /** Streams that are open now. */
  readonly open: number;
}

interface Subscription {
  readonly id: number;
  readonly client: StreamClient;
  readonly connectedAt: number;
  disconnectedAt: number | undefined;
  lastActivity: number;
  isSlow: boolean;
}

export class StreamHub {
  readonly #options: StreamHubOptions;
  readonly #open = new Map<StreamClient, Subscription>();
  readonly #subscriptions = new NewestQueue<Subscription>(maxSubscribers);
  readonly #opened = new EventEmitter();
  #subscribed = 0;
  /** Half open: nothing at all is sent. */
  silent = false;
  /** The relay is broken: heartbeats go on, messages do not come. */
  deaf = false;
  /** So many messages are yet to be lost. */
  toLose = 0;

  constructor(options: StreamHubOptions) {
    this.#options = options;
  }

  get clients(): readonly StreamClient[] {
    return [...this.#open.keys()];
  }

  open(response: ServerResponse, url: URL): void {
    const {clock, heartbeatSeconds, maxWaiting} = this.#options;
    const filter = readServerFilter(url.searchParams);
    const client = new StreamClient(response, {filter, query: url.search.slice(1), maxWaiting});
    const now = clock();
    const subscription: Subscription = {
      id: (this.#subscribed += 1),
      client,
      connectedAt: now,
      disconnectedAt: undefined,
      lastActivity: now,
      isSlow: false,
    };
    this.#open.set(client, subscription);
    this.#subscriptions.push(subscription);
    const heartbeat = setInterval(() => this.#beat(client), heartbeatSeconds * 1000);
    response.on('close', () => {
      clearInterval(heartbeat);
      this.#open.delete(client);
      subscription.disconnectedAt = clock();
      this.#tell('left', client);
    });
    if (!this.silent)
      client.control(event('connected', {client_id: client.id, status: 'connected'}));
    this.#opened.emit('client');
    this.#tell('came', client);
  }

  /**
   * Sends a message whose data is already text; `name` and `data` go out exactly as given. Answers
   * to how many streams.
   */
  relay(message: JsonObject, name: Json, data: string): number {
    if (!('msg_type' in message)) return 0;
    if (this.toLose > 0) {
      this.toLose -= 1;
      return 0;
    }
    if (this.silent || this.deaf) return 0;
    const chunk = chunkOf(`event: ${pythonText(name)}\ndata: ${data}\n\n`);
    const now = this.#options.clock();
    let count = 0;
    for (const [client, subscription] of this.#open) {
      if (!passesFilter(message, client.filter)) continue;
      client.relay(chunk);
      subscription.lastActivity = now;
      this.#watch(client, subscription);
      count += 1;
    }
    return count;
  }

  /** Bytes of the response's body to every open stream, as one chunk. */
  writeRaw(bytes: string | Uint8Array): void {
    for (const client of this.#open.keys()) client.write(bytes);
  }

  endStreams(): void {
    for (const client of this.#open.keys()) client.end();
  }

  /** Resolves when no open stream has anything waiting. */
  async drained(): Promise<void> {
    await Promise.all(this.clients.map(client => client.drained()));
  }

  /** Resolves when a stream is open, or the signal aborts. */
  firstClient(signal?: AbortSignal): Promise<void> {
    if (this.#open.size > 0 || signal?.aborted) return Promise.resolve();
    return new Promise(resolve => {
      const done = () => {
        this.#opened.off('client', done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.#opened.on('client', done);
      signal?.addEventListener('abort', done);
    });
  }

  /** The table of all that ever were, newest first. */
  subscriberRows(): JsonObject[] {
    return [...this.#subscriptions].toReversed().map(subscriberRow);
  }

  /** Tells once of a reader that has begun to lose messages. */
  #watch(client: StreamClient, subscription: Subscription): void {
    if (subscription.isSlow || client.dropped === 0) return;
    subscription.isSlow = true;
    this.#tell('slow', client);
  }

  #tell(kind: SubscriberNews['kind'], client: StreamClient): void {
    this.#options.onSubscriber?.({kind, client, open: this.#open.size});
  }

  #beat(client: StreamClient): void {
    if (this.silent) return;
    const timestamp = Math.round(this.#options.clock() * 1000) / 1_000_000;
    client.control(event('heartbeat', {timestamp}));
  }
}

function event(name: string, data: JsonObject): string {
  return `event: ${name}\ndata: ${pythonJson(data)}\n\n`;
}

function subscriberRow(subscription: Subscription): JsonObject {
  const {id, client, connectedAt, disconnectedAt, lastActivity} = subscription;
  return {
    subscriber_id: id,
    subscriber_name: client.name,
    fraction: null,
    description: `SSE client from ${client.address}`,
    is_active: disconnectedAt === undefined,
    created_at: labStamp(connectedAt),
    updated_at: labStamp(connectedAt),
    delivery_type: 'sse',
    client_ip: client.address,
    client_location: 'Remote',
    connected_at: labStamp(connectedAt),
    disconnected_at: disconnectedAt === undefined ? null : labStamp(disconnectedAt),
    last_activity: labStamp(lastActivity),
    message_filters: {...client.filter},
    messages_received: 0,
    messages_sent: client.sent,
    messages_dropped: client.dropped,
  };
}
