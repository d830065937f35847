// A workflow message as the stream brings it. Every key but `msg_type` is optional, values may be
// null or of another type than documented, agents add their own: so each field is read with care,
// made safe for the terminal here, and the whole content is kept.
import {LongInteger, parseJson} from './json.ts';
import {sanitise} from './sanitise.ts';
import {parseStamp} from './stamp.ts';

export interface WorkflowMessage {
  /** `msg_type`, or the event's name when the data carries none. */
  readonly type: string;
  /** Who sent it: `processed_by`, else `sender_agent`, else `sender`; empty when nobody says. */
  readonly agent: string;
  /** What the server's filter by agents compares with; the DAQ does not send it. */
  readonly processedBy: string | undefined;
  readonly runId: string | undefined;
  readonly executionId: string | undefined;
  readonly namespace: string | undefined;
  /** The monitor's own stamp, or the agent's where it gave one; UTC without a zone. Milliseconds since the epoch. */
  readonly sentAt: number | undefined;
  /** 1, 2, 3 … per run, on `stf_gen` and `stf_ready`. */
  readonly sequence: number | undefined;
  /** Number of the STF that it is about: `sequence`, else from the name in `stf_filename`, `filename`. */
  readonly stf: number | undefined;
  readonly state: string | undefined;
  readonly substate: string | undefined;
  /** `filename`, else `tf_filename`. */
  readonly file: string | undefined;
  /** `message`, else `reason`, else the fault. */
  readonly text: string | undefined;
  /** STFs that the run made in all, on `end_run`. */
  readonly totalStfFiles: number | undefined;
  /** What is wrong with the data, when it is not a message as the contract has it. */
  readonly fault: string | undefined;
  /** The whole data: the parsed object, or the raw text (cut) when it is not one. */
  readonly content: unknown;
}

export type ServerEvent =
  | {readonly kind: 'connected'; readonly clientId: string}
  | {readonly kind: 'heartbeat'; readonly serverTime: number | undefined}
  | {readonly kind: 'message'; readonly message: WorkflowMessage};

/** Raw text of unreadable data that is kept for the detail view, in UTF-16 units. */
const maxRawText = 4096;
/** The same for a column, with the fault before it. */
const maxRawExcerpt = 256;

type Content = Readonly<Record<string, unknown>>;

/**
 * One event of the stream. `connected` and `heartbeat` are the server's own only when their data
 * carries no `msg_type`: agents may send types of those names, and always with one.
 */
export function readEvent(name: string, data: string): ServerEvent {
  const content = parseObject(data);
  if (typeof content === 'string')
    return {kind: 'message', message: unreadable(content, name, data)};
  if (!('msg_type' in content)) {
    if (name === 'connected')
      return {kind: 'connected', clientId: text(content['client_id']) ?? ''};
    if (name === 'heartbeat') {
      const seconds = number(content['timestamp']);
      return {kind: 'heartbeat', serverTime: number(seconds && seconds * 1000)};
    }
  }
  return {kind: 'message', message: readMessage(content, name)};
}

/** A message from its content; `name` stands in for a missing or null `msg_type`. */
export function readMessage(content: Content, name: string): WorkflowMessage {
  const type = text(content['msg_type']);
  const fault = type === undefined ? 'no msg_type' : undefined;
  return {
    type: type ?? sanitise(name),
    agent:
      text(content['processed_by']) ??
      text(content['sender_agent']) ??
      text(content['sender']) ??
      '',
    processedBy: text(content['processed_by']),
    runId: text(content['run_id']),
    executionId: text(content['execution_id']),
    namespace: text(content['namespace']),
    sentAt: parseStamp(content['sent_at']),
    sequence: count(content['sequence']),
    stf: stfNumber(content),
    state: text(content['state']),
    substate: text(content['substate']),
    file: text(content['filename']) ?? text(content['tf_filename']),
    text: text(content['message']) ?? text(content['reason']) ?? fault,
    totalStfFiles: count(content['total_stf_files']),
    fault,
    content,
  };
}

/** Whether what says that it is of `namespace` is of another than `watched`; what does not say is of both. */
export const isElsewhere = (namespace: string | undefined, watched: string | undefined): boolean =>
  watched !== undefined && namespace !== undefined && namespace !== watched;

/** What stands in for a message that cannot be read: `fault` says why. */
export function unreadable(fault: string, name = 'unknown', data = ''): WorkflowMessage {
  return {
    type: sanitise(name),
    agent: '',
    processedBy: undefined,
    runId: undefined,
    executionId: undefined,
    namespace: undefined,
    sentAt: undefined,
    sequence: undefined,
    stf: undefined,
    state: undefined,
    substate: undefined,
    file: undefined,
    text: data === '' ? fault : sanitise(`${fault}: ${data}`, maxRawExcerpt),
    totalStfFiles: undefined,
    fault,
    content: data.slice(0, maxRawText),
  };
}

/** The object in `data`, or in words why there is none. */
function parseObject(data: string): Content | string {
  if (data === '') return 'empty event';
  let value: unknown;
  try {
    value = parseJson(data);
  } catch {
    return 'not JSON';
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Content)
    : 'not a JSON object';
}

/** Texts as they are, numbers that are known and booleans as text, everything else as undefined. */
function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : sanitise(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'boolean' || value instanceof LongInteger ? String(value) : undefined;
}

function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** A whole number from 0 to 2^53 - 1. */
function count(value: unknown): number | undefined {
  const parsed = number(value);
  return parsed !== undefined && Number.isSafeInteger(parsed) && parsed >= 0 ? parsed : undefined;
}

/** `swf.100013.000009.stf`, `swf.100013.000009_tf_007.tf`: run, STF, time frame. */
const stfName = /\.\d+\.(\d{1,15})(?:_tf_\d+)?\.\w+$/;

function stfNumber(content: Content): number | undefined {
  const sequence = count(content['sequence']);
  if (sequence !== undefined) return sequence;
  const name = content['stf_filename'] ?? content['filename'] ?? content['tf_filename'];
  const digits = typeof name === 'string' ? stfName.exec(name)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}
