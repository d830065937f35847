// Holds what the monitor has stored against what was passed on: reads which executions run, takes
// those and others that are named, or the named ones alone, and finds the rows that never came.
// Bounded in executions, rows and time.
import {fetchHistory, fetchRunningExecutions} from '../wire/history.ts';
import type {Execution} from '../wire/execution.ts';
import {passes, type StreamFilter} from '../wire/filter.ts';
import type {RequestOptions} from '../wire/request.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Delivered, MissingRow} from './delivered.ts';

export interface CheckResult {
  readonly running: readonly Execution[];
  /** The list of those was read. */
  readonly isListed: boolean;
  /** Executions whose rows were read. */
  readonly executions: ReadonlySet<string>;
  readonly rows: number;
  /** Stored, matching the filter, and never passed on; in order of time. */
  readonly missing: readonly MissingRow[];
  /** Those that the filter keeps away, with them. */
  readonly unheard: readonly MissingRow[];
  /** Run numbers in the rows. */
  readonly runs: ReadonlySet<string>;
  /** Executions that were not read, because of the bounds. */
  readonly leftOut: number;
  /** Why something could not be read; the rest counts all the same. */
  readonly failures: readonly string[];
}

const maxExecutions = 50;
const maxRows = 20_000;

export async function checkHistory(options: {
  readonly base: string;
  readonly fetch: Fetch;
  readonly filter: StreamFilter;
  /** Of the running ones, those of this namespace alone. */
  readonly namespace?: string | undefined;
  readonly delivered: Delivered;
  /** Read besides the running ones, most wanted first. */
  readonly executions: readonly string[];
  /** The running ones are listed, and not read. */
  readonly isPartial?: boolean;
  readonly request: RequestOptions;
}): Promise<CheckResult> {
  const {base, fetch, filter, namespace, delivered, request} = options;
  const failures: string[] = [];
  const attempt = async <Value>(what: string, reading: Promise<Value>, fallback: Value) => {
    try {
      return await reading;
    } catch (error) {
      failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return fallback;
    }
  };
  const list = fetchRunningExecutions(fetch, base, request, namespace);
  const running = await attempt('executions', list, []);
  const isListed = failures.length === 0;
  const listed = running.map(({id}) => id).filter(id => !delivered.isSettled(id));
  const ids = options.isPartial === true ? [] : listed;
  const wanted = [...new Set(inTurn(ids, options.executions))];
  const unheard: MissingRow[] = [];
  const runs = new Set<string>();
  const executions = new Set<string>();
  let asked = 0;
  let rows = 0;
  for (const executionId of wanted.slice(0, maxExecutions)) {
    if (rows >= maxRows || request.signal?.aborted) break;
    asked += 1;
    const wasOpen = delivered.isOpen(executionId);
    const history = await attempt(
      executionId,
      fetchHistory(fetch, base, executionId, request),
      undefined,
    );
    if (!history) continue;
    executions.add(executionId);
    const newest = history.slice(-(maxRows - rows));
    rows += newest.length;
    for (const {message} of newest) if (message.runId !== undefined) runs.add(message.runId);
    const missing = delivered.missing(executionId, newest, wasOpen);
    const contents = missing.map(({message}) => message.content);
    delivered.withhold(
      executionId,
      contents.filter(content => !passes(filter, content)),
    );
    unheard.push(...missing);
  }
  unheard.sort((a, b) => a.sentAt - b.sentAt);
  const missing = unheard.filter(({message}) => passes(filter, message.content));
  return {
    running,
    isListed,
    executions,
    rows,
    missing,
    unheard,
    runs,
    leftOut: wanted.length - asked,
    failures,
  };
}

/** One of `a`, one of `b` …: where not all can have their turn, neither goes without. */
function inTurn(a: readonly string[], b: readonly string[]): readonly string[] {
  const longest = a.length > b.length ? a : b;
  return longest.flatMap((_, index) => [a[index], b[index]]).filter(id => id !== undefined);
}
