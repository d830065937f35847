// A server that answers, and does not do what its answers say.
import {setImmediate as nextTurn} from 'node:timers/promises';
import {missingCount} from '../../source/model/run.ts';
import {simulateRun} from '../../source/testbed/simulation.ts';
import {defaultRun, runningExecution} from '../../source/testbed/run-parameters.ts';
import {daqMessage} from '../../source/testbed/run-messages.ts';
import {systemClock as serverClock} from '../../source/testbed/stamps.ts';
import {eventually} from '../eventually.ts';
import {floodMessages} from '../sizes.ts';
import {harmless, openStream, verify, type Fault} from './fault.ts';
import {JumpingClock} from './jumping-clock.ts';
import type {Trial} from './trial.ts';

const minutes = 60_000;

/** A run that takes data, as far as the STF numbered `last`. */
function takeData({monitor}: Trial, first: number, last: number): void {
  const run = {...defaultRun, startedAt: monitor.clock()};
  if (first === 1) {
    monitor.addExecution(runningExecution(run));
    monitor.publish(daqMessage(run, 'run_imminent', 0, 0));
    monitor.publish(daqMessage(run, 'start_run', 0, 0));
  }
  for (let stf = first; stf <= last; stf += 1) monitor.publish(daqMessage(run, 'stf_gen', 0, stf));
}

/** Server clock minus ours: `offset`, in its stamps, heartbeats and Date. */
const clockOff = (name: string, offset: number): Fault =>
  harmless(name, 'latency and ages have it taken out; not taken for deafness', {
    setting: {
      monitor: {heartbeatSeconds: 0.1, clock: () => serverClock() + offset},
      timings: {witness: 200, witnessTick: 50},
    },
    isFirst: true,
    strike: async trial => {
      trial.monitor.interceptStream = (_request, response) => {
        response.setHeader('date', new Date(trial.monitor.clock()).toUTCString());
        return false;
      };
      await trial.live();
      // The first stream may have been open before.
      await eventually(() => verify(trial.of('heartbeat').length).toBeGreaterThan(0));
      simulateRun(trial.monitor, {startedAt: trial.monitor.clock()});
    },
    during: async trial => {
      await trial.hears('end_run');
      const checks = trial.of('history-checked').length;
      await eventually(() =>
        verify(trial.of('history-checked').length).toBeGreaterThan(checks + 2),
      );
      const {health, latency} = trial.snapshot;
      verify(Math.abs((health.clockSkew ?? 0) - offset)).toBeLessThan(5000);
      verify(Math.abs(latency.median ?? Infinity)).toBeLessThan(5000);
      verify(trial.of('deaf')).toEqual([]);
      verify(health.caughtUp).toBe(0);
    },
  });

const asleep = (): Fault => {
  const clock = new JumpingClock();
  return {
    name: 'the machine asleep for an hour',
    note: 'the connection died meanwhile without a word',
    setting: {
      clock,
      timings: {heartbeatMissed: 400, stale: 800, afterStandstill: 200, opening: 400},
    },
    strike: async trial => {
      await trial.proxy.poison({type: 'timeout'});
      clock.sleep(60 * minutes);
    },
    words: ['LIVE', 'NO HEARTBEAT', 'RETRYING'],
    says: {word: 'RETRYING', reason: 'no answer within … s'},
    heal: trial => trial.proxy.heal(),
    after: trial => {
      const [gap] = trial.of('gap-closed');
      verify(gap!.to - gap!.from).toBeGreaterThanOrEqual(60 * minutes);
    },
  };
};

const silentSource = (): Fault => {
  const clock = new JumpingClock();
  return harmless('source silent with a run on', 'no STF any more, and REST has none either', {
    setting: {clock, timings: {witnessTick: 50, silenceCheck: 100}},
    strike: async trial => {
      takeData(trial, 1, 3);
      await trial.hears('stf_gen', 3);
      clock.jump(20_000);
    },
    says: {word: 'LIVE', header: '● LIVE … source silent, REST too'},
    after: async trial => {
      takeData(trial, 4, 4);
      await eventually(() => verify(trial.snapshot.health.silentSince).toBeUndefined());
    },
  });
};

async function publishMany(
  {monitor}: Trial,
  count: number,
  message: (index: number) => Record<string, string>,
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    monitor.publish({msg_type: 'flood', ...message(index)});
    if (index % 500 !== 499) continue;
    await monitor.drained();
    await nextTurn();
  }
}

const unhurried = {monitor: {lossless: true, maxRows: 1000}};

export const serverFaults: readonly Fault[] = [
  {
    name: 'stream that ends 15 ms after it was confirmed, for ever',
    note: '200 and `connected` are no success: the waits grow, the gap stays open',
    strike: ({monitor}) => {
      monitor.interceptStream = (_request, response) => {
        openStream(response);
        setTimeout(() => response.destroy(), 15);
        return true;
      };
      monitor.endStreams();
    },
    words: ['LIVE', 'RETRYING'],
    says: {word: 'RETRYING', reason: 'connection closed by the other side'},
    during: async trial => {
      await eventually(() => verify(trial.of('retrying').length).toBeGreaterThan(6));
      const waits = trial.of('retrying').map(({at, retryAt}) => retryAt - at);
      verify(waits.slice(0, 6)).toEqual([10, 20, 40, 80, 160, 300]);
      verify(trial.of('gap-opened')).toHaveLength(1);
      verify(trial.of('gap-closed')).toEqual([]);
    },
    heal: ({monitor}) => {
      monitor.interceptStream = undefined;
    },
  },
  {
    name: 'deaf stream',
    note: 'heartbeats come, messages do not: found by REST, renewed by overlap, caught up',
    setting: {
      monitor: {heartbeatSeconds: 0.1},
      timings: {witness: 300, witnessTick: 50, deafRenewal: 300, longestDeafRenewal: 600},
    },
    strike: async trial => {
      await trial.messagesFlow('before');
      trial.monitor.setDeaf(true);
      // Right after a look at REST: what is older than the time of delivery counts at the next.
      const looks = trial.of('history-checked').length;
      await eventually(() => verify(trial.of('history-checked').length).toBeGreaterThan(looks));
      simulateRun(trial.monitor, {startedAt: trial.monitor.clock()});
      trial.monitor.addExecution(runningExecution(defaultRun));
    },
    words: ['LIVE', 'DEAF'],
    says: {word: 'DEAF', reason: 'REST has 15 messages that this stream never brought'},
    during: async trial => {
      await eventually(() => verify(trial.of('connecting').at(-1)?.why).toBe('deaf'));
      await eventually(() => verify(trial.snapshot.health.caughtUp).toBe(15));
    },
    heal: ({monitor}) => monitor.setDeaf(false),
    after: async trial => {
      await trial.live();
      // The span of deafness is a gap, marked once the new stream has taken over.
      await eventually(() => verify(trial.of('gap-closed')).toHaveLength(1));
      verify(trial.snapshot.health.deafs).toBe(1);
      verify(trial.of('lost')).toEqual([]);
    },
  },
  harmless('single message vanished', 'told by its number, caught up from REST', {
    strike: async trial => {
      takeData(trial, 1, 3);
      trial.monitor.loseNext(1);
      takeData(trial, 4, 6);
      await trial.hears('stf_gen', 5);
    },
    during: async trial => {
      await eventually(() => verify(trial.of('hole')).toMatchObject([{first: 4, last: 4}]));
      await eventually(() => verify(trial.snapshot.health.caughtUp).toBe(1));
      verify(trial.snapshot.runs.map(missingCount)).toEqual([0]);
    },
  }),
  {
    name: 'stopping server that still delivers',
    note: 'new streams get 503, the old one is read to its end',
    strike: async trial => {
      trial.monitor.interceptStream = (_request, response) => {
        response.writeHead(503).end();
        return true;
      };
      trial.receiver.reconnect();
      await eventually(() => verify(trial.of('change-failed')).toHaveLength(1));
      await trial.messagesFlow('still');
      verify(trial.of('lost')).toEqual([]);
      trial.monitor.endStreams();
    },
    words: ['LIVE', 'RETRYING'],
    says: {word: 'RETRYING', reason: 'HTTP 503'},
    heal: ({monitor}) => {
      monitor.interceptStream = undefined;
    },
    after: trial => verify(trial.of('lost')).toHaveLength(1),
  },
  clockOff('server clock 10 minutes ahead', 10 * minutes),
  clockOff('server clock 10 minutes behind', -10 * minutes),
  asleep(),
  silentSource(),
  harmless('flood', 'as fast as the wire takes them; none is lost', {
    setting: unhurried,
    strike: trial =>
      publishMany(trial, floodMessages, () => ({namespace: 'torre1', run_id: '100013'})),
    during: trial => trial.hears('flood', floodMessages),
  }),
  harmless(
    '10,000 types, agents and runs',
    'all are read; what is kept of them is bounded, and says so',
    {
      setting: unhurried,
      strike: trial =>
        publishMany(trial, 10_000, index => ({
          msg_type: `type_${index}`,
          processed_by: `agent-${index}`,
          run_id: `${index}`,
          namespace: `space-${index % 1000}`,
        })),
      during: async trial => {
        await trial.hears('type_9999');
        const {types, droppedRuns} = trial.snapshot;
        verify(types.get('(others)')).toBeGreaterThanOrEqual(9_000);
        verify(droppedRuns).toBe(9_000);
      },
    },
  ),
];
