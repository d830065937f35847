// The lines of a recording: a head with the format's version, then an event a line, as JSON. A
// message's line holds what came over the wire and nothing that can be read from it again.
import type {MonitorEvent} from '../monitor-event.ts';
import {asRecord, parsedJson, type JsonRecord} from '../wire/json-record.ts';
import {readEvent} from '../wire/message.ts';
import {
  eventFields,
  Malformed,
  number,
  oneOf,
  raw,
  shape,
  text,
  time,
  yes,
  type PlainKind,
} from './event-fields.ts';

/** Rises when lines of before would be read wrongly. */
const version = 1;

/** What was listened to, and as whom. */
export interface RecordingAbout {
  /** Base URL of the monitor. */
  readonly monitor: string;
  readonly receiver: string;
  readonly registers: boolean;
}

/** The first line of each file. */
export interface RecordingHead extends RecordingAbout {
  /** The same for all files that one program wrote; begins with when it began to, in UTC. */
  readonly series: string;
  /** Place in the series, from 1. */
  readonly part: number;
  /** When the file was begun, ms. */
  readonly at: number;
}

/** A line of a file that follows its head. */
export type Line =
  | {
      readonly kind: 'event';
      readonly event: MonitorEvent;
      /** Told before, in an earlier file of the series. */
      readonly isRepeated: boolean;
    }
  /** Of a program that knows more kinds of events. */
  | {readonly kind: 'unknown'; readonly name: string}
  | {readonly kind: 'unreadable'};

/** Why a file is no recording that can be read. */
export class NotARecording extends Error {}

export function encodeHead(head: RecordingHead): string {
  return `${JSON.stringify({swfmon: 'recording', version, ...head})}\n`;
}

const headFields = shape<RecordingHead>({
  series: text,
  part: number,
  at: time,
  monitor: text,
  receiver: text,
  registers: yes,
});

/** @throws NotARecording whose message goes on after the file's name. */
export function decodeHead(line: string): RecordingHead {
  const head = asRecord(parsedJson(line));
  if (head?.['swfmon'] !== 'recording') throw new NotARecording('is not a recording of swfmon');
  if (typeof head['version'] === 'number' && head['version'] > version) {
    throw new NotARecording(
      `was recorded by a newer swfmon (format ${head['version']}; this one reads up to ${version})`,
    );
  }
  try {
    return headFields(head);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new NotARecording('is a recording whose first line is damaged');
  }
}

/** @param isRepeated told before, for who begins with this file. */
export function encodeEvent(event: MonitorEvent, isRepeated = false): string {
  const told = event.kind === 'message' ? {...event, message: undefined} : event;
  return `${JSON.stringify(isRepeated ? {...told, repeated: true} : told)}\n`;
}

export function decodeLine(line: string): Line {
  const record = asRecord(parsedJson(line));
  const kind = record?.['kind'];
  if (!record || typeof kind !== 'string') return {kind: 'unreadable'};
  try {
    const at = time(record['at']);
    const isRepeated = record['repeated'] === true;
    if (kind === 'message') return decodeMessage(record, at);
    if (!isPlain(kind)) return {kind: 'unknown', name: text(kind)};
    const fields = shape(eventFields[kind] as (typeof eventFields)['stopped'])(record);
    return {kind: 'event', event: {kind, at, ...fields} as MonitorEvent, isRepeated};
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return {kind: 'unreadable'};
  }
}

const isPlain = (kind: string): kind is PlainKind => Object.hasOwn(eventFields, kind);

const messageFields = shape({
  stream: number,
  source: oneOf('stream', 'history'),
  name: raw,
  data: raw,
});

function decodeMessage(record: JsonRecord, at: number): Line {
  const fields = messageFields(record);
  const read = readEvent(fields.name, fields.data);
  if (read.kind !== 'message') return {kind: 'unreadable'};
  const event = {kind: 'message', at, ...fields, message: read.message} as const;
  return {kind: 'event', event, isRepeated: false};
}
