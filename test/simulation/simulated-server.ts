// A monitor without sockets that knows the truth: what was sent when, what each stream was given.
// It can be down, deaf, silent, lose single messages, end or break its streams, and refuse REST.
import type {Clock} from '../../source/receiver/clock.ts';

export type Content = Readonly<Record<string, unknown>> & {readonly serial: number};

interface Row {
  readonly content: Content;
  readonly sentAt: number;
}

interface OpenStream {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  nextBeatAt: number;
}

const encoder = new TextEncoder();

export class SimulatedServer {
  readonly rows: Row[] = [];
  readonly running = new Set<string>();
  readonly streams = new Set<OpenStream>();
  isDown = false;
  isDeaf = false;
  isSilent = false;
  isRestDown = false;
  loseNext = false;
  /** Something was asked or sent since the last look: promises wait to be settled. */
  isBusy = false;
  readonly #clock: Clock;
  readonly skew: number;

  /** `skew`: this server's clock minus the receiver's, ms. */
  constructor(clock: Clock, skew: number) {
    this.#clock = clock;
    this.skew = skew;
  }

  /** The server's own clock, ms. */
  now(): number {
    return this.#clock.now() + this.skew;
  }

  readonly fetch = (url: URL, init: RequestInit = {}): Promise<Response> => {
    this.isBusy = true;
    const date = {date: new Date(this.now()).toUTCString()};
    if (this.isDown) return Promise.reject(new TypeError('fetch failed'));
    if (url.pathname.endsWith('/api/messages/stream/')) {
      return Promise.resolve(this.#stream(date, init.signal ?? undefined));
    }
    if (this.isRestDown) return Promise.resolve(new Response('busy', {status: 503, headers: date}));
    const answer = this.#answer(url);
    if (answer === undefined) {
      return Promise.resolve(Response.json({detail: 'Not found.'}, {status: 404, headers: date}));
    }
    return Promise.resolve(Response.json(answer, {headers: date}));
  };

  /** An agent's message: stored, and relayed to every stream that is not deaf. */
  publish(content: Content): void {
    this.isBusy = true;
    const sentAt = this.now();
    const isWithheld = this.isDeaf || this.isSilent || this.isDown || this.loseNext;
    this.rows.push({content, sentAt});
    this.loseNext = false;
    if (isWithheld) return;
    const whole = {...content, sender_agent: 'x', sent_at: new Date(sentAt + 5).toISOString()};
    this.#send(String(content['msg_type']), whole);
  }

  /** Heartbeats that are due now, every 30 s from each stream's beginning. */
  beat(): void {
    for (const stream of this.streams) {
      if (stream.nextBeatAt > this.#clock.now()) continue;
      stream.nextBeatAt += 30_000;
      if (this.isSilent) continue;
      this.isBusy = true;
      write(stream, 'heartbeat', {timestamp: this.now() / 1000});
    }
  }

  /** Whether something that was sent still waits to be read. */
  get hasUnread(): boolean {
    // Streams hold one piece before they are full.
    return [...this.streams].some(({controller}) => (controller.desiredSize ?? 1) < 1);
  }

  get nextBeatAt(): number {
    let next = Infinity;
    for (const {nextBeatAt} of this.streams) next = Math.min(next, nextBeatAt);
    return next;
  }

  /** Ends every stream, cleanly or with an error. */
  endStreams(how: 'clean' | 'broken'): void {
    this.isBusy = true;
    for (const {controller} of this.streams) {
      if (how === 'clean') controller.close();
      else controller.error(new TypeError('terminated'));
    }
    this.streams.clear();
  }

  #stream(headers: Record<string, string>, signal: AbortSignal | undefined): Response {
    let stream: OpenStream | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        stream = {controller, nextBeatAt: this.#clock.now() + 30_000};
        this.streams.add(stream);
        write(stream, 'connected', {client_id: `client-${this.rows.length}`, status: 'connected'});
      },
      cancel: () => {
        if (stream) this.streams.delete(stream);
      },
    });
    signal?.addEventListener('abort', () => {
      if (stream && this.streams.delete(stream)) stream.controller.error(signal.reason);
    });
    return new Response(body, {headers: {...headers, 'content-type': 'text/event-stream'}});
  }

  #send(name: string, data: object): void {
    for (const stream of this.streams) write(stream, name, data);
  }

  #answer(url: URL): unknown {
    if (url.pathname.endsWith('/api/workflow-messages/')) {
      const id = url.searchParams.get('execution_id');
      return this.rows
        .filter(({content}) => content['execution_id'] === id)
        .map(({content, sentAt}) => ({
          message_type: content['msg_type'],
          message_content: content,
          sent_at: new Date(sentAt).toISOString(),
        }));
    }
    if (url.searchParams.get('status') === 'running') {
      return [...this.running].map(id => ({execution_id: id, status: 'running'}));
    }
    const run = /\/api\/run-states\/(\d+)\/$/.exec(url.pathname)?.[1];
    if (run !== undefined) {
      const row = this.rows.find(
        ({content}) => content['run_id'] === run && content['execution_id'] !== undefined,
      );
      return (
        row && {run_number: Number(run), metadata: {execution_id: row.content['execution_id']}}
      );
    }
    if (url.pathname.endsWith('/api/stf-files/')) return {count: 0, next: null, results: []};
    return {execution_id: url.pathname.split('/').at(-2), status: 'running'};
  }
}

function write({controller}: OpenStream, name: string, data: object): void {
  controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
}
