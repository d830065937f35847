// Looks up the executions that messages name, so that runs know what is expected of them, and those that run no more:
// a runner that is stopped never announces its run's end. One request at a time; a failed one is tried again while
// its messages keep coming.
import type {MonitorEvent} from '../monitor-event.ts';
import {fetchExecution, type Execution} from '../wire/execution.ts';
import {AnswerError} from '../wire/request.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import type {Timings} from './timings.ts';

/** Executions remembered as looked up, and the longest queue. */
const maxExecutions = 1000;
/** Between two tries for one execution, ms, and tries in all. */
const retryAfterMs = 30_000;
const maxTries = 3;
/** Before one that is in no list, and yet said to run, is looked up again, ms. */
const unlistedAgainMs = 300_000;

export class Executions {
  readonly #base: string;
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  readonly #timings: Timings;
  readonly #emit: (event: MonitorEvent) => void;
  readonly #tries = new Map<string, {count: number; notBefore: number}>();
  /** What was reported of each last, as JSON. */
  readonly #reported = new Map<string, string>();
  /** Those that run, as far as is known, with the moment from which on they may be looked up again. */
  readonly #running = new Map<string, number>();
  /** Named, and not answered about: REST was away. */
  readonly #unanswered = new Set<string>();
  readonly #queue: string[] = [];
  #isWorking = false;
  #isStopped = false;

  constructor(options: {
    readonly base: string;
    readonly fetch: Fetch;
    readonly clock: Clock;
    readonly timings: Timings;
    readonly emit: (event: MonitorEvent) => void;
  }) {
    this.#base = options.base;
    this.#fetch = options.fetch;
    this.#clock = options.clock;
    this.#timings = options.timings;
    this.#emit = options.emit;
  }

  /** A message named this execution: it is looked up, unless a list has had it. */
  seen(id: string): void {
    if (this.#reported.has(id)) return;
    const tried = this.#tries.get(id);
    if (tried && (tried.count >= maxTries || this.#clock.monotonic() < tried.notBefore)) return;
    if (this.#queue.length >= maxExecutions) return;
    if (this.#tries.size >= maxExecutions) forgetOldest(this.#tries);
    this.#tries.set(id, {count: (tried?.count ?? 0) + 1, notBefore: Infinity});
    this.#lookUpSoon(id);
  }

  /** These run; what ran before and is not among them is looked up, and what could not be before. */
  listed(running: readonly Execution[]): void {
    const now = this.#clock.monotonic();
    const ids = new Set(running.map(({id}) => id));
    for (const [id, notBefore] of this.#running) {
      if (ids.has(id) || now < notBefore || this.#queue.includes(id)) continue;
      this.#running.set(id, now + unlistedAgainMs);
      this.#lookUpSoon(id);
    }
    const unanswered = [...this.#unanswered].filter(id => !ids.has(id));
    this.#unanswered.clear();
    for (const id of unanswered) if (!this.#queue.includes(id)) this.#lookUpSoon(id);
  }

  /** Whether something else was reported of it last; takes note of what is reported now. */
  isNews(execution: Execution): boolean {
    const {id, status} = execution;
    if (status !== 'running') this.#running.delete(id);
    else if (!this.#running.has(id)) {
      if (this.#running.size >= maxExecutions) forgetOldest(this.#running);
      this.#running.set(id, Number.NEGATIVE_INFINITY);
    }
    const reported = JSON.stringify(execution);
    if (this.#reported.get(id) === reported) return false;
    if (this.#reported.size >= maxExecutions) forgetOldest(this.#reported);
    this.#reported.set(id, reported);
    return true;
  }

  stop(): void {
    this.#isStopped = true;
    this.#queue.length = 0;
  }

  #lookUpSoon(id: string): void {
    this.#queue.push(id);
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let id = this.#queue.shift(); id !== undefined; id = this.#queue.shift()) {
      await this.#lookUp(id);
    }
    this.#isWorking = false;
  }

  async #lookUp(id: string): Promise<void> {
    try {
      const execution = await fetchExecution(this.#fetch, this.#base, id, this.#timings.request);
      if (!this.#isStopped) this.#emit({kind: 'execution', at: this.#clock.now(), execution});
    } catch (error) {
      const retryAt = this.#clock.monotonic() + retryAfterMs;
      const tried = this.#tries.get(id);
      if (tried) tried.notBefore = retryAt;
      if (this.#running.has(id)) this.#running.set(id, retryAt);
      // What REST does not know it will not know later.
      const isUnknown = error instanceof AnswerError && error.status === 404;
      if (!isUnknown && this.#unanswered.size < maxExecutions) this.#unanswered.add(id);
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.#isStopped) {
        this.#emit({kind: 'execution-unknown', at: this.#clock.now(), id, reason});
      }
    }
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  for (const id of map.keys()) {
    map.delete(id);
    return;
  }
}
