// What each kind of event holds, as a table of readers: a file may be damaged, of another version,
// or made by somebody else, so every field is looked at, and every text made safe for the terminal.
import type {EventOf, MonitorEvent} from '../monitor-event.ts';
import type {Execution} from '../wire/execution.ts';
import type {StreamFilter} from '../wire/filter.ts';
import {asRecord} from '../wire/json-record.ts';
import type {RunState} from '../wire/run-state.ts';
import {sanitise} from '../wire/sanitise.ts';
import type {StfFiles} from '../wire/stf-files.ts';

/** Answers the value. @throws Malformed */
type Read<Value> = (value: unknown) => Value;

/** A reader for each field. */
export type Fields<Shape> = {readonly [Key in keyof Shape]-?: Read<Shape[Key]>};

export class Malformed extends Error {}

/** The kinds whose fields stand in a line as they are; a message is made anew from its data. */
export type PlainKind = Exclude<MonitorEvent['kind'], 'message'>;

/** Longest text of a field, in UTF-16 units. */
const longest = 8192;

export const text: Read<string> = value => {
  if (typeof value === 'string') return sanitise(value, longest);
  throw new Malformed();
};

/** Kept as it is: it is read again, and made safe, when a message is made from it. */
export const raw: Read<string> = value => {
  if (typeof value === 'string') return value;
  throw new Malformed();
};

export const number: Read<number> = value => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Malformed();
};

/** A time that a date can have, ms. */
export const time: Read<number> = value => {
  if (Math.abs(number(value)) <= 8.64e15) return number(value);
  throw new Malformed();
};

export const yes: Read<boolean> = value => {
  if (typeof value === 'boolean') return value;
  throw new Malformed();
};

export const oneOf =
  <Choice extends string>(...choices: readonly Choice[]): Read<Choice> =>
  value => {
    const choice = choices.find(candidate => candidate === value);
    if (choice !== undefined) return choice;
    throw new Malformed();
  };

const optional =
  <Value>(read: Read<Value>): Read<Value | undefined> =>
  value =>
    value === undefined || value === null ? undefined : read(value);

const list =
  <Value>(read: Read<Value>): Read<readonly Value[]> =>
  value => {
    if (Array.isArray(value)) return value.map(item => read(item));
    throw new Malformed();
  };

export const shape =
  <Shape>(fields: Fields<Shape>): Read<Shape> =>
  value => {
    const record = asRecord(value);
    if (!record) throw new Malformed();
    const entries = Object.entries<Read<unknown>>(fields as Record<string, Read<unknown>>);
    return Object.fromEntries(entries.map(([key, read]) => [key, read(record[key])])) as Shape;
  };

const pair: Read<readonly [string, string]> = value => {
  const [name, said] = list(text)(value);
  if (name === undefined || said === undefined) throw new Malformed();
  return [name, said];
};

const counts: Read<Readonly<Record<string, number>>> = value => {
  const record = asRecord(value);
  if (!record) throw new Malformed();
  return Object.fromEntries(
    Object.entries(record).map(([name, count]) => [text(name), number(count)]),
  );
};

const filter = shape<StreamFilter>({types: list(text), agents: list(text), runs: list(text)});
const why = oneOf('start', 'retry', 'filter', 'operator', 'age', 'deaf');
const remedy = optional(text);

const execution = shape<Execution>({
  id: text,
  namespace: optional(text),
  status: optional(text),
  endedAt: optional(time),
  executedBy: optional(text),
  workflow: optional(text),
  physicsPeriods: optional(number),
  expectedStfs: optional(number),
  stfInterval: optional(number),
  parameters: list(pair),
});

const runState = shape<RunState>({
  runId: text,
  executionId: optional(text),
  phase: optional(text),
  state: optional(text),
  substate: optional(text),
  changedAt: optional(time),
  slices: shape({created: number, completed: number, failed: number}),
});

const files = shape<StfFiles>({runId: text, count: number, byStatus: counts, seen: number});

/** Of each kind, all but `kind` and `at`. */
export const eventFields: {
  readonly [Kind in PlainKind]: Fields<Omit<EventOf<Kind>, 'kind' | 'at'>>;
} = {
  connecting: {stream: number, why, attempt: number, filter},
  opened: {stream: number, filter, serverTime: optional(time)},
  connected: {stream: number, clientId: text},
  heartbeat: {stream: number, serverTime: optional(time)},
  bytes: {count: number, lastAt: time},
  quiet: {since: time, reconnectAt: time},
  recovered: {},
  lost: {stream: number, reason: text, remedy},
  retrying: {attempt: number, retryAt: time, reason: text, remedy},
  refused: {reason: text, remedy, retryAt: time},
  'filter-requested': {filter},
  'filter-changed': {filter},
  'change-failed': {why, filter, reason: text},
  'gap-opened': {id: number, from: time, reason: text},
  'gap-closed': {id: number, from: time, to: time},
  'gap-filled': {id: number, from: time, to: time, caughtUp: number, isAnswered: yes},
  hole: {runId: text, namespace: optional(text), first: number, last: number},
  'history-checked': {
    executions: number,
    rows: number,
    leftOut: number,
    caughtUp: number,
    fromBefore: optional(number),
    failures: list(text),
    silentSince: optional(time),
    requests: number,
    bytes: number,
  },
  deaf: {since: time, missing: number},
  'stf-files': {files},
  'stf-files-unknown': {runId: text, reason: text},
  'run-state': {state: runState, namespace: optional(text)},
  'run-state-unknown': {runId: text, reason: text},
  'sent-count': {stream: number, sent: number, arrived: number, bytes: number},
  'sent-count-unknown': {reason: text},
  'settings-warning': {text},
  'access-renewed': {notes: list(text)},
  registered: {status: oneOf('OK', 'WARNING', 'EXITED')},
  'registration-failed': {reason: text},
  execution: {execution},
  'execution-unknown': {id: text, reason: text},
  mark: {text},
  acknowledged: {},
  recording: {file: text, removed: number},
  'recording-failed': {reason: text, retryAt: optional(time)},
  'not-recorded': {from: time, to: time, events: number},
  stopped: {reason: text},
};
