// The connection's state machine as data: state × input → what to do, and the state that follows.
// What is not listed does not happen in that state and changes nothing.

export type ConnectionState =
  'idle' | 'connecting' | 'live' | 'quiet' | 'waiting' | 'refused' | 'stopped';

export type ConnectionInput =
  | 'start'
  /** The stream answered 200. */
  | 'opened'
  | 'bytes'
  /** No bytes for the quiet time. */
  | 'silence'
  /** The stream ended, fell silent for the stale time, or could not be opened. */
  | 'lost'
  /** The server said no. */
  | 'refused'
  | 'retryDue'
  /** The operator wants a new stream now. */
  | 'reconnect'
  /** Another filter is wanted. */
  | 'refilter'
  /** The stream ended while another was on its way to replace it. */
  | 'handover'
  | 'stop';

export type ConnectionAction =
  /** Open the first stream, or the next after a loss. */
  | 'connect'
  /** Open a second stream beside the one that works, and change over once it is open. */
  | 'overlap'
  | 'drop'
  | 'scheduleRetry'
  | 'scheduleSlowRetry'
  | 'cancelRetry'
  | 'tellOpened'
  | 'tellQuiet'
  | 'tellRecovered'
  | 'close';

type Step = readonly [next: ConnectionState, ...actions: ConnectionAction[]];

export const connectionTable: Readonly<
  Record<ConnectionState, Partial<Readonly<Record<ConnectionInput, Step>>>>
> = {
  idle: {
    start: ['connecting', 'connect'],
    stop: ['stopped', 'close'],
  },
  connecting: {
    opened: ['live', 'tellOpened'],
    lost: ['waiting', 'scheduleRetry'],
    refused: ['refused', 'scheduleSlowRetry'],
    refilter: ['connecting', 'drop', 'connect'],
    stop: ['stopped', 'close'],
  },
  live: {
    silence: ['quiet', 'tellQuiet'],
    lost: ['waiting', 'scheduleRetry'],
    // A relay in front answers 200 and tells the refusal as an event.
    refused: ['refused', 'scheduleSlowRetry'],
    reconnect: ['live', 'overlap'],
    refilter: ['live', 'overlap'],
    handover: ['connecting'],
    stop: ['stopped', 'close'],
  },
  quiet: {
    bytes: ['live', 'tellRecovered'],
    opened: ['live', 'tellRecovered'],
    lost: ['waiting', 'scheduleRetry'],
    refused: ['refused', 'scheduleSlowRetry'],
    reconnect: ['quiet', 'overlap'],
    refilter: ['quiet', 'overlap'],
    handover: ['connecting'],
    stop: ['stopped', 'close'],
  },
  waiting: {
    retryDue: ['connecting', 'connect'],
    reconnect: ['connecting', 'cancelRetry', 'connect'],
    stop: ['stopped', 'close'],
  },
  refused: {
    retryDue: ['connecting', 'connect'],
    reconnect: ['connecting', 'cancelRetry', 'connect'],
    stop: ['stopped', 'close'],
  },
  stopped: {},
};
