// The monitor's REST views: registration, rows, executions, run states, STF files, subscribers.
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {startMonitor, type TestbedMonitor} from '../../source/testbed/monitor.ts';
import {simulateRun} from '../../source/testbed/simulation.ts';
import {eventually} from '../eventually.ts';
import {openStream} from './open-stream.ts';

let now = Date.UTC(2026, 10, 23, 19, 18, 28);
let monitor: TestbedMonitor;
beforeEach(async () => {
  monitor = await startMonitor({clock: () => now});
});
afterEach(() => monitor.close());

const read = async (path: string) =>
  (await fetch(path.startsWith('http') ? path : `${monitor.url}/api/${path}`)).json();

describe('registration', () => {
  const whole = {
    instance_name: 'tui-test-1',
    agent_type: 'sse_receiver',
    status: 'OK',
    operational_state: 'READY',
    description: 'tui test',
    pid: 4242,
    hostname: 'testhost',
    namespace: 'torre1',
    mq_connected: false,
  };
  const register = (body: unknown, token = monitor.token) =>
    fetch(`${monitor.url}/api/systemagents/heartbeat/`, {
      method: 'POST',
      headers: {authorization: `Token ${token}`, 'content-type': 'application/json'},
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('201 on the first, 200 after; what is left out is blanked', async () => {
    const first = await register(whole);
    expect(first.status).toBe(201);
    expect(await first.text()).toBe(
      '{"id":1,"instance_name":"tui-test-1","agent_type":"sse_receiver","description":"tui test",' +
        '"status":"OK","last_heartbeat":"2026-11-23T14:18:28.000000-05:00","agent_url":null,' +
        '"workflow_enabled":true,"current_stf_count":0,"total_stf_processed":0,' +
        '"last_stf_processed":null,"pid":4242,"hostname":"testhost","operational_state":"READY",' +
        '"namespace":"torre1","metadata":null,"created_at":"2026-11-23T14:18:28.000000-05:00",' +
        '"updated_at":"2026-11-23T14:18:28.000000-05:00"}',
    );
    const {description: _, namespace: __, ...sparse} = whole;
    expect((await register(sparse)).status).toBe(200);
    expect(monitor.agents.get('tui-test-1')).toMatchObject({
      id: 1,
      description: '',
      namespace: null,
    });
  });

  test('an agent silent for more than three minutes has exited, and stays so until it says more', async () => {
    await register(whole);
    now += 180_001;
    expect(monitor.agents.get('tui-test-1')).toMatchObject({operational_state: 'EXITED'});
    const {operational_state: _, ...sparse} = whole;
    await register(sparse);
    expect(monitor.agents.get('tui-test-1')).toMatchObject({
      operational_state: 'EXITED',
      status: 'OK',
    });
    await register(whole);
    expect(monitor.agents.get('tui-test-1')).toMatchObject({operational_state: 'READY'});
  });

  test.each([
    ['agent_type', 21],
    ['status', 11],
  ])('%s of %i characters is a server error in HTML', async (key, length) => {
    const response = await register({...whole, [key]: 'x'.repeat(length)});
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  });

  test('refused without the token, without a name, and without JSON', async () => {
    expect((await register(whole, 'wrong')).status).toBe(403);
    const nameless = await register({...whole, instance_name: undefined});
    expect([nameless.status, await nameless.json()]).toEqual([
      400,
      {instance_name: ['This field is required.']},
    ]);
    expect((await register('{')).status).toBe(400);
  });
});

test('rows: those of one execution, or the whole table whatever else is asked', async () => {
  simulateRun(monitor, {tfPerStf: 1});
  const sent = {msg_type: 'b', execution_id: 'other', run_id: 7, z: {bb: 1, a: [2]}};
  monitor.publish(sent);
  const rows = (await read('workflow-messages/?execution_id=other')) as Record<string, unknown>[];
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({message_type: 'b', run_id: '7', message_content: sent});
  expect(Object.keys(rows[0]!['message_content'] as object)).toEqual([
    'z',
    'run_id',
    'msg_type',
    'execution_id',
  ]);
  expect(await read('workflow-messages/?execution_id=stf_datataking-root-0004')).toHaveLength(15);
  expect(await read('workflow-messages/?run_id=7&limit=1')).toHaveLength(36);
});

test('rows are bounded: the oldest make room', async () => {
  const small = await startMonitor({maxRows: 2});
  for (const type of ['a', 'b', 'c']) small.publish({msg_type: type});
  const response = await fetch(`${small.url}/api/workflow-messages/`);
  const rows = (await response.json()) as {message_type: string}[];
  expect(rows.map(row => row.message_type)).toEqual(['b', 'c']);
  await small.close();
});

test('executions and run states tell where a run is', async () => {
  simulateRun(monitor, {runNumber: 1, executionId: 'one'});
  simulateRun(monitor, {runNumber: 2, executionId: 'two'});
  expect(await read('workflow-executions/?status=running')).toEqual([]);
  expect(await read('workflow-executions/')).toHaveLength(2);
  expect(await read('workflow-executions/one/')).toMatchObject({
    execution_id: 'one',
    status: 'completed',
    parameter_values: {simulation: {stf_count: 5, physics_period_count: 2}},
  });
  expect((await fetch(`${monitor.url}/api/workflow-executions/none/`)).status).toBe(404);
  expect(await read('run-states/1/')).toMatchObject({run_number: 1, phase: 'completed'});
  expect(await read('run-states/')).toHaveLength(2);
});

test('STF files come in pages', async () => {
  simulateRun(monitor, {runNumber: 1});
  simulateRun(monitor, {runNumber: 2, stfCount: 1});
  interface Page {
    count: number;
    next: string | null;
    previous: string | null;
    results: {stf_filename: string; status: string; run: number}[];
  }
  const first = (await read('stf-files/?run_number=1&limit=4')) as Page;
  expect(first).toMatchObject({
    count: 10,
    next: `${monitor.url}/api/stf-files/?limit=4&offset=4&run_number=1`,
    previous: null,
  });
  const second = (await read(first.next!)) as Page;
  expect(second.previous).toBe(`${monitor.url}/api/stf-files/?limit=4&run_number=1`);
  const third = (await read(second.next!)) as Page;
  expect(third.next).toBeNull();
  const files = [first, second, third].flatMap(page => page.results);
  expect(files.map(file => [file.stf_filename, file.status])).toEqual(
    Array.from({length: 10}, (_, index) => [
      `swf.1.${String(index + 1).padStart(6, '0')}.stf`,
      'processed',
    ]),
  );
});

test('subscribers: a row for each stream there ever was', async () => {
  const stream = await openStream(monitor, '?msg_types=a');
  const {id} = monitor.clients[0]!;
  monitor.publish({msg_type: 'a'});
  monitor.publish({msg_type: 'b'});
  const row = {
    subscriber_name: `sse_${id.slice(0, 8)}`,
    message_filters: {msg_types: ['a']},
    messages_sent: 1,
  };
  expect(await read('subscribers/')).toMatchObject([{...row, is_active: true}]);
  stream.close();
  await eventually(async () =>
    expect(await read('subscribers/')).toMatchObject([{...row, is_active: false}]),
  );
});
