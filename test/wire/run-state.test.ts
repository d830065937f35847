// What REST says of the state of a run.
import {describe, expect, test} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {simulateRun} from '../../source/testbed/simulation.ts';
import {fetchExecutionOf, fetchRunState, hasRunState} from '../../source/wire/run-state.ts';
import type {Fetch} from '../../source/wire/transport.ts';
import {capturedRunState} from '../fixtures/captured.ts';
import {send} from './send.ts';
import {serve} from './serve.ts';
import {unsafe} from './unsafe.ts';

const base = 'https://monitor.example/swf-monitor';
const options = {timeout: 10_000};
const answering =
  (text: string): Fetch =>
  () =>
    Promise.resolve(new Response(text));
const stateOf = (record: unknown) =>
  fetchRunState(answering(JSON.stringify(record)), base, '100013', options);

const noSlices = {created: 0, completed: 0, failed: 0};

/** As the monitor answers. */
const record = {
  run_number: 100013,
  phase: 'physics',
  state: 'running',
  substate: 'physics',
  target_worker_count: 4,
  active_worker_count: 3,
  stf_samples_received: 10,
  slices_created: 150,
  slices_queued: 20,
  slices_processing: 3,
  slices_completed: 125,
  slices_failed: 2,
  state_changed_at: '2026-11-23T14:18:36.100000-05:00',
  updated_at: '2026-11-23T14:19:01.651603-05:00',
  metadata: {execution_id: 'stf_datataking-root-0004'},
};

const running = {
  runId: '100013',
  executionId: 'stf_datataking-root-0004',
  phase: 'physics',
  state: 'running',
  substate: 'physics',
  changedAt: Date.UTC(2026, 10, 23, 19, 18, 36, 100),
};

test('the shape that the monitor answers with', async () => {
  expect(await stateOf(record)).toEqual({
    ...running,
    slices: {created: 150, completed: 125, failed: 2},
  });
});

test('a recorded answer', async () => {
  expect(await stateOf(capturedRunState())).toEqual({
    runId: '100013',
    executionId: 'stf_datataking-root-0004',
    phase: 'completed',
    state: 'ended',
    substate: undefined,
    changedAt: Date.UTC(2026, 10, 23, 19, 19, 1, 649),
    slices: noSlices,
  });
});

describe('on the testbed’s monitor', () => {
  const startedAt = Date.UTC(2026, 10, 23, 19, 18, 28);

  test('a run is told from its imminence to its end', async () => {
    const monitor = await startMonitor({clock: () => startedAt});
    const told: unknown[] = [];
    for (const msg_type of ['run_imminent', 'start_run', 'pause_run', 'resume_run', 'end_run']) {
      monitor.publish({msg_type, run_id: '100013'});
      const {phase, state, substate} = await fetchRunState(send, monitor.url, '100013', options);
      told.push([phase, state, substate]);
    }
    await monitor.close();
    expect(told).toEqual([
      ['initializing', 'imminent', 'preparing'],
      ['physics', 'run', 'physics'],
      ['run', 'run', 'standby'],
      ['run', 'run', 'physics'],
      ['completed', 'ended', undefined],
    ]);
  });

  test('has the shape that the recorded one has', async () => {
    const monitor = await startMonitor();
    simulateRun(monitor);
    const answer = await fetch(`${monitor.url}/api/run-states/100013/`);
    expect(Object.keys((await answer.json()) as object)).toEqual(Object.keys(record));
    await monitor.close();
  });

  test('a run that is not in the table is an error, told as what it is', async () => {
    const monitor = await startMonitor();
    await expect(fetchRunState(send, monitor.url, '1', options)).rejects.toThrow(/^HTTP 404$/);
    await monitor.close();
  });
});

test('a server error in HTML is told by its status alone', async () => {
  const server = await serve(response => response.writeHead(500).end('<h1>\u001b[2J</h1>'));
  await expect(fetchRunState(send, server.origin, '1', options)).rejects.toThrow(/^HTTP 500$/);
});

test.each(['<!doctype html><h1>Log in</h1>', '[]', 'null', '"x"', '{"phase":', ''])(
  '%j is no run state, and is not quoted',
  async text => {
    await expect(fetchRunState(answering(text), base, '1', options)).rejects.toThrow(
      /^the answer is not a run state$/,
    );
  },
);

describe('what cannot be read is left out', () => {
  const nothing = {phase: undefined, state: undefined, substate: undefined, changedAt: undefined};

  test.each([
    ['nothing said', {}],
    ['nulls', {phase: null, state: null, substate: null, state_changed_at: null}],
    ['no words', {phase: 1, state: ['running'], substate: {}, state_changed_at: 0}],
    ['no counts', {slices_created: '5', slices_completed: -1, slices_failed: 0.5}],
  ])('%s', async (_, said) => {
    expect(await stateOf(said)).toEqual({runId: '100013', ...nothing, slices: noSlices});
  });

  test('a state keeps its words when its stamp is none', async () => {
    expect(await stateOf({...record, state_changed_at: 'lately'})).toMatchObject({
      state: 'running',
      changedAt: undefined,
    });
  });
});

test('its words are short and safe for the terminal', async () => {
  const {phase, state, substate} = await stateOf({
    phase: '\u001b[2J',
    state: '\u202erunning\n',
    substate: 'x'.repeat(999),
  });
  expect([phase, state]).toEqual(['␛[2J', '\ufffdrunning␊']);
  expect(substate).toMatch(/^x{31}…$/);
  for (const word of [phase, state, substate]) expect(word).not.toMatch(unsafe);
});

test('the run is one part of the path, with a slash behind it', async () => {
  const asked: string[] = [];
  const spy: Fetch = url => {
    asked.push(url.href);
    return Promise.resolve(new Response('{}'));
  };
  await fetchRunState(spy, base, '100013', options);
  await fetchRunState(spy, base, '../1?a#b', options);
  expect(asked).toEqual([
    `${base}/api/run-states/100013/`,
    `${base}/api/run-states/..%2F1%3Fa%23b/`,
  ]);
});

describe('the execution that a run is of', () => {
  const executionOf = (response: Response) =>
    fetchExecutionOf(() => Promise.resolve(response), base, '100013', options);

  test('stands in the run state’s metadata', async () => {
    expect(await executionOf(Response.json(record))).toEqual({
      executionId: 'stf_datataking-root-0004',
    });
  });

  test.each([null, {}, {execution_id: null}, {execution_id: ''}])(
    'is not known with metadata %j',
    async metadata => {
      expect(await executionOf(Response.json({...record, metadata}))).toEqual({
        executionId: undefined,
      });
    },
  );

  test('there is none of a run that the monitor does not know', async () => {
    expect(await executionOf(new Response('', {status: 404}))).toBeUndefined();
  });

  test('is not known when the monitor does not answer so', async () => {
    await expect(executionOf(new Response('', {status: 500}))).rejects.toThrow('HTTP 500');
    await expect(executionOf(new Response('<html>'))).rejects.toThrow('not a run state');
  });
});

test('it can be called off', async () => {
  const server = await serve(() => undefined);
  const calledOff = new AbortController();
  const answer = fetchRunState(send, server.origin, '1', {...options, signal: calledOff.signal});
  calledOff.abort();
  await expect(answer).rejects.toThrow(/abort/);
});

test.each([
  ['100013', true],
  ['0', true],
  ['1'.repeat(15), true],
  ['1'.repeat(16), false],
  ['', false],
  ['-1', false],
  ['1.5', false],
  ['1e3', false],
  ['run-7', false],
  ['7\n', false],
  ['٣', false],
])('%j is in the table of run states: %s', (runId, isThere) => {
  expect(hasRunState(runId)).toBe(isThere);
});
