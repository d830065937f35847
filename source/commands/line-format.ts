// A message as one line of text, as the reference receiver tells it: time, type, agent, run, text,
// file.
import {formatTime, type TimeMode} from '../time.ts';
import type {WorkflowMessage} from '../wire/message.ts';

/**
 * `at`: when the message came, ms; stands in where the monitor's stamp is missing. `isCaughtUp`: it was read from
 * REST, the stream never brought it.
 */
export function messageLine(
  message: WorkflowMessage,
  at: number,
  time: TimeMode,
  isCaughtUp = false,
): string {
  const {type, agent, runId, text, file, namespace} = message;
  const parts = [
    `[${formatTime(message.sentAt ?? at, time, at)}]`,
    type.padEnd(20),
    (agent === '' ? '-' : agent).padEnd(32),
    `run ${(runId ?? '-').padEnd(8)}`,
    namespace === undefined ? undefined : `(${namespace})`,
    text,
    file,
    isCaughtUp ? '(caught up)' : undefined,
  ];
  return parts
    .filter(part => part !== undefined)
    .join(' ')
    .trimEnd();
}
