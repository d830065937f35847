// What the monitor has stored: the executions that run now, and the messages of one execution. The
// witness for what the stream brought, and the source of what it did not.
import {contentPrint} from './content-print.ts';
import {readExecution, type Execution} from './execution.ts';
import {asRecord, type JsonRecord} from './json-record.ts';
import {readMessage, type WorkflowMessage} from './message.ts';
import {monitorUrl, paths} from './paths.ts';
import {requestJson, type RequestOptions} from './request.ts';
import {parseStamp} from './stamp.ts';
import type {Fetch} from './transport.ts';

/** One stored message. */
export interface HistoryRow {
  readonly message: WorkflowMessage;
  /** Of the agent's original message. */
  readonly print: number;
  /** When the monitor stored it, a few ms before it was relayed; server clock, ms. */
  readonly sentAt: number;
}

/**
 * Those that began last first: runners that crashed leave theirs running for ever.
 * @param namespace of this one alone, which this list can be filtered by on the server.
 * @throws Error when the monitor does not answer with a list.
 */
export async function fetchRunningExecutions(
  fetch: Fetch,
  base: string,
  options: RequestOptions,
  namespace?: string,
): Promise<readonly Execution[]> {
  const url = monitorUrl(base, paths.executions, {status: 'running', namespace});
  const records = listOf(await requestJson(fetch, url, options));
  return records
    .toSorted((a, b) => beginOf(b) - beginOf(a))
    .flatMap(record => {
      const id = record['execution_id'];
      return typeof id === 'string' && id !== '' ? [readExecution(id, record)] : [];
    });
}

/** By a clock that can be hours off, but is the same for all of them; ms. */
function beginOf(record: JsonRecord): number {
  return parseStamp(record['start_time']) ?? 0;
}

/**
 * The messages stored for one execution, in order of `sent_at`. Without an execution the monitor
 * would answer with its whole table.
 * @throws Error when `executionId` is empty or the monitor does not answer with a list.
 */
export async function fetchHistory(
  fetch: Fetch,
  base: string,
  executionId: string,
  options: RequestOptions,
): Promise<readonly HistoryRow[]> {
  if (executionId === '') throw new Error('history is asked by execution only');
  const url = monitorUrl(base, paths.messages, {execution_id: executionId});
  const records = listOf(await requestJson(fetch, url, options));
  return records.flatMap(record => readRow(record)).sort((a, b) => a.sentAt - b.sentAt);
}

function readRow(record: JsonRecord): readonly HistoryRow[] {
  const content = asRecord(record['message_content']);
  const stamp = record['sent_at'];
  const sentAt = parseStamp(stamp);
  // Only what carries a type is ever relayed, and without a stamp it has no place in time.
  if (
    !content ||
    content['msg_type'] === undefined ||
    content['msg_type'] === null ||
    sentAt === undefined
  )
    return [];
  const {sender_agent, recipient_agent, namespace, queue_name} = record;
  const added = {sender_agent, recipient_agent, namespace, queue_name};
  const whole = {...added, ...content, sent_at: stamp};
  return [{message: readMessage(whole, ''), print: contentPrint(content), sentAt}];
}

/** A plain list, or the `results` of a paginated one. */
function listOf(answer: unknown): readonly JsonRecord[] {
  const list = Array.isArray(answer) ? (answer as unknown[]) : asRecord(answer)?.['results'];
  if (!Array.isArray(list)) throw new Error('the answer is not a list');
  return list.flatMap((item): readonly JsonRecord[] => {
    const record = asRecord(item);
    return record ? [record] : [];
  });
}
