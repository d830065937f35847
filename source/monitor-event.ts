// Everything that can happen to the receiver, as one timestamped, serialisable union. The receiver
// produces it, the model folds it, the line writer prints it. Time is in the event: nobody who
// reads it asks a clock.
import {counted} from './counted.ts';
import {describeFilter, type StreamFilter} from './wire/filter.ts';
import type {Execution} from './wire/execution.ts';
import type {registrationStates} from './wire/heartbeat.ts';
import type {WorkflowMessage} from './wire/message.ts';
import type {RunState} from './wire/run-state.ts';
import type {StfFiles} from './wire/stf-files.ts';

interface Happening<Kind extends string> {
  readonly kind: Kind;
  /** When, by the receiver's clock: milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Why a stream is being opened. `age`: the one before is old; `deaf`: it did not bring what the
 * monitor has stored.
 */
export type ConnectReason = 'start' | 'retry' | 'filter' | 'operator' | 'age' | 'deaf';

export type MonitorEvent =
  | (Happening<'connecting'> & {
      readonly stream: number;
      readonly why: ConnectReason;
      /** 1 for the first try after a good connection. */
      readonly attempt: number;
      readonly filter: StreamFilter;
    })
  /** The server answered 200 with an event stream. */
  | (Happening<'opened'> & {
      readonly stream: number;
      readonly filter: StreamFilter;
      /** From the answer’s Date, to the second, ms since the epoch. */
      readonly serverTime: number | undefined;
    })
  /** The server's own first event. */
  | (Happening<'connected'> & {readonly stream: number; readonly clientId: string})
  | (Happening<'message'> & {
      /** 0 for what was caught up. */
      readonly stream: number;
      /** `history`: the stream never brought it; it was read from REST. */
      readonly source: 'stream' | 'history';
      /** The event's name and data as received. */
      readonly name: string;
      readonly data: string;
      readonly message: WorkflowMessage;
    })
  | (Happening<'heartbeat'> & {
      readonly stream: number;
      /** The server's clock, milliseconds since the epoch. */
      readonly serverTime: number | undefined;
    })
  /** Bytes read since the last such event; at most one a second, less when nothing comes. */
  | (Happening<'bytes'> & {readonly count: number; readonly lastAt: number})
  | (Happening<'quiet'> & {readonly since: number; readonly reconnectAt: number})
  /** A quiet stream spoke again. */
  | Happening<'recovered'>
  | (Happening<'lost'> & {
      readonly stream: number;
      readonly reason: string;
      readonly remedy: string | undefined;
    })
  | (Happening<'retrying'> & {
      readonly attempt: number;
      readonly retryAt: number;
      readonly reason: string;
      readonly remedy: string | undefined;
    })
  | (Happening<'refused'> & {
      readonly reason: string;
      readonly remedy: string | undefined;
      readonly retryAt: number;
    })
  /** The operator asked for another filter; it is in force once a stream opens with it. */
  | (Happening<'filter-requested'> & {readonly filter: StreamFilter})
  | (Happening<'filter-changed'> & {readonly filter: StreamFilter})
  /** The stream that was to replace the working one could not be opened; the old one stays. */
  | (Happening<'change-failed'> & {
      readonly why: ConnectReason;
      readonly filter: StreamFilter;
      readonly reason: string;
    })
  /** From `from` on, messages can have been missed. */
  | (Happening<'gap-opened'> & {
      readonly id: number;
      readonly from: number;
      readonly reason: string;
    })
  | (Happening<'gap-closed'> & {readonly id: number; readonly from: number; readonly to: number})
  /** What REST had of a gap's time was caught up: lifecycle and STFs, never the agents' messages. */
  | (Happening<'gap-filled'> & {
      readonly id: number;
      readonly from: number;
      readonly to: number;
      readonly caughtUp: number;
      readonly isAnswered: boolean;
    })
  /** Sequence numbers of a run's STFs that a healthy stream never brought. */
  | (Happening<'hole'> & {
      readonly runId: string;
      readonly namespace: string | undefined;
      readonly first: number;
      readonly last: number;
    })
  /** REST was held against the stream. */
  | (Happening<'history-checked'> & {
      readonly executions: number;
      readonly rows: number;
      /** Executions that were not asked about, because of the bounds. */
      readonly leftOut: number;
      /** Messages that the stream had not brought and are passed on now. */
      readonly caughtUp: number;
      /** Of them, sent before the stream was open: no fault of its. Recordings may lack it. */
      readonly fromBefore?: number | undefined;
      /** What could not be read, and why. */
      readonly failures: readonly string[];
      /** A run should produce, and REST has nothing new either: silent at its source since then. */
      readonly silentSince: number | undefined;
      readonly requests: number;
      readonly bytes: number;
    })
  /** The stream beats on, but did not bring `missing` messages that REST has. */
  | (Happening<'deaf'> & {readonly since: number; readonly missing: number})
  | (Happening<'stf-files'> & {readonly files: StfFiles})
  | (Happening<'stf-files-unknown'> & {readonly runId: string; readonly reason: string})
  /** REST tells the state of a run whose lifecycle the stream does not show. */
  | (Happening<'run-state'> & {
      readonly state: RunState;
      /** Of its execution, where that is known. Recordings may lack it. */
      readonly namespace?: string | undefined;
    })
  | (Happening<'run-state-unknown'> & {readonly runId: string; readonly reason: string})
  /** What the monitor counts as sent on the stream, and what had come of it when it answered. */
  | (Happening<'sent-count'> & {
      readonly stream: number;
      readonly sent: number;
      readonly arrived: number;
      /** Of the answer. */
      readonly bytes: number;
    })
  | (Happening<'sent-count-unknown'> & {readonly reason: string})
  /** After a refusal `~/.env` and the CA file were read again: what was found, in words. */
  /** What is to be known of the files that the settings come from. */
  | (Happening<'settings-warning'> & {readonly text: string})
  | (Happening<'access-renewed'> & {readonly notes: readonly string[]})
  | (Happening<'registered'> & {readonly status: RegistrationStatus})
  | (Happening<'registration-failed'> & {readonly reason: string})
  | (Happening<'execution'> & {readonly execution: Execution})
  /** The monitor does not say what this execution is to bring. */
  | (Happening<'execution-unknown'> & {readonly id: string; readonly reason: string})
  /** The operator has left a line for whoever reads on. */
  | (Happening<'mark'> & {readonly text: string})
  /** The operator has taken note of all alerts. */
  | Happening<'acknowledged'>
  /** Events go to this file from now on. */
  | (Happening<'recording'> & {
      readonly file: string;
      /** Oldest recordings that were removed to make room. */
      readonly removed: number;
    })
  /** Events wait in memory, as long as there is room; undefined: as soon as the disk takes them. */
  | (Happening<'recording-failed'> & {
      readonly reason: string;
      readonly retryAt: number | undefined;
    })
  /** So many events between these times are in no file. */
  | (Happening<'not-recorded'> & {
      readonly from: number;
      readonly to: number;
      readonly events: number;
    })
  | (Happening<'stopped'> & {readonly reason: string});

export type RegistrationStatus =
  (typeof registrationStates)[keyof typeof registrationStates]['status'];

export type EventOf<Kind extends MonitorEvent['kind']> = Extract<MonitorEvent, {kind: Kind}>;

type Description = {[Kind in MonitorEvent['kind']]: (event: EventOf<Kind>) => string | undefined};

const attempt = (n: number) => (n > 1 ? ` (attempt ${n})` : '');
const withRemedy = (reason: string, remedy: string | undefined) =>
  remedy === undefined ? reason : `${reason}: ${remedy}`;

const descriptions: Description = {
  connecting: event => `connecting for ${describeFilter(event.filter)}${attempt(event.attempt)}`,
  opened: event => `stream open: ${describeFilter(event.filter)}`,
  connected: event => `client id ${event.clientId}`,
  message: () => undefined,
  heartbeat: () => undefined,
  bytes: () => undefined,
  quiet: event => `no heartbeat for ${seconds(event.at - event.since)}`,
  recovered: () => 'the stream speaks again',
  lost: event => `lost: ${event.reason}`,
  retrying: event =>
    `retrying in ${seconds(event.retryAt - event.at)}${attempt(event.attempt)}: ${withRemedy(event.reason, event.remedy)}`,
  refused: event =>
    `refused: ${withRemedy(event.reason, event.remedy)}; next try in ${seconds(event.retryAt - event.at)}`,
  'filter-requested': event => `filter asked for: ${describeFilter(event.filter)}`,
  'filter-changed': event => `filter in force: ${describeFilter(event.filter)}`,
  'change-failed': event =>
    `${event.why === 'filter' ? 'filter not taken' : 'no new stream'}, the old one stays: ${event.reason}`,
  'gap-opened': event => `gap: messages can be missed from here (${event.reason})`,
  'gap-filled': ({caughtUp, isAnswered}) =>
    isAnswered
      ? `REST has ${counted(caughtUp, 'message')} of the gap; the agents' messages of it cannot be had`
      : 'REST did not answer: the gap stays as it is',
  hole: ({runId, first, last}) =>
    `run ${runId}: STF ${first === last ? first : `${first}–${last}`} did not come`,
  'history-checked': event => {
    const {caughtUp, failures, silentSince, at} = event;
    if (failures.length > 0) return `REST: ${failures[0]}`;
    if (caughtUp > 0) return caughtUpWords(event);
    return silentSince === undefined
      ? undefined
      : `REST agrees: silent at the source for ${seconds(at - silentSince)}`;
  },
  deaf: ({missing}) => `deaf: REST has ${missing} messages that this stream never brought`,
  'stf-files': () => undefined,
  'stf-files-unknown': ({runId, reason}) => `STF files of run ${runId} not known: ${reason}`,
  'run-state': () => undefined,
  'run-state-unknown': ({runId, reason}) => `state of run ${runId} not known: ${reason}`,
  'sent-count': () => undefined,
  'sent-count-unknown': () => undefined,
  'gap-closed': event => `gap closed after ${seconds(event.to - event.from)}`,
  'settings-warning': ({text}) => text,
  'access-renewed': ({notes}) => notes.join('; '),
  registered: event => `registered as sse_receiver (${event.status})`,
  'registration-failed': event => `registration failed: ${event.reason}`,
  execution: event => `execution ${event.execution.id} ${event.execution.status ?? ''}`.trimEnd(),
  'execution-unknown': event => `execution ${event.id} not known: ${event.reason}`,
  mark: ({text}) => `mark: ${text}`,
  acknowledged: () => 'alerts acknowledged',
  recording: ({file, removed}) =>
    `recording to ${file}${removed === 0 ? '' : `; oldest recordings removed: ${removed}`}`,
  'recording-failed': ({at, reason, retryAt}) =>
    `not recording: ${reason}${retryAt === undefined ? '' : `; next try in ${seconds(retryAt - at)}`}`,
  'not-recorded': ({from, to, events}) =>
    `${events} events of ${seconds(to - from)} are not in the recording`,
  stopped: event => `stopped: ${event.reason}`,
};

/** What no stream could have brought is told apart from what this one should have. */
function caughtUpWords({caughtUp, fromBefore = 0, executions}: EventOf<'history-checked'>): string {
  const lost = caughtUp - fromBefore;
  const parts = [
    ...(fromBefore > 0 ? [`caught up ${counted(fromBefore, 'message')} from before`] : []),
    ...(lost > 0 ? [`REST has ${counted(lost, 'message')} that the stream never brought`] : []),
  ];
  return `${parts.join('; ')}, of ${counted(executions, 'execution')}`;
}

/** The event in a line of words, for histories and diagnostics; undefined for routine traffic. */
export function describeEvent(event: MonitorEvent): string | undefined {
  const describe = descriptions[event.kind] as (event: MonitorEvent) => string | undefined;
  return describe(event);
}

/** A duration in ms, as `0.8 s` below ten seconds and `52 s` above. */
function seconds(duration: number): string {
  const value = Math.max(0, duration) / 1000;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} s`;
}
