// A raw response of the stream, recorded once, as messages again: played to whoever is connected,
// to the byte, in the rhythm of the recording or at once.
import {parseJson} from '../wire/json.ts';
import type {ExecutionRecord} from './executions.ts';
import type {RecordedMessage, TestbedMonitor} from './monitor.ts';
import {pause as realPause, type Pause} from './pause.ts';
import type {JsonObject} from './python-json.ts';
import {systemClock, type Clock} from './stamps.ts';

export interface PlayOptions {
  /** Factor of the recording's own rhythm; Infinity: at once. Default: 1. */
  readonly speed?: number;
  /** Begin only when a stream is open. Default: true. */
  readonly waitForClient?: boolean;
  /** The recorded run's execution, which the stream itself does not tell. */
  readonly execution?: ExecutionRecord;
  readonly clock?: Clock;
  readonly pause?: Pause;
}

export interface Playing {
  /** Resolves when the last message is out, or after `stop()`. */
  readonly done: Promise<void>;
  stop(): void;
}

/** What the monitor adds to a message; `namespace` it adds only when it has none. */
const monitorKeys: ReadonlySet<string> = new Set([
  'sender_agent',
  'recipient_agent',
  'queue_name',
  'sent_at',
]);

/** @throws SyntaxError on a broken recording, before anything is played. */
export function playRecordedStream(
  monitor: TestbedMonitor,
  text: string,
  options: PlayOptions = {},
): Playing {
  const messages = readRecordedStream(text);
  const calledOff = new AbortController();
  if (options.execution) monitor.addExecution(options.execution);
  return {done: play(monitor, messages, options, calledOff.signal), stop: () => calledOff.abort()};
}

/**
 * The workflow messages of a recording, with or without the response's head, its lines ended by
 * LF or CRLF. The server's own events are left out, and so is an event cut off at the end.
 *
 * @throws SyntaxError when an event's data is not JSON.
 */
export function readRecordedStream(text: string): RecordedMessage[] {
  const lines = text.replaceAll('\r\n', '\n');
  const body = lines.startsWith('HTTP/') ? lines.slice(lines.indexOf('\n\n') + 2) : lines;
  const events = body.split('\n\n').slice(0, -1);
  const messages: RecordedMessage[] = [];
  for (const event of events) {
    // One data line an event; a name may run over several.
    const [, name, data] = /^event: ([^]*)\ndata: (.*)$/.exec(event.trimStart()) ?? [];
    if (name === undefined || data === undefined) continue;
    const message = parseJson(data) as JsonObject;
    if (!('msg_type' in message)) continue;
    const sentAt = timeOf(message) ?? messages.at(-1)?.sentAt ?? 0;
    messages.push({name, data, message, original: originalOf(message), sentAt});
  }
  return messages;
}

function timeOf({sent_at: stamp}: JsonObject): number | undefined {
  const time = typeof stamp === 'string' ? Date.parse(stamp) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function originalOf(message: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(message).filter(
      ([key, value]) => !monitorKeys.has(key) && (key !== 'namespace' || value !== null),
    ),
  );
}

async function play(
  monitor: TestbedMonitor,
  messages: readonly RecordedMessage[],
  options: PlayOptions,
  signal: AbortSignal,
): Promise<void> {
  const {speed = 1, waitForClient = true, clock = systemClock, pause = realPause} = options;
  if (waitForClient) await monitor.firstClient(signal);
  const startedAt = clock();
  const firstSentAt = messages[0]?.sentAt ?? 0;
  for (const message of messages) {
    const ahead = startedAt + (message.sentAt - firstSentAt) / speed - clock();
    if (ahead > 0) await pause(ahead, signal);
    if (signal.aborted) return;
    monitor.publishRecorded(message);
    if (monitor.lossless) await monitor.drained();
  }
}
