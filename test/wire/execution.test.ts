// What REST says of an execution, and how many STFs that promises.
import {describe, expect, test} from 'vitest';
import {defaultRun, runningExecution} from '../../source/testbed/run-parameters.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {fetchExecution} from '../../source/wire/execution.ts';
import type {Fetch} from '../../source/wire/transport.ts';
import {capturedExecution} from '../fixtures/captured.ts';
import {send} from './send.ts';
import {unsafe} from './unsafe.ts';

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
    workflow: {
      name: 'stf_datataking',
      config: 'fast_processing_default',
      version: '1.0',
      includes: ['daq_state_machine.toml'],
    },
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
  executed_by: 'root',
  workflow_definition: 1,
};

test('the captured shape: 5 STFs in each of 2 periods', async () => {
  expect(await executionOf(record)).toEqual({
    id: 'x-1',
    namespace: 'torre1',
    status: 'completed',
    executedBy: 'root',
    workflow: 'stf_datataking',
    physicsPeriods: 2,
    expectedStfs: 10,
    stfInterval: 2.2,
    parameters: [
      ['workflow name', 'stf_datataking'],
      ['workflow config', 'fast_processing_default'],
      ['workflow version', '1.0'],
      ['physics_period_count', '2'],
      ['physics_period_duration', '60'],
      ['realtime', 'true'],
      ['stf_count', '5'],
      ['stf_interval', '2.2'],
    ],
  });
});

test('a recorded answer says the same', async () => {
  const execution = await executionOf(capturedExecution());
  expect(execution).toMatchObject({
    namespace: 'torre1',
    status: 'completed',
    executedBy: 'root',
    workflow: 'stf_datataking',
    expectedStfs: 10,
    stfInterval: 2.2,
  });
  expect(execution.parameters).toHaveLength(15);
  const simulated = await executionOf(runningExecution(defaultRun));
  const endedAt = Date.UTC(2026, 10, 23, 19, 19, 7, 731);
  expect(execution).toEqual({...simulated, status: 'completed', endedAt});
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

test.each([
  ['seconds, fractions too', {daq_state_machine: {stf_interval: 0.5}}, 0.5],
  [
    'the simulation goes before the state machine',
    {simulation: {stf_interval: 2.2}, daq_state_machine: {stf_interval: 2}},
    2.2,
  ],
  ['none at once', {simulation: {stf_interval: 0}}, undefined],
  ['none backwards', {simulation: {stf_interval: -1}}, undefined],
  ['text is no duration', {simulation: {stf_interval: '2'}}, undefined],
])('the interval of STFs: %s', async (_, parameter_values, expected) => {
  expect((await executionOf({parameter_values})).stfInterval).toBe(expected);
});

describe('the parameters', () => {
  const parametersOf = async (parameter_values: unknown) =>
    (await executionOf({parameter_values})).parameters;

  test('are the single values of the run, in an order of their own', async () => {
    const one = {b: 1, a: 'x', d: false, list: [1], section: {c: 1}, nothing: null};
    const expected = [
      ['a', 'x'],
      ['b', '1'],
      ['d', 'false'],
    ];
    expect(await parametersOf({simulation: one, agents: {e: 1}})).toEqual(expected);
    const turned = Object.fromEntries(Object.entries(one).toReversed());
    expect(await parametersOf({daq_state_machine: turned})).toEqual(expected);
  });

  test('are at most 40, short, and safe for the terminal', async () => {
    const many = Object.fromEntries(
      Array.from({length: 100}, (_, index) => [
        `\u001b${index} ${'n'.repeat(100)}`,
        'v'.repeat(999),
      ]),
    );
    const parameters = await parametersOf({workflow: {name: '\u202ew'}, simulation: many});
    expect(parameters).toHaveLength(40);
    expect(parameters[0]).toEqual(['workflow name', '\ufffdw']);
    for (const [name, value] of parameters) {
      expect(name).not.toMatch(unsafe);
      expect(name.length).toBeLessThanOrEqual(64);
      expect(value.length).toBeLessThanOrEqual(128);
    }
  });

  test.each([null, [], 'text', {simulation: 'text', workflow: 7}])('%j has none', async values => {
    expect(await parametersOf(values)).toEqual([]);
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
  await expect(fetchExecution(send, monitor.url, 'nobody', 10_000)).rejects.toThrow(/^HTTP 40\d/);
  await monitor.close();
});
