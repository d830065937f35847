// Every duration that the receiver lives by, in ms.

export interface Timings {
  /** No event for this long: the subscriber's row is read. Heartbeats come every 30 s, under load every 35 s. */
  readonly heartbeatLate: number;
  /** No event for this long: NO HEARTBEAT. */
  readonly heartbeatMissed: number;
  /** No bytes for this long: the stream is given up. */
  readonly stale: number;
  /** Once the process runs again, nothing is given up for so long: what came meanwhile is read first. */
  readonly afterStandstill: number;
  /** From a request to its first byte of answer. */
  readonly opening: number;
  /** From there to the stream's first event, which the server sends at once. */
  readonly firstEvent: number;
  readonly firstRetry: number;
  readonly longestRetry: number;
  /** A server that asks for more patience with Retry-After gets this much. */
  readonly longestRetryAfter: number;
  /** A stream that lived this long makes the backoff start anew. */
  readonly goodLife: number;
  /** Between tries while refused. */
  readonly refusedRetry: number;
  /** Toggles within this time become one reconnect. */
  readonly filterDebounce: number;
  /** How long a replaced stream is still read, for what was on its way. */
  readonly linger: number;
  /** How long after that its messages are remembered, to show none twice. */
  readonly remember: number;
  /** Between two looks at REST while all is well. */
  readonly witness: number;
  /** How often it is considered whether REST should be asked. */
  readonly witnessTick: number;
  /** Between two readings of REST, at first, for an execution that should produce and is silent; doubles up to `witness`. */
  readonly silenceCheck: number;
  /** After a reading, before REST is read for what another filter brings. */
  readonly filterCheck: number;
  /** Executions are asked about that were heard of so long before REST last answered. */
  readonly witnessReach: number;
  /** A stored message has reached the stream after this, or will not. */
  readonly delivery: number;
  /** A sequence number has come this long after its successor, or is missing. */
  readonly holeGrace: number;
  /** A stream is replaced when it is this old: its membership on the server ends after a day. */
  readonly renewal: number;
  /** Between two tries to replace it. */
  readonly renewalRetry: number;
  /** A stream that was found deaf is looked after so long, as often as a silent one at first. */
  readonly doubt: number;
  /** Between two renewals of a deaf stream, at first; doubles up to the longest. */
  readonly deafRenewal: number;
  readonly longestDeafRenewal: number;
  /** Before REST is asked for the state of a run whose lifecycle was not seen, and between two turns. */
  readonly runStatesFirst: number;
  readonly runStates: number;
  /** From a run's end until its STF files are read, and until they are read again where some are not ready. */
  readonly filesAfterEnd: number;
  readonly filesAgain: number;
  /** Before the monitor is asked what it has sent on a new stream, and between two askings. */
  readonly sentCountFirst: number;
  readonly sentCount: number;
  readonly registration: number;
  readonly request: number;
  /** For the last heartbeat on a clean stop. */
  readonly farewell: number;
}

export const defaultTimings: Timings = {
  heartbeatLate: 35_000,
  heartbeatMissed: 45_000,
  stale: 75_000,
  afterStandstill: 5_000,
  opening: 20_000,
  firstEvent: 15_000,
  firstRetry: 1_000,
  longestRetry: 30_000,
  longestRetryAfter: 300_000,
  goodLife: 60_000,
  refusedRetry: 60_000,
  filterDebounce: 300,
  linger: 2_000,
  remember: 5_000,
  witness: 300_000,
  witnessTick: 5_000,
  silenceCheck: 20_000,
  filterCheck: 20_000,
  witnessReach: 15 * 60_000,
  delivery: 5_000,
  holeGrace: 2_000,
  renewal: 6 * 3_600_000,
  renewalRetry: 600_000,
  doubt: 60_000,
  deafRenewal: 60_000,
  longestDeafRenewal: 600_000,
  runStatesFirst: 3_000,
  runStates: 30_000,
  filesAfterEnd: 5_000,
  filesAgain: 60_000,
  sentCountFirst: 10_000,
  sentCount: 300_000,
  registration: 60_000,
  request: 10_000,
  farewell: 2_000,
};
