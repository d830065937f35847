// A monitor without sockets that knows the truth: what was sent when, what each stream was given. It can be down, deaf,
// silent, lose single messages, end or break its streams, and refuse REST; it keeps the tables of executions, of run
// states and of STF files as the real one does.
import type {Clock} from '../../source/receiver/clock.ts';
import {passes, type StreamFilter} from '../../source/wire/filter.ts';

export type Content = Readonly<Record<string, unknown>> & {readonly serial: number};

interface Row {
  readonly content: Content;
  readonly sentAt: number;
}

type Status = 'running' | 'completed' | 'terminated' | 'failed';

interface Execution {
  readonly namespace: string;
  readonly status: Status;
  /** The server's clock, ms; unknown of those that were stopped or failed. */
  readonly endedAt: number | undefined;
}

/** What each lifecycle message makes of a run in the table of run states. */
const stateAfter: Readonly<Record<string, object>> = {
  run_imminent: {phase: 'initializing', state: 'imminent', substate: 'preparing'},
  start_run: {phase: 'physics', state: 'run', substate: 'physics'},
  pause_run: {phase: 'run', state: 'run', substate: 'standby'},
  resume_run: {phase: 'run', state: 'run', substate: 'physics'},
  end_run: {phase: 'completed', state: 'ended', substate: null},
};

interface OpenStream {
  readonly filter: StreamFilter;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  nextBeatAt: number;
}

const encoder = new TextEncoder();

export class SimulatedServer {
  readonly rows: Row[] = [];
  /** What a stream that was open and beat on was not given. */
  readonly withheld = new Set<Content>();
  readonly executions = new Map<string, Execution>();
  readonly runStates = new Map<string, object>();
  /** By run number: the status of each STF's file. */
  readonly files = new Map<string, Map<unknown, 'registered' | 'processed'>>();
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
      return Promise.resolve(this.#stream(url, date, init.signal ?? undefined));
    }
    if (this.isRestDown) return Promise.resolve(new Response('busy', {status: 503, headers: date}));
    const answer = this.#answer(url);
    if (answer === undefined) {
      return Promise.resolve(Response.json({detail: 'Not found.'}, {status: 404, headers: date}));
    }
    return Promise.resolve(Response.json(answer, {headers: date}));
  };

  begin(executionId: string, namespace: string): void {
    this.executions.set(executionId, {namespace, status: 'running', endedAt: undefined});
  }

  end(executionId: string, status: Exclude<Status, 'running'>): void {
    const {namespace = ''} = this.executions.get(executionId) ?? {};
    const endedAt = status === 'completed' ? this.now() : undefined;
    this.executions.set(executionId, {namespace, status, endedAt});
  }

  /** An agent's message: stored, and relayed to every stream that is not deaf. */
  publish(content: Content): void {
    this.isBusy = true;
    const sentAt = this.now();
    const isWithheld = this.isDeaf || this.isSilent || this.isDown || this.loseNext;
    this.rows.push({content, sentAt});
    this.#keepTables(content, sentAt);
    if (this.isDeaf || this.loseNext) this.withheld.add(content);
    this.loseNext = false;
    if (isWithheld) return;
    const whole = {...content, sender_agent: 'x', sent_at: new Date(sentAt + 5).toISOString()};
    this.#send(String(content['msg_type']), whole);
  }

  #keepTables(
    {msg_type: type, run_id: run, execution_id: id, sequence}: Content,
    at: number,
  ): void {
    if (typeof run !== 'string' || typeof type !== 'string') return;
    const state = Object.hasOwn(stateAfter, type) ? stateAfter[type] : undefined;
    if (state && id !== undefined) {
      const state_changed_at = new Date(at).toISOString();
      const metadata = {execution_id: id};
      this.runStates.set(run, {run_number: Number(run), ...state, state_changed_at, metadata});
    }
    const status = {stf_gen: 'registered', stf_ready: 'processed'} as const;
    if (type !== 'stf_gen' && type !== 'stf_ready') return;
    const files = this.files.get(run) ?? new Map<unknown, 'registered' | 'processed'>();
    this.files.set(run, files.set(sequence, status[type]));
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

  #stream(url: URL, headers: Record<string, string>, signal: AbortSignal | undefined): Response {
    let stream: OpenStream | undefined;
    const list = (name: string) => url.searchParams.get(name)?.split(',') ?? [];
    const filter = {types: list('msg_types'), agents: list('agents'), runs: list('run_ids')};
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        stream = {filter, controller, nextBeatAt: this.#clock.now() + 30_000};
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
    for (const stream of this.streams) if (passes(stream.filter, data)) write(stream, name, data);
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
      const namespace = url.searchParams.get('namespace');
      return [...this.executions]
        .filter(([, {status}]) => status === 'running')
        .filter(([, execution]) => namespace === null || execution.namespace === namespace)
        .map(([id, execution]) => executionRecord(id, execution));
    }
    const run = /\/api\/run-states\/(\d+)\/$/.exec(url.pathname)?.[1];
    if (run !== undefined) return this.runStates.get(run);
    if (url.pathname.endsWith('/api/stf-files/')) {
      const files = [...(this.files.get(url.searchParams.get('run_number') ?? '')?.values() ?? [])];
      const offset = Number(url.searchParams.get('offset'));
      const results = files.slice(offset, offset + Number(url.searchParams.get('limit')));
      return {count: files.length, next: null, results: results.map(status => ({status}))};
    }
    const id = url.pathname.split('/').at(-2) ?? '';
    const execution = this.executions.get(id);
    return execution && executionRecord(id, execution);
  }
}

const executionRecord = (id: string, {namespace, status, endedAt}: Execution) => ({
  execution_id: id,
  namespace,
  status,
  end_time: endedAt === undefined ? null : new Date(endedAt).toISOString(),
});

function write({controller}: OpenStream, name: string, data: object): void {
  controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
}
