// Events as the receiver makes them: the messages of a simulated run as they come over the wire,
// and those of the connection itself.
import {MonitorModel} from '../../source/model/monitor-model.ts';
import {advance, newRun, type Run} from '../../source/model/run.ts';
import type {EventOf, MonitorEvent} from '../../source/monitor-event.ts';
import type {JsonObject} from '../../source/testbed/python-json.ts';
import {pythonJson, pythonText} from '../../source/testbed/python-json.ts';
import {mulberry32} from '../../source/testbed/random.ts';
import {defaultRun, type RunParameters} from '../../source/testbed/run-parameters.ts';
import {runTimeline} from '../../source/testbed/run-timeline.ts';
import {utcStamp} from '../../source/testbed/stamps.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {readEvent, type WorkflowMessage} from '../../source/wire/message.ts';

/** When everything begins: 2026-11-23 19:18:28 UTC, in ms. */
export const start = defaultRun.startedAt;

/** From the monitor's stamp to here, ms. */
export const delivery = 20;

export function messageFrom(content: JsonObject): WorkflowMessage {
  return messageOf(pythonText(content['msg_type'] ?? null), pythonJson(content));
}

export function messageOf(name: string, data: string): WorkflowMessage {
  const event = readEvent(name, data);
  if (event.kind !== 'message') throw new Error(`${name} is the server's own event`);
  return event.message;
}

/** The run of which these messages tell, one at least, each with when it was sent, ms. */
export function runOf(told: readonly (readonly [message: WorkflowMessage, at: number])[]): Run {
  const [message, at] = told[0]!;
  const run = newRun(
    {
      key: 'torre1/100013',
      nth: 1,
      runId: '100013',
      namespace: message.namespace,
      executionId: message.executionId,
    },
    at,
  );
  for (const each of told) advance(run, ...each);
  return run;
}

/** The message as it comes at `at`, stamped by the monitor unless it says otherwise. */
export function received(content: JsonObject, at: number): EventOf<'message'> {
  const stamped = 'sent_at' in content ? content : {...content, sent_at: utcStamp(at - delivery)};
  const message = messageFrom(stamped);
  return {
    kind: 'message',
    at,
    stream: 1,
    source: 'stream',
    name: message.type,
    data: pythonJson(stamped),
    message,
  };
}

/** A whole simulated run, message by message. */
export function runEvents(
  parameters: Partial<RunParameters> = {},
  seed = 1,
): readonly EventOf<'message'>[] {
  const run = {...defaultRun, ...parameters};
  return [...runTimeline(run, mulberry32(seed))].map(({after, message}) =>
    received(message, run.startedAt + Math.round(after * 1000) + delivery),
  );
}

/** A stream is opened at `at` and the server says hello. */
export function opening(at: number, filter: StreamFilter = everything): readonly MonitorEvent[] {
  return [
    {kind: 'connecting', at, stream: 1, why: 'start', attempt: 1, filter},
    {kind: 'opened', at, stream: 1, filter, serverTime: undefined},
    {kind: 'connected', at, stream: 1, clientId: '08adff9c-dc17-4a57-afc4-0e7e500b6309'},
  ];
}

export function modelAfter(events: Iterable<MonitorEvent>): MonitorModel {
  const model = new MonitorModel();
  for (const event of events) model.apply(event);
  return model;
}
