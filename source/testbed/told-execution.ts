// Executions as the messages tell of them, where no workflow runner writes their records.
import type {ExecutionRecord, Executions} from './executions.ts';
import {senderOf} from './message-rows.ts';
import type {JsonObject} from './python-json.ts';
import {labStamp} from './stamps.ts';

/**
 * What becomes of the record of the message's execution; undefined: nothing new.
 * An execution runs from the first message that names it to `end_run`; its parameters nobody tells.
 * @param at milliseconds since the epoch.
 */
export function toldExecution(
  message: JsonObject,
  executions: Executions,
  at: number,
): ExecutionRecord | undefined {
  const {execution_id: id, msg_type: type, namespace} = message;
  if (typeof id !== 'string' || id === '') return undefined;
  const known = executions.get(id);
  const isEnd = type === 'end_run';
  if (known && !(isEnd && known.status === 'running')) return undefined;
  const sender = senderOf(message);
  const record = known ?? {
    execution_id: id,
    namespace: typeof namespace === 'string' ? namespace : null,
    parameter_values: {},
    performance_metrics: null,
    status: 'running',
    start_time: labStamp(at),
    end_time: null,
    executed_by: typeof sender === 'string' ? sender : '',
    workflow_definition: 1,
  };
  return isEnd ? {...record, status: 'completed', end_time: labStamp(at)} : record;
}
