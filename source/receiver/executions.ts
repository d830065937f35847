// Looks up each execution that messages name, once, so that runs know what is expected of them.
// One request at a time; a failed one is tried again while its messages keep coming.
import type {MonitorEvent} from '../monitor-event.ts';
import {fetchExecution, type Execution} from '../wire/execution.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import type {Timings} from './timings.ts';

/** Executions remembered as looked up, and the longest queue. */
const bound = 1000;
/** Between two tries for one execution, ms, and tries in all. */
const retryAfter = 30_000;
const maxTries = 3;

export class Executions {
  readonly #base: string;
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  readonly #timings: Timings;
  readonly #emit: (event: MonitorEvent) => void;
  readonly #tries = new Map<string, {count: number; notBefore: number}>();
  /** What was told of each last, as JSON. */
  readonly #told = new Map<string, string>();
  readonly #queue: string[] = [];
  #working = false;
  #stopped = false;

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

  /** A message named this execution. */
  seen(id: string): void {
    const tried = this.#tries.get(id);
    if (tried && (tried.count >= maxTries || this.#clock.now() < tried.notBefore)) return;
    if (this.#queue.length >= bound) return;
    if (this.#tries.size >= bound) forgetOldest(this.#tries);
    this.#tries.set(id, {count: (tried?.count ?? 0) + 1, notBefore: Infinity});
    this.#queue.push(id);
    if (!this.#working) void this.#work();
  }

  /** Whether something else was told of it last; takes note of what is told now. */
  isNews(execution: Execution): boolean {
    const told = JSON.stringify(execution);
    if (this.#told.get(execution.id) === told) return false;
    if (this.#told.size >= bound) forgetOldest(this.#told);
    this.#told.set(execution.id, told);
    return true;
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.length = 0;
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let id = this.#queue.shift(); id !== undefined; id = this.#queue.shift()) {
      await this.#lookUp(id);
    }
    this.#working = false;
  }

  async #lookUp(id: string): Promise<void> {
    try {
      const execution = await fetchExecution(this.#fetch, this.#base, id, this.#timings.request);
      if (!this.#stopped) this.#emit({kind: 'execution', at: this.#clock.now(), execution});
    } catch (error) {
      const tried = this.#tries.get(id);
      if (tried) tried.notBefore = this.#clock.now() + retryAfter;
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.#stopped) {
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
