// What the monitor's table of run states says of one run: for runs whose lifecycle the stream does
// not show.
import {asRecord, type JsonRecord} from './json-record.ts';
import {monitorUrl, paths} from './paths.ts';
import {AnswerError, requestJson, type RequestOptions} from './request.ts';
import {sanitise} from './sanitise.ts';
import {parseStamp} from './stamp.ts';
import type {Fetch} from './transport.ts';

export interface RunState {
  readonly runId: string;
  /** The execution that the run is of; recordings may lack it. */
  readonly executionId?: string | undefined;
  /** `initializing`, `run`, `physics`, `completed`, `abandoned` … */
  readonly phase: string | undefined;
  /** `imminent`, `beam`, `run`, `ended` …; goes before the phase where it is set. */
  readonly state: string | undefined;
  readonly substate: string | undefined;
  /** Since when, ms since the epoch. */
  readonly changedAt: number | undefined;
  /** Of fast processing. */
  readonly slices: {
    readonly created: number;
    readonly completed: number;
    readonly failed: number;
  };
}

/** Only run numbers are in the table: whole numbers. */
export function hasRunState(runId: string): boolean {
  return /^\d{1,15}$/.test(runId);
}

/** @throws Error when the monitor does not know the run or does not answer with its state. */
export async function fetchRunState(
  fetch: Fetch,
  base: string,
  runId: string,
  options: RequestOptions,
): Promise<RunState> {
  const answer = await fetchRecord(fetch, base, runId, options);
  return {
    runId,
    executionId: executionOf(answer),
    phase: word(answer['phase']),
    state: word(answer['state']),
    substate: word(answer['substate']),
    changedAt: parseStamp(answer['state_changed_at']),
    slices: {
      created: count(answer['slices_created']),
      completed: count(answer['slices_completed']),
      failed: count(answer['slices_failed']),
    },
  };
}

/**
 * The execution that a run is of; undefined when the monitor does not know the run.
 * @throws Error when it does not answer.
 */
export async function fetchExecutionOf(
  ...request: Parameters<typeof fetchRecord>
): Promise<{readonly executionId: string | undefined} | undefined> {
  try {
    return {executionId: executionOf(await fetchRecord(...request))};
  } catch (error) {
    if (error instanceof AnswerError && error.status === 404) return undefined;
    throw error;
  }
}

function executionOf(record: JsonRecord): string | undefined {
  const id = asRecord(record['metadata'])?.['execution_id'];
  return typeof id === 'string' && id !== '' ? sanitise(id) : undefined;
}

async function fetchRecord(
  fetch: Fetch,
  base: string,
  runId: string,
  options: RequestOptions,
): Promise<JsonRecord> {
  const url = monitorUrl(base, `${paths.runStates}${encodeURIComponent(runId)}/`);
  const answer = asRecord(await requestJson(fetch, url, options));
  if (!answer) throw new Error('the answer is not a run state');
  return answer;
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' ? sanitise(value, 32) : undefined;
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}
