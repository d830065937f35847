// What REST says of an execution, and how many STFs that promises.
import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {fetchExecution} from '../../source/wire/execution.ts';
import type {Fetch} from '../../source/wire/transport.ts';

const base = 'https://monitor.example/swf-monitor';
const answering =
  (text: string): Fetch =>
  () =>
    Promise.resolve(new Response(text));
const executionOf = (record: unknown) =>
  fetchExecution(answering(JSON.stringify(record)), base, 'x-1', 1000);
const expectedOf = async (parameter_values: unknown) =>
  (await executionOf({parameter_values})).expectedStfs;

/** As the monitor answers, shortened. */
const record = {
  execution_id: 'stf_datataking-root-0004',
  namespace: 'torre1',
  parameter_values: {
    agents: {data: {script: 'example_data_agent.py', enabled: false}},
    testbed: {namespace: 'torre1'},
    simulation: {
      realtime: true,
      stf_count: 5,
      stf_interval: 2.2,
      physics_period_count: 2,
      physics_period_duration: 60,
    },
    daq_state_machine: {stf_interval: 2, physics_period_count: 3, physics_period_duration: 10},
  },
  performance_metrics: null,
  status: 'completed',
  workflow_definition: 1,
};

test('the captured shape: 5 STFs in each of 2 periods', async () => {
  expect(await executionOf(record)).toEqual({
    id: 'x-1',
    namespace: 'torre1',
    status: 'completed',
    physicsPeriods: 2,
    expectedStfs: 10,
  });
});

const capture = new URL('../../../shared/captures/rest-workflow-execution.json', import.meta.url);
test.skipIf(!existsSync(capture))('a recorded answer says the same', async () => {
  expect(await executionOf(JSON.parse(readFileSync(capture, 'utf8')))).toMatchObject({
    namespace: 'torre1',
    status: 'completed',
    expectedStfs: 10,
  });
});

describe('the expected STFs', () => {
  test.each([
    ['sections are merged', {a: {stf_count: 5}, b: {physics_period_count: 2}}, 10],
    ['parameters outside a section count', {stf_count: 5, physics_period_count: 2}, 10],
    [
      'the simulation goes before the state machine, before and behind it',
      {
        simulation: {stf_count: 5, physics_period_count: 2},
        daq_state_machine: {stf_count: 9, physics_period_count: 9},
      },
      10,
    ],
    ['no period: endless', {simulation: {stf_count: 5, physics_period_count: 0}}, undefined],
    ['no count of periods', {simulation: {stf_count: 5}}, undefined],
    ['no count of STFs', {simulation: {physics_period_count: 2}}, undefined],
    ['no STF at all', {simulation: {stf_count: 0, physics_period_count: 2}}, 0],
    ['text is no count', {simulation: {stf_count: '5', physics_period_count: 2}}, undefined],
    ['nor a fraction', {simulation: {stf_count: 5.5, physics_period_count: 2}}, undefined],
    ['nor below nothing', {simulation: {stf_count: -5, physics_period_count: 2}}, undefined],
    ['no sections', null, undefined],
    ['a list', [{stf_count: 5, physics_period_count: 2}], undefined],
    ['text', 'stf_count', undefined],
  ])('%s', async (_, parameters, expected) => {
    expect(await expectedOf(parameters)).toBe(expected);
  });

  test('0 periods is told from none said', async () => {
    const endless = await executionOf({parameter_values: {physics_period_count: 0}});
    expect(endless.physicsPeriods).toBe(0);
    expect((await executionOf({})).physicsPeriods).toBeUndefined();
  });
});

test('its words are safe for the terminal, what is no text is left out', async () => {
  const {namespace, status} = await executionOf({namespace: '\u001b[2J', status: 7});
  expect([namespace, status]).toEqual(['␛[2J', undefined]);
});

test.each(['[]', 'null', '"x"', '<h1>\u001b[2J</h1>', ''])(
  '%j is no execution, and is not quoted',
  async text => {
    await expect(fetchExecution(answering(text), base, 'x-1', 1000)).rejects.toThrow(
      /^the answer is not an execution$/,
    );
  },
);

test('the id is one part of the path, whatever it is', async () => {
  const asked: string[] = [];
  const spy: Fetch = url => {
    asked.push(url.href);
    return Promise.resolve(new Response('{}'));
  };
  await fetchExecution(spy, base, '../a b?c#d', 1000);
  expect(asked).toEqual([`${base}/api/workflow-executions/..%2Fa%20b%3Fc%23d/`]);
});

test('one that the monitor does not know is an error', async () => {
  const monitor = await startMonitor();
  await expect(fetchExecution(fetch, monitor.url, 'nobody', 10_000)).rejects.toThrow(/^HTTP 40\d/);
  await monitor.close();
});
