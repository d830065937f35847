// The simulated runs: what they publish, that a seed repeats them, and that they end.
import {describe, expect, test} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {mulberry32} from '../../source/testbed/random.ts';
import {readRecordedStream} from '../../source/testbed/recorded-stream.ts';
import {defaultRun} from '../../source/testbed/run-parameters.ts';
import {runTimeline} from '../../source/testbed/run-timeline.ts';
import {simulateRun, startSimulation} from '../../source/testbed/simulation.ts';
import {eventually} from '../eventually.ts';
import {capturedStream} from '../fixtures/captured.ts';
import {openStream} from './open-stream.ts';

const take = (seed: number, run = {}) => [
  ...runTimeline({...defaultRun, ...run}, mulberry32(seed)),
];

describe('a run', () => {
  test('is in time order and as long as its parameters say', () => {
    const timeline = take(1, {tfPerStf: 3, withProcessing: true, physicsPeriodCount: 3});
    const times = timeline.map(({after}) => after);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const counts: Record<string, number> = {};
    for (const {message} of timeline) {
      const type = message['msg_type'] as string;
      counts[type] = (counts[type] ?? 0) + 1;
    }
    expect(counts).toEqual({
      run_imminent: 1,
      start_run: 1,
      stf_gen: 15,
      stf_ready: 15,
      tf_file_registered: 45,
      processing_complete: 15,
      pause_run: 2,
      resume_run: 2,
      end_run: 1,
    });
  });

  test('repeats with its seed and differs with another', () => {
    const run = {tfPerStf: undefined};
    expect(take(7, run)).toEqual(take(7, run));
    expect(take(7, run)).not.toEqual(take(8, run));
  });

  test('may be endless', () => {
    const endless = runTimeline({...defaultRun, physicsPeriodCount: 0}, mulberry32(1));
    const types = Array.from({length: 1000}, () => {
      const {value} = endless.next();
      return value?.message['msg_type'];
    });
    expect(types).not.toContain('end_run');
    expect(types.filter(type => type === 'resume_run').length).toBeGreaterThan(5);
  });
});

describe('compared with a run of the real testbed', () => {
  const shape = (value: object) =>
    Object.entries(value).map(([key, of]) => `${key}: ${of === null ? 'null' : typeof of}`);

  test('each agent sends the same sequence; every type has the same keys, order and types', async () => {
    const monitor = await startMonitor();
    const stream = await openStream(monitor);
    simulateRun(monitor);
    const real = readRecordedStream(capturedStream());
    await eventually(() => expect(stream.messages()).toHaveLength(real.length));
    const simulated = readRecordedStream(stream.text());
    await monitor.close();

    // Several agents speak at once: only each one's own order is the run's.
    const senders = new Set(real.map(({message}) => message['sender_agent']));
    expect(senders.size).toBe(3);
    for (const sender of senders) {
      const sequence = (run: typeof real) =>
        run
          .filter(({message}) => message['sender_agent'] === sender)
          .map(({name, message}) => [
            name,
            message['sequence'],
            message['filename'] ?? message['tf_filename'],
          ]);
      expect(sequence(simulated)).toEqual(sequence(real));
    }
    const shapes = (run: typeof real) =>
      Object.fromEntries(run.map(({name, message}) => [name, shape(message)]));
    expect(shapes(simulated)).toEqual(shapes(real));
    expect(simulated.every(({data}) => data.startsWith('{"msg_type": "'))).toBe(true);
  });
});

test('a simulation takes runs in several namespaces until it is stopped', async () => {
  const monitor = await startMonitor({lossless: true});
  const stream = await openStream(monitor);
  const simulation = startSimulation({monitor, speed: 2000, namespaces: ['here1', 'there']});
  const seen = () => stream.messages().map(({data}) => JSON.parse(data) as Record<string, unknown>);
  await eventually(() => {
    const ended = seen().filter(message => message['msg_type'] === 'end_run');
    const places = ended.map(({namespace}) => namespace);
    expect(places.filter(place => place === 'here1').length).toBeGreaterThan(1);
    expect(places).toContain('there');
  });
  await simulation.stop();
  await monitor.drained();
  const sent = monitor.clients[0]!.sent;
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(monitor.clients[0]!.sent).toBe(sent);
  await monitor.close();
});

test('what a simulation takes is known as an execution from its start', async () => {
  const monitor = await startMonitor();
  const simulation = startSimulation({monitor, namespaces: ['here1']});
  const running = await fetch(`${monitor.url}/api/workflow-executions/?status=running`);
  expect(await running.json()).toMatchObject([
    {execution_id: 'stf_datataking-here-0001', namespace: 'here1', end_time: null},
  ]);
  await simulation.stop();
  await monitor.close();
});
