// What the testbed's agents and its workflow runner ask for when they start and while they work.
import {afterEach, beforeEach, expect, it} from 'vitest';
import {startStandalone, type Standalone} from '../../source/testbed/standalone.ts';

let standalone: Standalone;
beforeEach(async () => {
  standalone = await startStandalone({});
});
afterEach(() => standalone.monitor.close());

async function ask(method: string, path: string, body?: object, token?: string) {
  const {url, token: own} = standalone.monitor;
  const response = await fetch(`${url}/api/${path}`, {
    method,
    headers: {authorization: `Token ${token ?? own}`, 'content-type': 'application/json'},
    ...(body && {body: JSON.stringify(body)}),
  });
  return {status: response.status, answer: await response.json()} as {
    readonly status: number;
    readonly answer: unknown;
  };
}

it('numbers agents, runs and executions', async () => {
  for (const [path, key, first] of [
    ['next-agent-id', 'agent_id', 1],
    ['next-run-number', 'run_number', 200_001],
    ['next-workflow-execution-id', 'sequence', 1],
  ] as const) {
    for (const number of [first, first + 1]) {
      expect(await ask('POST', `state/${path}/`)).toEqual({
        status: 200,
        answer: {status: 'success', [key]: number},
      });
    }
  }
});

it.each([
  ['subscribers/', {subscriber_name: 'a-/topic/epictopic'}],
  ['logs/', {app_name: 'a', message: 'x'}],
  ['namespaces/ensure/', {name: 'torre1', owner: 'me'}],
])('takes what an agent tells %s', async (path, body) => {
  expect(await ask('POST', path, body)).toMatchObject({status: 201, answer: body});
});

it('refuses who has no token, but for the log', async () => {
  expect((await ask('POST', 'runs/', {run_number: 7}, 'wrong')).status).toBe(403);
  expect((await ask('PATCH', 'workflow-executions/a/', {}, 'wrong')).status).toBe(403);
  expect((await ask('POST', 'logs/', {}, 'wrong')).status).toBe(201);
});

it('keeps the runner’s definitions, found by name and version', async () => {
  const definition = {workflow_name: 'stf_datataking', version: '1.0', definition: 'a'};
  expect(await ask('POST', 'workflow-definitions/', definition)).toEqual({
    status: 201,
    answer: {...definition, id: 1},
  });
  await ask('POST', 'workflow-definitions/', {...definition, version: '2.0'});
  const changed = await ask('PUT', 'workflow-definitions/1/', {...definition, definition: 'b'});
  expect(changed.answer).toMatchObject({id: 1, definition: 'b'});
  const query = 'workflow_name=stf_datataking&version=1.0&limit=5';
  expect((await ask('GET', `workflow-definitions/?${query}`)).answer).toEqual([
    {...definition, definition: 'b', id: 1},
  ]);
});

it('lets the runner’s record of an execution stand over what messages tell', async () => {
  const record = {execution_id: 'one', status: 'running', parameter_values: {stf_count: 5}};
  expect((await ask('POST', 'workflow-executions/', record)).status).toBe(201);
  standalone.take('{"msg_type": "run_imminent", "execution_id": "one", "run_id": "7"}');
  expect((await ask('GET', 'workflow-executions/one/')).answer).toMatchObject(record);
  const end = {status: 'completed', end_time: '2026-11-23T14:19:01'};
  expect((await ask('PATCH', 'workflow-executions/one/', end)).answer).toMatchObject({
    ...record,
    ...end,
  });
  expect((await ask('PATCH', 'workflow-executions/none/', end)).status).toBe(404);
  expect((await ask('POST', 'workflow-executions/', {status: 'running'})).status).toBe(400);
});

it('keeps the data agent’s runs and files, one row with what messages tell', async () => {
  const run = await ask('POST', 'runs/', {run_number: 100_013});
  expect(run).toEqual({status: 201, answer: {run_number: 100_013, run_id: 1}});
  const filename = 'swf.100013.000001.stf';
  const file = {run: 1, stf_filename: filename, status: 'registered', machine_state: 'run'};
  const created = (await ask('POST', 'stf-files/', file)).answer as {readonly file_id: string};
  expect(created).toMatchObject({stf_filename: filename, file_id: expect.any(String) as unknown});
  await ask('PATCH', `stf-files/${created.file_id}/`, {status: 'processed'});
  expect((await ask('GET', 'stf-files/?run_number=100013')).answer).toMatchObject({
    count: 1,
    results: [{file_id: created.file_id, stf_filename: filename, status: 'processed'}],
  });
  standalone.take(JSON.stringify({msg_type: 'stf_gen', run_id: '100014', filename: 'told.stf'}));
  const told = (await ask('POST', 'stf-files/', {run: 1, stf_filename: 'told.stf'})).answer;
  expect((await ask('GET', 'stf-files/?run_number=100014')).answer).toMatchObject({
    results: [told],
  });
  expect((await ask('PATCH', 'stf-files/none/', {})).status).toBe(404);
});
