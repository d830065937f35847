// What holds for the connection: its state word, since when, what happens next, and the counts and
// measurements of its life. A fold over MonitorEvents.
import {describeEvent, type EventOf, type MonitorEvent} from '../monitor-event.ts';
import {isOverStatus} from '../wire/execution.ts';
import {everything, sameFilter, type StreamFilter} from '../wire/filter.ts';
import {withFilter, type FilterTime} from './filter-times.ts';

export type StateWord =
  'CONNECTING' | 'LIVE' | 'DEAF' | 'NO HEARTBEAT' | 'RETRYING' | 'REFUSED' | 'STOPPED';

export interface HistoryLine {
  readonly at: number;
  readonly text: string;
}

export interface Health {
  readonly word: StateWord;
  /** When the state began. All times: receiver's clock, ms. */
  readonly since: number | undefined;
  readonly reason: string | undefined;
  readonly remedy: string | undefined;
  /** When the next try, or (NO HEARTBEAT) the renewal, is due. */
  readonly dueAt: number | undefined;
  readonly attempt: number;
  readonly lastByteAt: number | undefined;
  /** When the newest heartbeat, message or `connected` came: what alone is a sign of the monitor. */
  readonly lastSignAt: number | undefined;
  readonly lastMessageAt: number | undefined;
  readonly lastHeartbeatAt: number | undefined;
  readonly openedAt: number | undefined;
  /** When the first of all events came, and when a stream first opened. */
  readonly beganAt: number | undefined;
  readonly heardFrom: number | undefined;
  readonly clientId: string | undefined;
  /** What the server sends now. */
  readonly filter: StreamFilter;
  /** When it took the place of another; undefined: it is the first. */
  readonly filterChangedAt: number | undefined;
  /** When not everything was asked for, oldest first. */
  readonly filterTimes: readonly FilterTime[];
  /** What was asked for and is not in force yet. */
  readonly requested: StreamFilter | undefined;
  /** Why the last change of filter was not taken. */
  readonly filterRefusal: string | undefined;
  /** What the monitor counted as sent on this stream, and what had come; undefined: not asked yet. */
  readonly sentCount: SentCount | undefined;
  readonly registeredAt: number | undefined;
  readonly registrationFailure: string | undefined;
  /** Server clock minus ours, ms, from the last heartbeat. */
  readonly clockSkew: number | undefined;
  /** When REST last agreed with the stream, or brought what it had missed. */
  readonly witnessAt: number | undefined;
  readonly witnessFailure: string | undefined;
  /** All executions that should produce are silent at their source since then: REST has nothing new either. */
  readonly silentSince: number | undefined;
  /** Those that are silent, by their ids, with when the newest message came of each, ms. */
  readonly silentExecutions: ReadonlyMap<string, number>;
  /** Executions that REST was not asked about at the last look, because of the bounds. */
  readonly leftOut: number;
  /** Messages that only REST brought. */
  readonly caughtUp: number;
  /** Requests to REST, but for the registration's, and the bytes of their answers. */
  readonly restRequests: number;
  readonly restBytes: number;
  /** Streams that were found deaf. */
  readonly deafs: number;
  /** Known from the answer’s Date alone, to the second: too coarse for latencies. */
  readonly isSkewCoarse: boolean;
  /** Streams that were lost. */
  readonly losses: number;
  /** The last of them. */
  readonly lastLoss: HistoryLine | undefined;
  readonly gaps: number;
  /** From when on messages can be missing right now. */
  readonly gapFrom: number | undefined;
  readonly messages: number;
  readonly faults: number;
  readonly bytes: number;
  /** The file that events are recorded to; undefined: nothing is recorded. */
  readonly recordingFile: string | undefined;
  /** Why the disk does not take them now. */
  readonly recordingFailure: string | undefined;
  /** Events that the disk did not take in time. */
  readonly notRecorded: number;
  /** When the program ran again after it had stood still: nothing was read before, for some time. */
  readonly ranAgainAt: number | undefined;
  /** Newest last, at most `maxHistory`. */
  readonly history: readonly HistoryLine[];
}

/** `at`: receiver's clock, ms; or why the monitor does not say. */
export type SentCount =
  | {readonly at: number; readonly sent: number; readonly arrived: number}
  | {readonly reason: string};

/** Whether a stream is open, whatever it brings. */
export function isUp(word: StateWord): boolean {
  return word === 'LIVE' || word === 'NO HEARTBEAT' || word === 'DEAF';
}

const maxHistory = 200;
/** So long has REST to agree with a stream that took a deaf one's place, ms. */
const hearing = 15_000;

export const newHealth: Health = {
  word: 'CONNECTING',
  since: undefined,
  reason: undefined,
  remedy: undefined,
  dueAt: undefined,
  attempt: 1,
  lastByteAt: undefined,
  lastSignAt: undefined,
  lastMessageAt: undefined,
  lastHeartbeatAt: undefined,
  openedAt: undefined,
  beganAt: undefined,
  heardFrom: undefined,
  clientId: undefined,
  filter: everything,
  filterChangedAt: undefined,
  filterTimes: [],
  requested: undefined,
  filterRefusal: undefined,
  sentCount: undefined,
  registeredAt: undefined,
  registrationFailure: undefined,
  clockSkew: undefined,
  witnessAt: undefined,
  witnessFailure: undefined,
  silentSince: undefined,
  silentExecutions: new Map(),
  leftOut: 0,
  caughtUp: 0,
  restRequests: 0,
  restBytes: 0,
  deafs: 0,
  isSkewCoarse: false,
  losses: 0,
  lastLoss: undefined,
  gaps: 0,
  gapFrom: undefined,
  messages: 0,
  faults: 0,
  bytes: 0,
  recordingFile: undefined,
  recordingFailure: undefined,
  notRecorded: 0,
  ranAgainAt: undefined,
  history: [],
};

type Change<Kind extends MonitorEvent['kind']> = (
  event: EventOf<Kind>,
  health: Health,
) => Partial<Health>;

/** What changes with messages of the stream, so many of them faulty; `lastAt`: receiver's clock, ms. */
export function heard(
  {messages, faults}: Health,
  count: number,
  faulty: number,
  lastAt: number,
): Partial<Health> {
  return {
    lastByteAt: lastAt,
    lastSignAt: lastAt,
    lastMessageAt: lastAt,
    silentSince: undefined,
    messages: messages + count,
    faults: faults + faulty,
  };
}

const calm = {reason: undefined, remedy: undefined, dueAt: undefined};

const changes: {readonly [Kind in MonitorEvent['kind']]?: Change<Kind>} = {
  connecting: (event, health) => {
    // A second stream beside one that works changes nothing yet.
    if (isUp(health.word)) return {};
    return {
      word: 'CONNECTING',
      since: event.at,
      attempt: event.attempt,
      ...filteredBy(event, health),
      dueAt: undefined,
    };
  },
  opened: (event, health) => ({
    // A renewed stream is deaf until it has brought something, or REST agrees.
    ...(health.word === 'DEAF' ? {} : {...calm, word: 'LIVE'}),
    since: health.word === 'LIVE' || health.word === 'DEAF' ? health.since : event.at,
    ...(health.clockSkew === undefined ? coarseSkew(event) : {}),
    openedAt: event.at,
    heardFrom: health.heardFrom ?? event.at,
    lastByteAt: event.at,
    lastSignAt: event.at,
    ...filteredBy(event, health),
    requested: undefined,
    clientId: undefined,
  }),
  connected: ({clientId, at}) => ({clientId, lastByteAt: at, lastSignAt: at, sentCount: undefined}),
  message: ({at, message, source}, health) =>
    source === 'history'
      ? {caughtUp: health.caughtUp + 1}
      : {
          ...(health.word === 'DEAF' ? {...calm, word: 'LIVE', since: at} : {}),
          ...heard(health, 1, message.fault === undefined ? 0 : 1, at),
          silentExecutions: without(health.silentExecutions, message.executionId),
        },
  heartbeat: ({at, serverTime}, {clockSkew}) => ({
    lastByteAt: at,
    lastSignAt: at,
    lastHeartbeatAt: at,
    ...(serverTime === undefined ? {clockSkew} : {clockSkew: serverTime - at, isSkewCoarse: false}),
  }),
  bytes: ({count, lastAt}, {bytes}) => ({bytes: bytes + count, lastByteAt: lastAt}),
  quiet: ({at, since, reconnectAt}, {word, since: before}) => ({
    ...calm,
    word: 'NO HEARTBEAT',
    since: word === 'NO HEARTBEAT' ? before : at,
    lastSignAt: since,
    dueAt: reconnectAt,
  }),
  recovered: ({at}, {word, since}) => ({
    ...calm,
    word: 'LIVE',
    since: word === 'LIVE' ? since : at,
  }),
  'stood-still': ({at}) => ({ranAgainAt: at}),
  'clock-stepped': ({by}, health) => shifted(health, by),
  lost: ({at, reason}, {losses}) => ({
    // What takes its place, if anything is on its way, is not confirmed yet.
    word: 'CONNECTING',
    since: at,
    losses: losses + 1,
    lastLoss: {at, text: reason},
    clientId: undefined,
  }),
  retrying: ({at, attempt, retryAt, reason, remedy}) => ({
    word: 'RETRYING',
    since: at,
    attempt,
    dueAt: retryAt,
    reason,
    remedy,
  }),
  refused: ({at, retryAt, reason, remedy}) => ({
    word: 'REFUSED',
    since: at,
    dueAt: retryAt,
    reason,
    remedy,
  }),
  'filter-requested': ({filter}) => ({requested: filter, filterRefusal: undefined}),
  'filter-changed': () => ({requested: undefined}),
  'change-failed': ({why, reason}, {requested}) =>
    why === 'filter' ? {requested: undefined, filterRefusal: reason} : {requested},
  'history-checked': (event, health) => {
    const {restRequests, restBytes, since} = health;
    const load = {
      restRequests: restRequests + event.requests,
      restBytes: restBytes + event.bytes,
      silentSince: event.silentSince,
      silentExecutions: new Map((event.silent ?? []).map(({id, since}) => [id, since])),
    };
    const [failure] = event.failures;
    // What was read says nothing of the others.
    if (event.isPartial === true && failure === undefined) return load;
    if (failure !== undefined) return {...load, witnessFailure: failure};
    const {leftOut} = event;
    const state = hearsAgain(health, event)
      ? ({...calm, word: 'LIVE', since: event.at} as const)
      : {since};
    return {...load, ...state, leftOut, witnessFailure: undefined, witnessAt: event.at};
  },
  execution: ({execution: {id, status}}, {silentExecutions}) =>
    isOverStatus(status) ? {silentExecutions: without(silentExecutions, id)} : {},
  deaf: ({at, missing}, {deafs, word, since}) => ({
    word: 'DEAF',
    since: word === 'DEAF' ? since : at,
    reason: `REST has ${missing} messages that this stream never brought`,
    deafs: deafs + 1,
  }),
  'gap-opened': ({from}, {gaps}) => ({gaps: gaps + 1, gapFrom: from}),
  'gap-closed': () => ({gapFrom: undefined}),
  'sent-count': ({at, sent, arrived, bytes}, {restRequests, restBytes}) => ({
    sentCount: {at, sent, arrived},
    restRequests: restRequests + 1,
    restBytes: restBytes + bytes,
  }),
  'sent-count-unknown': ({reason}, {restRequests}) => ({
    sentCount: {reason},
    restRequests: restRequests + 1,
  }),
  registered: ({at}) => ({registeredAt: at, registrationFailure: undefined}),
  'registration-failed': ({reason}) => ({registrationFailure: reason}),
  recording: ({file}) => ({recordingFile: file, recordingFailure: undefined}),
  'recording-failed': ({reason}) => ({recordingFailure: reason}),
  'not-recorded': ({events}, {notRecorded}) => ({notRecorded: notRecorded + events}),
  stopped: ({at}) => ({...calm, word: 'STOPPED', since: at}),
};

/** A renewed stream hears again once it has missed nothing for a while: silence alone proves little. */
function hearsAgain(
  {word, since = 0, openedAt = 0}: Health,
  {at, caughtUp}: EventOf<'history-checked'>,
): boolean {
  return word === 'DEAF' && openedAt >= since && caughtUp === 0 && at - openedAt > hearing;
}

function filteredBy(
  {filter, at}: EventOf<'connecting' | 'opened'>,
  health: Health,
): Pick<Health, 'filter' | 'filterChangedAt' | 'filterTimes'> {
  const isFirst = health.openedAt === undefined;
  const stays = isFirst || sameFilter(filter, health.filter);
  return {
    filter,
    filterChangedAt: stays ? health.filterChangedAt : at,
    filterTimes: withFilter(health.filterTimes, filter, at),
  };
}

/** Clocks that agree to the second are taken to agree until a heartbeat tells better. */
function coarseSkew({at, serverTime}: EventOf<'opened'>): Partial<Health> {
  const skew = serverTime === undefined ? 0 : serverTime - at;
  return Math.abs(skew) > 1000 ? {clockSkew: skew, isSkewCoarse: true} : {};
}

/** The map without that key; the same where it is not there. */
function without(map: ReadonlyMap<string, number>, key: string | undefined) {
  if (key === undefined || !map.has(key)) return map;
  return new Map([...map].filter(([id]) => id !== key));
}

const later = (at: number | undefined, by: number) => (at === undefined ? undefined : at + by);

/** What is known, by a wall clock that was set by `by` ms: ages stay as they are. */
function shifted(health: Health, by: number): Partial<Health> {
  const {clockSkew, openedAt, sentCount} = health;
  return {
    ...Object.fromEntries(moments.map(key => [key, later(health[key], by)])),
    silentExecutions: new Map([...health.silentExecutions].map(([id, at]) => [id, at + by])),
    filterTimes: health.filterTimes.map(({filter, from, to}) => ({
      filter,
      from: from + by,
      to: later(to, by),
    })),
    sentCount: sentCount && 'at' in sentCount ? {...sentCount, at: sentCount.at + by} : sentCount,
    lastLoss: health.lastLoss && {...health.lastLoss, at: health.lastLoss.at + by},
    history: health.history.map(({at, text}) => ({at: at + by, text})),
    // What agreed before does not any more.
    clockSkew: openedAt === undefined ? clockSkew : (clockSkew ?? 0) - by,
    isSkewCoarse: clockSkew === undefined && openedAt !== undefined ? true : health.isSkewCoarse,
  };
}

/** What of the health is a time by the receiver's clock. */
const moments = [
  'since',
  'dueAt',
  'lastByteAt',
  'lastSignAt',
  'lastMessageAt',
  'lastHeartbeatAt',
  'openedAt',
  'beganAt',
  'heardFrom',
  'filterChangedAt',
  'registeredAt',
  'witnessAt',
  'silentSince',
  'gapFrom',
  'ranAgainAt',
] as const satisfies readonly (keyof Health)[];

/** The health after `event`. */
export function foldHealth(health: Health, event: MonitorEvent): Health {
  const change = changes[event.kind] as
    ((event: MonitorEvent, health: Health) => Partial<Health>) | undefined;
  const text = event.kind === 'message' ? undefined : describeEvent(event);
  if (!change && text === undefined) return health;
  const beganAt = health.beganAt ?? event.at;
  const changed = {...health, beganAt, ...change?.(event, {...health, beganAt})};
  if (text === undefined) return changed;
  return {
    ...changed,
    history: [...changed.history.slice(1 - maxHistory), {at: event.at, text}],
  };
}
