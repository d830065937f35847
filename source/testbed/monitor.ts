// A swf-monitor inside the process: the same HTTP contract on a real socket, for the demo, the tests
// and whoever wants one of their own, with switches for each way in which the real one fails.
import {createServer as createHttpServer} from 'node:http';
import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {once} from 'node:events';
import {isIPv6, type AddressInfo, type Socket} from 'node:net';
import {hostname} from 'node:os';
import {paths} from '../wire/paths.ts';
import {dispatch, requestUrl, type Dispatcher} from './dispatch.ts';
import type {ExecutionRecord} from './executions.ts';
import {History} from './history.ts';
import {senderOf} from './message-rows.ts';
import {pythonJson, type JsonObject} from './python-json.ts';
import {AgentRegistry, type AgentRecord} from './registry.ts';
import {RequestLog, type LoggedRequest} from './request-log.ts';
import {monitorRoutes, type Route, type Tables} from './routes.ts';
import {labStamp, systemClock, utcStamp, type Clock} from './stamps.ts';
import type {StreamClient} from './stream-client.ts';
import {StreamHub, type SubscriberNews} from './stream-hub.ts';

export type {AgentRecord, ExecutionRecord, JsonObject, LoggedRequest, StreamClient};

/** Messages that wait for a slow reader on the real server. */
const maxWaiting = 100;

export interface MonitorOptions {
  /** Where to listen. Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** Default: `/swf-monitor`. */
  readonly basePath?: string;
  readonly token?: string;
  /** Default: 30. */
  readonly heartbeatSeconds?: number;
  /** Messages and STF files that are kept for REST, each. Default: 50,000. */
  readonly maxRows?: number;
  /** Slow readers lose nothing; whoever publishes much waits for `drained()`. */
  readonly lossless?: boolean;
  /** Serve https with this certificate and key, both PEM. */
  readonly tls?: {readonly key: string; readonly cert: string};
  readonly clock?: Clock;
  /** Routes beside the real server's, or in their place. */
  readonly routes?: (tables: Tables) => readonly Route[];
  readonly onSubscriber?: (news: SubscriberNews) => void;
}

/** May answer a request itself; true when it has. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A message as it was recorded; `name` and `data` go out to the byte. */
export interface RecordedMessage {
  readonly name: string;
  readonly data: string;
  /** The data, parsed. */
  readonly message: JsonObject;
  /** The agent's own part of it. */
  readonly original: JsonObject;
  /** The stream's stamp, milliseconds since the epoch. */
  readonly sentAt: number;
}

export class TestbedMonitor {
  /** The base URL, as SWF_MONITOR_PROD_URL would name it. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly lossless: boolean;
  readonly clock: Clock;
  /** Sees every request first. */
  intercept: Intercept | undefined;
  /** Sees requests for the stream, before the token is looked at. */
  interceptStream: Intercept | undefined;
  readonly #server: Server;
  /** Open connections; the server itself does not know those that still shake hands for TLS. */
  readonly #sockets = new Set<Socket>();
  readonly #history: History;
  readonly #registry: AgentRegistry;
  readonly #hub: StreamHub;
  readonly #log = new RequestLog();
  readonly #dispatcher: Dispatcher;
  #admitting = true;
  #published = 0;

  /** Use `startMonitor`; the server listens already. */
  constructor(server: Server, options: MonitorOptions) {
    const basePath = options.basePath ?? '/swf-monitor';
    const {port} = server.address() as AddressInfo;
    this.port = port;
    const host = urlHost(options.host ?? loopback);
    this.url = `${options.tls ? 'https' : 'http'}://${host}:${port}${basePath}`;
    this.token = options.token ?? 'testbed-token';
    this.lossless = options.lossless ?? false;
    this.clock = options.clock ?? systemClock;
    this.#server = server;
    this.#history = new History(options.maxRows ?? 50_000);
    this.#registry = new AgentRegistry(this.clock);
    this.#hub = new StreamHub({
      clock: this.clock,
      heartbeatSeconds: options.heartbeatSeconds ?? 30,
      maxWaiting: this.lossless ? Infinity : maxWaiting,
      ...(options.onSubscriber && {onSubscriber: options.onSubscriber}),
    });
    const tables = {history: this.#history, registry: this.#registry, hub: this.#hub};
    this.#dispatcher = {
      // Of two for the same, the first answers.
      routes: [...(options.routes?.(tables) ?? []), ...monitorRoutes(tables)],
      basePath,
      admits: authorization => this.#admitting && authorization === `Token ${this.token}`,
    };
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /** Open streams. */
  get clients(): readonly StreamClient[] {
    return this.#hub.clients;
  }

  /** Registered agents by `instance_name`. */
  get agents(): ReadonlyMap<string, AgentRecord> {
    return this.#registry.agents;
  }

  /** The newest 1000 requests. */
  get requests(): readonly LoggedRequest[] {
    return this.#log.requests;
  }

  /** Messages taken so far, wherever they came from. */
  get published(): number {
    return this.#published;
  }

  /** A message as an agent sends it: stored, completed and relayed. Answers to how many streams. */
  publish(message: JsonObject): number {
    const now = this.clock();
    this.#published += 1;
    this.#history.store(message, now);
    const added = {
      sender_agent: senderOf(message),
      recipient_agent: null,
      namespace: null,
      queue_name: 'epictopic',
      sent_at: utcStamp(now),
    };
    const missing = Object.entries(added).filter(([key]) => !(key in message));
    const relayed = {...message, ...Object.fromEntries(missing)};
    return this.#hub.relay(relayed, message['msg_type'] ?? null, pythonJson(relayed));
  }

  publishRecorded({name, data, message, original, sentAt}: RecordedMessage): void {
    this.#history.store(original, sentAt);
    this.#hub.relay(message, name, data);
  }

  /** Adds an execution, or replaces the one of the same id. */
  addExecution(record: ExecutionRecord): void {
    this.#history.executions.put(record);
  }

  /**
   * A runner is stopped by command (`terminated`), fails, or completes after it has lost the broker: its execution runs
   * no more, and no `end_run` comes. The monitor knows no time for the first two.
   */
  endExecution(executionId: string, status: 'terminated' | 'failed' | 'completed'): void {
    const record = this.#history.executions.get(executionId);
    if (!record) throw new RangeError(`no execution ${executionId}`);
    const end_time = status === 'completed' ? labStamp(this.clock()) : null;
    this.addExecution({...record, status, end_time});
  }

  /** The row of a run in the table of run states says so from now on. */
  setRunState(runNumber: string, stamps: JsonObject): void {
    if (!this.#history.runStates.change(runNumber, stamps, this.clock())) {
      throw new RangeError(`no run state of ${runNumber}`);
    }
  }

  /** Resolves when no open stream has anything waiting for its reader. */
  drained(): Promise<void> {
    return this.#hub.drained();
  }

  /** Resolves when a stream is open, or the signal aborts. */
  firstClient(signal?: AbortSignal): Promise<void> {
    return this.#hub.firstClient(signal);
  }

  /** Every later request that needs the token is refused. */
  revokeToken({endStreams = false}: {readonly endStreams?: boolean} = {}): void {
    this.#admitting = false;
    if (endStreams) this.endStreams();
  }

  /** Ends every open stream with a FIN, without a last chunk. */
  endStreams(): void {
    this.#hub.endStreams();
  }

  /** Half open: streams stay, new ones open, and nothing at all is sent on them. */
  setSilent(silent: boolean): void {
    this.#hub.silent = silent;
  }

  /** The broken relay: heartbeats go on, messages are stored and not relayed. */
  setDeaf(deaf: boolean): void {
    this.#hub.deaf = deaf;
  }

  /** The next `count` messages are stored and not relayed. */
  loseNext(count: number): void {
    this.#hub.toLose = count;
  }

  /** Bytes of the response's body to every open stream, whatever they mean. */
  writeRaw(bytes: string | Uint8Array): void {
    this.#hub.writeRaw(bytes);
  }

  /** Ends streams and server; resolves when the port is free. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#hub.endStreams();
    this.#server.close();
    // What was written to keeping-up readers is in the kernel's hands now; nobody else may stay.
    await new Promise(resolve => setImmediate(resolve));
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#log.add(request, response);
    if (this.intercept?.(request, response)) return;
    if (this.#asksForStream(request) && this.interceptStream?.(request, response)) return;
    await dispatch(this.#dispatcher, request, response);
  }

  #asksForStream(request: IncomingMessage): boolean {
    return requestUrl(request)?.pathname === `${this.#dispatcher.basePath}/${paths.stream}`;
  }
}

const loopback = '127.0.0.1';

/** A host that other machines can name: this one's name where it listens everywhere. */
export function urlHost(host: string): string {
  const name = ['0.0.0.0', '::'].includes(host) ? hostname() : host;
  return isIPv6(name) ? `[${name}]` : name;
}

/** Rejects when the port is taken, or the host is none of this machine's. */
export async function startMonitor(options: MonitorOptions = {}): Promise<TestbedMonitor> {
  const server = options.tls ? createHttpsServer(options.tls) : createHttpServer();
  server.listen(options.port ?? 0, options.host ?? loopback);
  await once(server, 'listening');
  return new TestbedMonitor(server, options);
}
