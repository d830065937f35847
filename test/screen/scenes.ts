// What an operator may find on the screen, as events.
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {
  defaultRun,
  runningExecution,
  type RunParameters,
} from '../../source/testbed/run-parameters.ts';
import {readExecution} from '../../source/wire/execution.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {opening, runEvents, start} from '../model/happenings.ts';

/** ms; `seconds` after the beginning. */
export const later = (seconds: number): number => start + seconds * 1000;

const execution = (run: Partial<RunParameters> = {}): MonitorEvent => {
  const record = runningExecution({...defaultRun, ...run});
  return {
    kind: 'execution',
    at: later(1),
    execution: readExecution(record['execution_id'], record),
  };
};

const secondRun: Partial<RunParameters> = {
  namespace: 'fastmon-dev',
  user: 'wenaus',
  runNumber: 100014,
  executionId: 'stf_datataking-wenaus-0002',
  stfCount: 6,
  withProcessing: true,
  startedAt: later(11),
};

/** Two runs side by side, the second 11 s behind the first, up to 36 s. */
export function twoRuns(filter: StreamFilter = everything): readonly MonitorEvent[] {
  const events: readonly MonitorEvent[] = [
    ...opening(start - 2000, filter),
    {kind: 'registered', at: start - 1000, status: 'OK'},
    execution(),
    execution(secondRun),
    ...runEvents({}, 1),
    ...runEvents(secondRun, 2),
    {kind: 'heartbeat', at: later(28), stream: 1, serverTime: later(28)},
    {kind: 'bytes', at: later(34), count: 54_321, lastAt: later(34)},
  ];
  return events.filter(({at}) => at <= later(36)).sort((a, b) => a.at - b.at);
}

export const lostAndRetrying: readonly MonitorEvent[] = [
  {
    kind: 'lost',
    at: later(37),
    stream: 1,
    reason: 'the server ended the stream',
    remedy: undefined,
  },
  {
    kind: 'gap-opened',
    id: 1,
    at: later(37),
    from: later(36),
    reason: 'the server ended the stream',
  },
  {
    kind: 'retrying',
    at: later(37),
    attempt: 3,
    retryAt: later(49),
    reason: 'connect ECONNREFUSED 130.199.95.12:443',
    remedy: undefined,
  },
];

export const reopened: readonly MonitorEvent[] = [
  {
    kind: 'connecting',
    at: later(49),
    stream: 2,
    why: 'retry',
    attempt: 3,
    filter: everything,
  },
  {kind: 'opened', at: later(50), stream: 2, filter: everything, serverTime: undefined},
  {kind: 'connected', at: later(50), stream: 2, clientId: '11aa22bb-4e5f-4a57-afc4-0e7e500b6309'},
  {kind: 'gap-closed', at: later(50), id: 1, from: later(36), to: later(50)},
];

export const refused: readonly MonitorEvent[] = [
  {kind: 'connecting', at: start, stream: 1, why: 'start', attempt: 1, filter: everything},
  {
    kind: 'refused',
    at: later(1),
    reason: 'the monitor refuses the token (401)',
    remedy: 'set SWF_API_TOKEN in ~/.env to a token of this monitor',
    retryAt: later(61),
  },
];

export const quiet: MonitorEvent = {
  kind: 'quiet',
  at: later(81),
  since: later(36),
  reconnectAt: later(111),
};

const looked = {
  executions: 1,
  rows: 40,
  leftOut: 0,
  caughtUp: 0,
  failures: [],
  silentSince: undefined,
  requests: 3,
  bytes: 41_000,
};

/** The gap of `reopened`, filled as far as REST can. */
export const filled: readonly MonitorEvent[] = [
  {kind: 'history-checked', at: later(51), ...looked, caughtUp: 4},
  {
    kind: 'gap-filled',
    at: later(51),
    id: 1,
    from: later(36),
    to: later(50),
    caughtUp: 4,
    isAnswered: true,
  },
];

export const deaf: readonly MonitorEvent[] = [
  {kind: 'history-checked', at: later(60), ...looked, caughtUp: 3},
  {kind: 'deaf', at: later(60), since: later(40), missing: 3},
];

export const sourceSilent: MonitorEvent = {
  kind: 'history-checked',
  at: later(70),
  ...looked,
  silentSince: later(37),
};

export const hole: MonitorEvent = {
  kind: 'hole',
  at: later(38),
  runId: '100014',
  namespace: 'fastmon-dev',
  first: 8,
  last: 9,
};
