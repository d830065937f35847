// What the benchmarks send: run after run of two namespaces, as the agents write them and as the
// monitor completes and frames them.
import {pythonJson, pythonText, type JsonObject} from '../source/testbed/python-json.ts';
import {mulberry32} from '../source/testbed/random.ts';
import {defaultRun} from '../source/testbed/run-parameters.ts';
import {runTimeline} from '../source/testbed/run-timeline.ts';
import {utcStamp} from '../source/testbed/stamps.ts';

/** About a thousand messages. */
const runLength = {stfCount: 20, physicsPeriodCount: 5, withProcessing: true};

/** Endless; a message of each namespace in turn. */
export function* workflowMessages(): Generator<JsonObject, never> {
  const crews = [runsOf('torre1', 100_000), runsOf('fastmon-dev', 500_000)];
  for (;;) for (const crew of crews) yield crew.next().value;
}

function* runsOf(namespace: string, firstRun: number): Generator<JsonObject, never> {
  const random = mulberry32(firstRun);
  for (let runNumber = firstRun; ; runNumber += 1) {
    const executionId = `stf_datataking-${namespace}-${runNumber}`;
    const run = {...defaultRun, ...runLength, namespace, runNumber, executionId};
    for (const {message} of runTimeline(run, random)) yield message;
  }
}

/** The event as it stands in the stream, stamped `now` (ms since the epoch). */
export function eventText(message: JsonObject, now: number, extra: JsonObject = {}): string {
  const data = pythonJson({
    ...message,
    sender_agent: message['sender'] ?? null,
    recipient_agent: null,
    queue_name: 'epictopic',
    sent_at: utcStamp(now),
    ...extra,
  });
  return `event: ${pythonText(message['msg_type']!)}\ndata: ${data}\n\n`;
}

/** One HTTP chunk of its own, as the real server sends each message. */
export function httpChunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}
