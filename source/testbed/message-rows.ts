// The table of workflow messages that catch-up reads: one row for each message that reached the
// monitor, whether the stream brought it or not.
import {randomUUID} from 'node:crypto';
import {asRecord} from '../wire/json-record.ts';
import {NewestQueue} from './newest-queue.ts';
import type {Json, JsonObject} from './python-json.ts';
import {labStamp} from './stamps.ts';

interface Row {
  readonly executionId: string | null;
  readonly sentAt: number;
  readonly shown: JsonObject;
}

export class MessageRows {
  readonly #rows: NewestQueue<Row>;

  constructor(maxRows: number) {
    this.#rows = new NewestQueue(maxRows);
  }

  /** `sentAt`: the row's own stamp, milliseconds since the epoch. */
  add(message: JsonObject, sentAt: number): void {
    const executionId = column(message['execution_id']);
    this.#rows.push({executionId, sentAt, shown: row(message, executionId, sentAt)});
  }

  /** The rows of one execution, or the whole table, in order of `sent_at`. */
  list(executionId: string | null): JsonObject[] {
    return [...this.#rows]
      .filter(each => executionId === null || each.executionId === executionId)
      .sort((a, b) => a.sentAt - b.sentAt)
      .map(({shown}) => shown);
  }
}

/** Who sent a message, as the monitor's `sender_agent` says when the agent did not. */
export function senderOf(message: JsonObject): Json {
  return message['processed_by'] ?? message['sender'] ?? null;
}

function row(message: JsonObject, executionId: string | null, sentAt: number): JsonObject {
  return {
    message_id: randomUUID(),
    message_type: column(message['msg_type']),
    request_id: null,
    sender_agent: column(message['sender_agent'] ?? senderOf(message)),
    sender_type: null,
    recipient_agent: column(message['recipient_agent']),
    recipient_type: null,
    namespace: column(message['namespace']),
    execution_id: executionId,
    run_id: column(message['run_id']),
    message_content: databaseOrder(message),
    message_metadata: null,
    sent_at: labStamp(sentAt),
    delivered_at: null,
    acknowledged_at: null,
    is_successful: true,
    error_message: null,
    queue_name: 'epictopic',
    correlation_id: null,
    workflow: null,
    stage: null,
  };
}

/** A text column: nothing, or the value as text. */
function column(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const isObject = (value: Json): value is JsonObject => asRecord(value) !== undefined;

/** PostgreSQL's jsonb keeps keys by length, then alphabetically. */
function databaseOrder(value: JsonObject): JsonObject {
  const entries = Object.entries(value).map(([key, of]): [string, Json] => [
    key,
    isObject(of) ? databaseOrder(of) : of,
  ]);
  return Object.fromEntries(
    entries.sort(([a], [b]) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)),
  );
}
