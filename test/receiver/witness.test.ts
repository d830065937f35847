import {describe, expect, it} from 'vitest';
import {describeEvent} from '../../source/monitor-event.ts';
import {MonitorModel} from '../../source/model/monitor-model.ts';
import type {TestbedMonitor} from '../../source/testbed/monitor.ts';
import {defaultRun, runningExecution} from '../../source/testbed/run-parameters.ts';
import {simulateRun} from '../../source/testbed/simulation.ts';
import {everything} from '../../source/wire/filter.ts';
import {eventually} from '../eventually.ts';
import {JumpingClock} from '../faults/jumping-clock.ts';
import {Listening, monitorFor, quickTimings} from './harness.ts';

const executionId = 'stf_datataking-root-0001';

/** An execution that runs, and as many STFs as told. */
function takeData(monitor: TestbedMonitor, first: number, last: number): void {
  monitor.addExecution(runningExecution({...defaultRun, executionId}));
  for (let sequence = first; sequence <= last; sequence += 1) {
    monitor.publish({
      msg_type: 'stf_gen',
      execution_id: executionId,
      run_id: '100013',
      namespace: 'torre1',
      sequence,
      sender: 'daq',
    });
  }
}

function begin(monitor: TestbedMonitor): void {
  for (const msg_type of ['run_imminent', 'start_run']) {
    monitor.publish({
      msg_type,
      execution_id: executionId,
      run_id: '100013',
      namespace: 'torre1',
      sender: 'daq',
    });
  }
}

const runOf = (listening: Listening) => {
  const model = new MonitorModel();
  for (const event of listening.events) model.apply(event);
  return model.snapshot(Date.now()).runs.find(({runId}) => runId === '100013');
};

const watchful = {...quickTimings, witness: 200, witnessTick: 20, silenceCheck: 50, delivery: 50};

describe('catch-up', () => {
  it('shows a late joiner the run from run_imminent on, each message once', async () => {
    const monitor = await monitorFor();
    begin(monitor);
    takeData(monitor, 1, 5);
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('message')).toHaveLength(7));
    takeData(monitor, 6, 8);
    await eventually(() => expect(listening.of('message')).toHaveLength(10));
    expect(listening.of('message').map(({source}) => source)).toEqual([
      ...Array<string>(7).fill('history'),
      ...Array<string>(3).fill('stream'),
    ]);
    expect(runOf(listening)).toMatchObject({
      phase: 'running',
      isJoinedLate: false,
      isInferred: false,
    });
    expect(runOf(listening)?.pipeline.generated.numbers.ranges).toEqual([[1, 8]]);
  });

  it('fills a gap with what executions list, and says how much', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    begin(monitor);
    takeData(monitor, 1, 3);
    await eventually(() => expect(listening.of('message')).toHaveLength(5));
    monitor.interceptStream = (_request, response) => {
      response.writeHead(503).end();
      return true;
    };
    monitor.endStreams();
    await eventually(() => expect(listening.of('lost')).toHaveLength(1));
    takeData(monitor, 4, 6);
    monitor.publish({msg_type: 'stf_ready', run_id: '100013', sequence: 4, execution_id: null});
    monitor.interceptStream = undefined;
    await eventually(() => expect(listening.of('gap-filled')).toHaveLength(1));
    expect(listening.of('gap-filled')[0]).toMatchObject({caughtUp: 3, isAnswered: true});
    expect(listening.sequences().filter(number => number > 0)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps a gap for the next look when REST does not answer', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {timings: watchful});
    await eventually(() => expect(listening.of('history-checked').length).toBeGreaterThan(0));
    begin(monitor);
    takeData(monitor, 1, 1);
    await eventually(() => expect(listening.of('message')).toHaveLength(3));
    monitor.intercept = (request, response) => {
      if (!request.url?.includes('workflow-')) return false;
      response.writeHead(503).end();
      return true;
    };
    monitor.endStreams();
    takeData(monitor, 2, 2);
    await eventually(() => expect(listening.of('gap-filled').length).toBeGreaterThan(0));
    expect(listening.of('gap-filled')[0]?.isAnswered).toBe(false);
    monitor.intercept = undefined;
    await eventually(() => expect(listening.of('gap-filled').at(-1)?.isAnswered).toBe(true));
    expect(runOf(listening)?.pipeline.generated.numbers.ranges).toEqual([[1, 2]]);
  });

  it('finds a run that began and ended while the stream was away', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    begin(monitor);
    takeData(monitor, 1, 2);
    await eventually(() => expect(listening.of('history-checked').length).toBeGreaterThan(0));
    let isAway = true;
    monitor.interceptStream = (_request, response) => {
      if (isAway) response.writeHead(503).end();
      return isAway;
    };
    monitor.endStreams();
    await eventually(() => expect(listening.of('retrying').length).toBeGreaterThan(0));
    const missed = simulateRun(monitor, {
      executionId: 'stf_datataking-root-0002',
      runNumber: 100_014,
    });
    isAway = false;
    await eventually(() =>
      expect(
        listening.of('message').filter(({message}) => message.runId === '100014'),
      ).toHaveLength(missed.filter(({execution_id: id}) => typeof id === 'string').length),
    );
  });

  it('brings nothing that the server’s filter would not send', async () => {
    const monitor = await monitorFor();
    begin(monitor);
    takeData(monitor, 1, 4);
    const listening = await Listening.to(monitor, {filter: {...everything, types: ['start_run']}});
    await eventually(() => expect(listening.of('history-checked')).toHaveLength(1));
    expect(listening.of('message').map(({message}) => message.type)).toEqual(['start_run']);
    const [checked] = listening.of('history-checked');
    expect(checked).toMatchObject({caughtUp: 1, fromBefore: 1});
    expect(describeEvent(checked!)).toBe('caught up 1 message from before, of 1 execution');
  });

  it('brings what a filter kept away once it is released, also of an execution that has ended', async () => {
    const monitor = await monitorFor();
    // No look but those that something calls for.
    const timings = {...watchful, witness: 60_000, silenceCheck: 60_000};
    const listening = await Listening.to(monitor, {timings});
    await eventually(() => expect(listening.of('history-checked')).toHaveLength(1));
    begin(monitor);
    await eventually(() => expect(listening.of('message')).toHaveLength(2));
    listening.receiver.setFilter({...everything, agents: ['data-agent']});
    await eventually(() => expect(listening.of('filter-changed')).toHaveLength(1));
    await eventually(() => expect(monitor.clients).toHaveLength(1));
    takeData(monitor, 1, 4);
    const whose = {execution_id: executionId, run_id: '100013', namespace: 'torre1'};
    monitor.publish({msg_type: 'end_run', total_stf_files: 4, ...whose, sender: 'daq'});
    monitor.addExecution({...runningExecution({...defaultRun, executionId}), status: 'completed'});
    listening.receiver.setFilter(everything);
    await eventually(() => expect(runOf(listening)?.phase).toBe('ended'));
    expect(listening.sequences().filter(sequence => sequence > 0)).toEqual([1, 2, 3, 4]);
    expect(listening.of('hole')).toEqual([]);
  });

  it('never asks for the whole table', async () => {
    const monitor = await monitorFor();
    simulateRun(monitor);
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('history-checked')).toHaveLength(1));
    const asked = monitor.requests
      .map(({path}) => path)
      .filter(path => path.includes('messages/?'));
    for (const path of asked) expect(path).toMatch(/workflow-messages\/\?execution_id=.+/);
  });
});

describe('the witness', () => {
  it('finds a deaf stream, catches up, renews it by overlap, and hears again', async () => {
    const monitor = await monitorFor({heartbeatSeconds: 1});
    const listening = await Listening.to(monitor, {timings: {...watchful, deafRenewal: 60_000}});
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    begin(monitor);
    takeData(monitor, 1, 2);
    await eventually(() => expect(listening.of('message')).toHaveLength(4));
    monitor.setDeaf(true);
    // A row's stamp is a few ms earlier than the stream's.
    await new Promise(resolve => setTimeout(resolve, 50));
    takeData(monitor, 3, 6);
    await eventually(() => expect(listening.of('deaf').length).toBeGreaterThan(0));
    monitor.setDeaf(false);
    await eventually(() => expect(listening.of('connected')).toHaveLength(2));
    expect(listening.of('connecting')[1]?.why).toBe('deaf');
    expect(listening.of('lost')).toEqual([]);
    takeData(monitor, 7, 7);
    await eventually(() => expect(listening.sequences()).toContain(7));
    expect(runOf(listening)?.pipeline.generated.numbers.ranges).toEqual([[1, 7]]);
    expect(listening.of('gap-opened')[0]?.reason).toBe('the stream was deaf');
    await eventually(() =>
      expect(listening.of('gap-filled')[0]).toMatchObject({caughtUp: 4, isAnswered: true}),
    );
  });

  it('does not renew a deaf stream in a loop', async () => {
    const monitor = await monitorFor({heartbeatSeconds: 1});
    const listening = await Listening.to(monitor, {timings: {...watchful, deafRenewal: 60_000}});
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    begin(monitor);
    monitor.setDeaf(true);
    for (let sequence = 1; sequence <= 12; sequence += 1) {
      takeData(monitor, sequence, sequence);
      const checks = listening.of('history-checked').length;
      await eventually(() =>
        expect(listening.of('history-checked').length).toBeGreaterThan(checks),
      );
    }
    expect(listening.of('connecting').length).toBeLessThanOrEqual(2);
  });

  it('tells a vanished message by its number, and catches it up without calling the stream deaf', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {
      timings: {...quickTimings, holeGrace: 50, witnessTick: 20},
    });
    await eventually(() => expect(listening.of('history-checked')).toHaveLength(1));
    begin(monitor);
    takeData(monitor, 1, 2);
    monitor.loseNext(1);
    takeData(monitor, 3, 3);
    takeData(monitor, 4, 5);
    await eventually(() => expect(listening.of('hole')).toHaveLength(1));
    expect(listening.of('hole')[0]).toMatchObject({runId: '100013', first: 3, last: 3});
    await eventually(() =>
      expect(runOf(listening)?.pipeline.generated.numbers.ranges).toEqual([[1, 5]]),
    );
    expect(listening.of('deaf')).toEqual([]);
  });

  describe('when nothing comes for half a minute', () => {
    /** A run with two STFs, then `meanwhile`, and half a minute later. */
    async function later(meanwhile: (monitor: TestbedMonitor) => void): Promise<Listening> {
      const clock = new JumpingClock();
      const monitor = await monitorFor();
      const listening = await Listening.to(monitor, {
        timings: {...quickTimings, witnessTick: 20, silenceCheck: 40},
        clock,
      });
      await eventually(() => expect(listening.of('history-checked')).toHaveLength(1));
      begin(monitor);
      takeData(monitor, 1, 2);
      await eventually(() => expect(listening.of('message')).toHaveLength(4));
      meanwhile(monitor);
      clock.jump(30_000);
      await eventually(() =>
        expect(listening.of('history-checked').length).toBeGreaterThanOrEqual(2),
      );
      return listening;
    }
    const claims = (listening: Listening) =>
      listening.of('history-checked').map(({silentSince}) => silentSince !== undefined);

    it('tells silence at the source if REST has nothing new either', async () => {
      const listening = await later(() => undefined);
      expect(claims(listening).at(-1)).toBe(true);
      expect(listening.of('deaf')).toEqual([]);
    });

    it('says nothing of the source while REST does not answer', async () => {
      const listening = await later(monitor => {
        monitor.intercept = ({url = ''}, response) => {
          if (!url.includes('/api/workflow-')) return false;
          response.writeHead(503).end();
          return true;
        };
      });
      expect(listening.of('history-checked').at(-1)?.failures).not.toEqual([]);
      expect(claims(listening)).not.toContain(true);
    });

    it.each(['end_run', 'pause_run'])('knows from REST of an %s that vanished', async msg_type => {
      const listening = await later(monitor => {
        monitor.loseNext(1);
        monitor.publish({msg_type, execution_id: executionId, run_id: '100013'});
      });
      expect(listening.of('message').at(-1)).toMatchObject({source: 'history'});
      expect(claims(listening)).not.toContain(true);
    });
  });

  it('tells an execution when it has changed, not at every look', async () => {
    const monitor = await monitorFor();
    begin(monitor);
    takeData(monitor, 1, 1);
    const looks = {...quickTimings, witnessTick: 10, witness: 50};
    const listening = await Listening.to(monitor, {timings: looks});
    await eventually(() =>
      expect(listening.of('history-checked').length).toBeGreaterThanOrEqual(3),
    );
    expect(listening.of('execution')).toHaveLength(1);
    monitor.addExecution({...runningExecution({...defaultRun, executionId}), namespace: 'new'});
    await eventually(() => expect(listening.of('execution')).toHaveLength(2));
  });

  it('asks little while nothing runs, and says how much', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {timings: {...quickTimings, witnessTick: 10}});
    await eventually(() => expect(listening.of('history-checked')).toHaveLength(1));
    expect(listening.of('history-checked')[0]).toMatchObject({requests: 1, executions: 0});
    expect(monitor.requests.filter(({path}) => path.includes('workflow-'))).toHaveLength(1);
  });

  it('tries again to replace an old stream when the next one did not come up', async () => {
    const monitor = await monitorFor();
    let refusals = 0;
    const listening = await Listening.to(monitor, {
      timings: {...quickTimings, renewal: 100, renewalRetry: 50},
    });
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    monitor.interceptStream = (_request, response) => {
      if (refusals === 2) return false;
      refusals += 1;
      response.writeHead(503).end();
      return true;
    };
    await eventually(() => expect(listening.of('connected')).toHaveLength(2));
    expect(listening.of('change-failed').map(({why}) => why)).toEqual(['age', 'age']);
    expect(listening.of('lost')).toEqual([]);
  });

  it('replaces a stream that is old by overlap', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {timings: {...quickTimings, renewal: 100}});
    await eventually(() => expect(listening.of('connected').length).toBeGreaterThan(1));
    expect(listening.of('connecting')[1]?.why).toBe('age');
    expect(listening.of('gap-opened')).toEqual([]);
  });
});
