// The connection's state machine as data: state × input → what to do, and the state that follows.
// What is not listed does not happen in that state and changes nothing.

export type ConnectionState =
  'idle' | 'connecting' | 'live' | 'noHeartbeat' | 'waiting' | 'refused' | 'stopped';

export type ConnectionInput =
  | 'start'
  /** The stream brought its first event. */
  | 'confirmed'
  /** The stream brought an event, or another has taken its place. */
  | 'event'
  /** No event for longer than a heartbeat can take. */
  | 'heartbeatMissed'
  /** The stream ended, brought nothing at all for the stale time, or could not be opened. */
  | 'lost'
  /** The server said no. */
  | 'refused'
  | 'retryDue'
  /** The stream that was to replace the one without a heartbeat could not be opened. */
  | 'renewalFailed'
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
  /** Open a second stream beside the one that works, and hand over to it once it is confirmed. */
  | 'overlap'
  | 'drop'
  | 'scheduleRetry'
  | 'scheduleSlowRetry'
  | 'cancelRetry'
  | 'scheduleRenewal'
  | 'cancelRenewal'
  | 'reportOpened'
  | 'reportRecovered'
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
    confirmed: ['live', 'reportOpened'],
    lost: ['waiting', 'scheduleRetry'],
    refused: ['refused', 'scheduleSlowRetry'],
    refilter: ['connecting', 'drop', 'connect'],
    stop: ['stopped', 'close'],
  },
  live: {
    heartbeatMissed: ['noHeartbeat', 'scheduleRenewal'],
    lost: ['waiting', 'scheduleRetry'],
    // A relay in front answers 200 and reports the refusal as an event.
    refused: ['refused', 'scheduleSlowRetry'],
    reconnect: ['live', 'overlap'],
    refilter: ['live', 'overlap'],
    handover: ['connecting'],
    stop: ['stopped', 'close'],
  },
  noHeartbeat: {
    event: ['live', 'cancelRenewal', 'reportRecovered'],
    renewalFailed: ['noHeartbeat', 'scheduleRenewal'],
    lost: ['waiting', 'cancelRenewal', 'scheduleRetry'],
    refused: ['refused', 'cancelRenewal', 'scheduleSlowRetry'],
    reconnect: ['noHeartbeat', 'overlap'],
    refilter: ['noHeartbeat', 'overlap'],
    handover: ['connecting', 'cancelRenewal'],
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
