// What is looked up of runs and executions, on a testbed's monitor: ends that nobody announced, files after the end,
// and one namespace's alone.
import {describe, expect, it} from 'vitest';
import {MonitorModel} from '../../source/model/monitor-model.ts';
import {standingOf} from '../../source/model/run-standing.ts';
import type {Timings} from '../../source/receiver/timings.ts';
import {defaultRun, runningExecution} from '../../source/testbed/run-parameters.ts';
import {simulateRun} from '../../source/testbed/simulation.ts';
import {everything} from '../../source/wire/filter.ts';
import {eventually} from '../eventually.ts';
import {Listening, monitorFor, quickTimings} from './harness.ts';

const timings: Timings = {
  ...quickTimings,
  witness: 60,
  witnessTick: 20,
  filesAfterEnd: 10,
  filesAgain: 20,
  runStatesFirst: 10,
  runStates: 30,
};
const id = defaultRun.executionId;
const daq = {run_id: '100013', execution_id: id, namespace: 'torre1', sender: 'daq'};

async function begun(options: Parameters<typeof Listening.to>[1] = {}) {
  const monitor = await monitorFor();
  const listening = await Listening.to(monitor, {timings, ...options});
  await eventually(() => expect(listening.of('connected')).toHaveLength(1));
  monitor.addExecution(runningExecution(defaultRun));
  monitor.publish({...daq, msg_type: 'run_imminent'});
  monitor.publish({...daq, msg_type: 'start_run'});
  const standing = () => {
    const model = new MonitorModel();
    for (const event of listening.events) model.apply(event);
    const snapshot = model.snapshot(Date.now());
    return snapshot.runs.map(run => {
      const {words, isCertain} = standingOf(run, snapshot);
      return `${run.key} ${words}${isCertain ? '' : '?'}`;
    });
  };
  return {monitor, listening, standing};
}

describe('an execution that runs no more', () => {
  it.each([
    ['terminated', 'stopped (terminated)'],
    ['failed', 'failed'],
    ['completed', 'completed without end_run'],
  ] as const)('and is %s is looked up, and its run is over', async (status, words) => {
    const {monitor, listening, standing} = await begun();
    const statuses = () => listening.of('execution').map(({execution}) => execution.status);
    await eventually(() => expect(statuses()).toEqual(['running']));
    expect(standing()).toEqual(['torre1/100013 taking data']);
    monitor.endExecution(id, status);
    await eventually(() => expect(statuses()).toEqual(['running', status]));
    expect(standing()).toEqual([`torre1/100013 ${words}`]);
    const ended = listening.of('execution').at(-1)?.execution.endedAt;
    expect(ended === undefined).toBe(status !== 'completed');
    await eventually(() => expect(listening.of('stf-files').length).toBeGreaterThan(0));
  });

  it('is looked up once', async () => {
    const {monitor, listening} = await begun();
    monitor.endExecution(id, 'terminated');
    const checks = () => listening.of('history-checked').length;
    const before = checks();
    await eventually(() => expect(checks()).toBeGreaterThan(before + 4));
    const asked = monitor.requests.filter(({path}) => path.includes(`workflow-executions/${id}/`));
    expect(asked.length).toBeLessThanOrEqual(2);
  });
});

it('the STF files of a run are read after its end, and settle what was ready', async () => {
  const monitor = await monitorFor();
  const listening = await Listening.to(monitor, {timings});
  await eventually(() => expect(listening.of('connected')).toHaveLength(1));
  simulateRun(monitor);
  await eventually(() =>
    expect(listening.of('stf-files').map(({files}) => files.byStatus)).toContainEqual({
      processed: 10,
    }),
  );
});

it('a run that begins under an agents filter is shown by what REST has of it', async () => {
  const {monitor, standing} = await begun({filter: {...everything, agents: ['data-1']}});
  await eventually(() => expect(standing()).toEqual(['torre1/100013 taking data?']));
  monitor.publish({...daq, msg_type: 'pause_run'});
  await eventually(() => expect(standing()).toEqual(['torre1/100013 paused?']));
  monitor.setRunState('100013', {phase: 'abandoned'});
  await eventually(() => expect(standing()).toEqual(['torre1/100013 abandoned']));
});

it('lookups are of the namespace alone, whose list the server filters', async () => {
  const {monitor, listening} = await begun({namespace: 'torre1'});
  const other = {...runningExecution(defaultRun), execution_id: 'other-1', namespace: 'wen'};
  monitor.addExecution(other);
  const foreign = {run_id: '9', execution_id: 'other-1', namespace: 'wen', sender: 'daq'};
  monitor.publish({...foreign, msg_type: 'start_run'});
  for (const sequence of [1, 5]) monitor.publish({...foreign, msg_type: 'stf_gen', sequence});
  const checks = () => listening.of('history-checked').length;
  const before = checks();
  await eventually(() => expect(checks()).toBeGreaterThan(before + 3));
  const paths = monitor.requests.map(({path}) => path);
  expect(paths.filter(path => path.includes('other-1') || path.includes('run_number=9'))).toEqual(
    [],
  );
  const lists = paths.filter(path => path.includes('workflow-executions/?'));
  expect(lists.length).toBeGreaterThan(0);
  for (const path of lists) expect(path).toMatch(/\?status=running&namespace=torre1$/);
  const named = paths.filter(path => path.includes('namespace='));
  expect(named.filter(path => !path.includes('workflow-executions/?'))).toEqual([]);
  expect(listening.of('execution').map(({execution}) => execution.id)).toEqual([id]);
  // What came of the others is passed on all the same.
  expect(listening.of('message').filter(({message}) => message.namespace === 'wen')).toHaveLength(
    3,
  );
});
