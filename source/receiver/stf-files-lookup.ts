// Reads what REST has of a run's STF files, as an event; and reads it when a run has ended, once its agents had time
// to report, and again where some of the files are not ready then.
import type {EventOf, MonitorEvent} from '../monitor-event.ts';
import {isOverStatus} from '../wire/execution.ts';
import type {WorkflowMessage} from '../wire/message.ts';
import type {RequestOptions} from '../wire/request.ts';
import {restMeaning} from '../wire/run-state-meaning.ts';
import {hasRunState} from '../wire/run-state.ts';
import {fetchStfFiles} from '../wire/stf-files.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import type {Timings} from './timings.ts';

export interface LookupOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly request: RequestOptions;
}

export async function lookUpStfFiles(
  runId: string,
  {base, fetch, clock, request}: LookupOptions,
): Promise<EventOf<'stf-files' | 'stf-files-unknown'>> {
  try {
    const files = await fetchStfFiles(fetch, base, runId, request);
    return {kind: 'stf-files', at: clock.now(), files};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {kind: 'stf-files-unknown', at: clock.now(), runId, reason};
  }
}

/** Runs whose end was seen, and executions whose run is known; the oldest go first. */
const maxRuns = 200;

export interface FilesAtEndOptions extends Omit<LookupOptions, 'request'> {
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
}

export class FilesAtEnd {
  readonly #options: FilesAtEndOptions;
  /** Run numbers whose end was seen, each with what cancels the next reading. */
  readonly #ended = new Map<string, () => void>();
  /** Run numbers by execution. */
  readonly #runOf = new Map<string, string>();
  readonly #stopping = new AbortController();

  constructor(options: FilesAtEndOptions) {
    this.#options = options;
  }

  /** Something was reported: an end of a run among it is noticed. */
  noticed(event: MonitorEvent): void {
    if (event.kind === 'message') this.#messageCame(event.message);
    else if (event.kind === 'execution' && isOverStatus(event.execution.status)) {
      this.#endedOnce(this.#runOf.get(event.execution.id));
    } else if (event.kind === 'run-state' && restMeaning(event.state)?.phase === 'ended') {
      this.#endedOnce(event.state.runId);
    }
  }

  stop(): void {
    this.#stopping.abort();
    for (const cancel of this.#ended.values()) cancel();
  }

  #messageCame({type, runId, executionId}: WorkflowMessage): void {
    if (runId === undefined) return;
    if (executionId !== undefined) keep(this.#runOf, executionId, runId);
    if (type === 'end_run') this.#endedOnce(runId);
    // Its number has come again.
    if (type === 'run_imminent' || type === 'start_run') {
      this.#ended.get(runId)?.();
      this.#ended.delete(runId);
    }
  }

  #endedOnce(runId: string | undefined): void {
    if (runId === undefined || !hasRunState(runId) || this.#ended.has(runId)) return;
    const {clock, timings} = this.#options;
    const cancel = clock.after(timings.filesAfterEnd, () => void this.#read(runId, true));
    keep(this.#ended, runId, cancel)?.();
  }

  async #read(runId: string, isFirst: boolean): Promise<void> {
    const {clock, timings, emit} = this.#options;
    const request = {timeout: timings.request, signal: this.#stopping.signal};
    const event = await lookUpStfFiles(runId, {...this.#options, request});
    if (this.#stopping.signal.aborted) return;
    emit(event);
    if (!isFirst || !this.#ended.has(runId) || isReady(event)) return;
    const again = clock.after(timings.filesAgain, () => void this.#read(runId, false));
    this.#ended.set(runId, again);
  }
}

/** Whether every file has come to the last status that the data agent gives it. */
function isReady(event: EventOf<'stf-files' | 'stf-files-unknown'>): boolean {
  if (event.kind !== 'stf-files') return false;
  const {byStatus, count} = event.files;
  return count > 0 && (byStatus['processed'] ?? 0) + (byStatus['done'] ?? 0) >= count;
}

/** @returns what had to make room. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value): Value | undefined {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map;
  if (map.size <= maxRuns || !oldest) return undefined;
  map.delete(oldest[0]);
  return oldest[1];
}
