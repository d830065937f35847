// What an operator may find on the screen, as events.
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {
  defaultRun,
  runningExecution,
  type RunParameters,
} from '../../source/testbed/run-parameters.ts';
import {readExecution} from '../../source/wire/execution.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {opening, received, runEvents, start} from '../model/happenings.ts';

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

/** A run in each state it can be in, as they stand at 60 s; each number names one. */
export function everyState(): readonly MonitorEvent[] {
  const until = (seconds: number, run: Partial<RunParameters>) =>
    runEvents(run).filter(({at}) => at <= later(seconds));
  const numbered = (runNumber: number, startedAt: number): Partial<RunParameters> => ({
    runNumber,
    startedAt,
    executionId: `stf_datataking-root-${runNumber}`,
  });
  const isLifecycle = ({message}: {readonly message: {readonly type: string}}) =>
    message.type.endsWith('_run') || message.type === 'run_imminent';
  const events: readonly MonitorEvent[] = [
    ...opening(start - 2000),
    // Ended, paused, running, imminent.
    ...until(60, numbered(100021, later(0))),
    ...until(60, numbered(100022, later(38))),
    ...until(60, numbered(100023, later(46))),
    ...until(60, numbered(100024, later(57))),
    // Joined in its middle; paused and running again without a word of it; its agents alone heard.
    ...until(60, numbered(100025, later(20))).filter(({at}) => at > later(34)),
    ...until(60, numbered(100026, later(28))).filter(({message}) => message.type !== 'pause_run'),
    ...until(60, numbered(100027, later(30))).filter(
      event => !isLifecycle(event) && event.message.type !== 'stf_gen',
    ),
  ];
  return events.toSorted((a, b) => a.at - b.at);
}

/** Ten runs one after another, the last three still on. */
export function tenRuns(): readonly MonitorEvent[] {
  const runs = Array.from({length: 10}, (_, index) => {
    const run: Partial<RunParameters> = {
      runNumber: 100030 + index,
      namespace: index % 3 === 0 ? 'fastmon-dev' : 'torre1',
      executionId: `stf_datataking-root-${index}`,
      withProcessing: index % 2 === 0,
      startedAt: later(index * 11),
    };
    return [execution(run), ...runEvents(run, index)];
  });
  return [...opening(start - 2000), ...runs.flat()]
    .filter(({at}) => at <= later(112))
    .toSorted((a, b) => a.at - b.at);
}

/** One run with everything wrong that a run can have, and a connection that has its own troubles. */
export function everyAlert(): readonly MonitorEvent[] {
  const events = runEvents().filter(
    ({message: {type, sequence}}) => type !== 'stf_gen' || sequence !== 4,
  );
  const doubled = events.find(({message}) => message.sequence === 2)!;
  return [
    ...opening(start - 2000),
    execution(),
    ...events.filter(({message}) => message.type !== 'end_run'),
    doubled,
    received(
      {
        msg_type: 'pause_run',
        run_id: '100013',
        namespace: 'torre1',
        state: 'run',
        substate: 'physics',
      },
      later(33),
    ),
    received({msg_type: 'resume_run', run_id: '100013', namespace: 'torre1'}, later(34)),
    received(
      {
        msg_type: 'processing_failed',
        run_id: '100013',
        namespace: 'torre1',
        processed_by: 'processing-agent-root-24',
        message: 'no space left on device',
      },
      later(35),
    ),
    {kind: 'registration-failed', at: later(37), reason: 'HTTP 500'},
    {kind: 'gap-opened', id: 1, at: later(40), from: later(39), reason: 'connection reset'},
    {kind: 'gap-closed', at: later(44), id: 1, from: later(39), to: later(44)},
    {
      kind: 'gap-filled',
      at: later(45),
      id: 1,
      from: later(39),
      to: later(44),
      caughtUp: 0,
      isAnswered: false,
    },
    received(
      {msg_type: 'run_imminent', run_id: '100019', namespace: 'torre1', state: 'beam'},
      later(46),
    ),
  ];
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

/** A heartbeat of a server whose clock agrees. */
export const beat = (seconds: number): MonitorEvent => ({
  kind: 'heartbeat',
  at: later(seconds),
  stream: 1,
  serverTime: later(seconds),
});

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
