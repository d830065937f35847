// Which runs REST is asked about, when, and how often: on a clock that is turned, and once on a real
// monitor.
import {describe, expect, it} from 'vitest';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {RunStates} from '../../source/receiver/run-states.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {eventually} from '../eventually.ts';
import {messageFrom} from '../model/happenings.ts';
import {TurnedClock} from '../simulation/turned-clock.ts';
import {Listening, monitorFor, quickTimings} from './harness.ts';

const {runStatesFirst: first, runStates: turn} = defaultTimings;
const agents: StreamFilter = {...everything, agents: ['data-agent-root-21']};
const minute = 60_000;

/** Lets promises and bodies do what they have been given to do. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise(setImmediate);
}

/** Run states on a clock that is turned, before a monitor that answers as it is told. */
class Asking {
  readonly clock = new TurnedClock(Date.UTC(2026, 10, 23, 6));
  readonly events: MonitorEvent[] = [];
  /** Runs asked about, in order. */
  readonly asked: string[] = [];
  filter: StreamFilter | undefined = everything;
  /** By run: what its state is; those not named are running. */
  readonly states: Record<string, string> = {};
  /** The status of every answer. */
  status = 200;
  /** Executions that run, with the numbers of their runs. */
  readonly running: Record<string, readonly string[]> = {};
  /** Other requests than for rows of the table, in order. */
  readonly otherwise: string[] = [];
  /** Answers wait while there is something to wait for. */
  wait: Promise<void> | undefined;
  readonly runStates = new RunStates({
    base: 'https://monitor.example/swf-monitor',
    fetch: (url, init) => this.#answer(url, init?.signal ?? undefined),
    clock: this.clock,
    timings: defaultTimings,
    emit: event => this.events.push(event),
    filter: () => this.filter,
  });

  hear(type: string, ...runs: readonly (string | number | undefined)[]): this {
    for (const run of runs) {
      this.runStates.heard(
        messageFrom(run === undefined ? {msg_type: type} : {msg_type: type, run_id: run}),
      );
    }
    return this;
  }

  /** Time passes, task by task. */
  async pass(duration: number): Promise<readonly string[]> {
    const before = this.asked.length;
    const end = this.clock.now() + duration;
    await settle();
    while (this.clock.nextAt <= end) {
      this.clock.turnTo(this.clock.nextAt);
      await settle();
    }
    this.clock.turnTo(end);
    return this.asked.slice(before);
  }

  async #answer(url: URL, signal: AbortSignal | undefined): Promise<Response> {
    if (!url.pathname.includes('/run-states/')) {
      this.otherwise.push(`${url.pathname.split('/').at(-2)}${url.search}`);
      const runs = this.running[url.searchParams.get('execution_id') ?? ''] ?? [];
      const rows = runs.map(run_id => ({
        message_content: {msg_type: 'run_imminent', run_id},
        sent_at: new Date(this.clock.now()).toISOString(),
      }));
      const list = Object.keys(this.running).map(execution_id => ({execution_id, namespace: 'n'}));
      return Response.json(url.searchParams.has('execution_id') ? rows : list);
    }
    const runId = url.pathname.split('/').at(-2)!;
    this.asked.push(runId);
    await Promise.race([
      this.wait,
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('off')))),
    ]);
    return Response.json({state: this.states[runId] ?? 'running'}, {status: this.status});
  }
}

describe('nothing is asked', () => {
  it.each(['run_imminent', 'start_run', 'pause_run', 'resume_run', 'end_run'])(
    'about a run of which %s came',
    async type => {
      const asking = new Asking().hear(type, '100013').hear('stf_gen', '100013');
      expect(await asking.pass(10 * minute)).toEqual([]);
    },
  );

  it('about a run whose lifecycle comes before it is time to ask', async () => {
    const asking = new Asking().hear('stf_gen', '100013');
    expect(await asking.pass(first - 1)).toEqual([]);
    expect(await asking.hear('start_run', '100013').pass(10 * minute)).toEqual([]);
  });

  it('about runs that the table cannot hold, and messages of no run', async () => {
    const asking = new Asking().hear('stf_ready', 'r1', '-7', '1.5', '1'.repeat(16), undefined);
    expect(await asking.pass(10 * minute)).toEqual([]);
    expect(await asking.hear('stf_ready', 7).pass(first)).toEqual(['7']);
  });
});

describe('a run that was joined late', () => {
  it('is asked about once it has had time to show its lifecycle', async () => {
    const asking = new Asking().hear('stf_ready', '100013');
    expect(await asking.pass(first - 1)).toEqual([]);
    expect(await asking.pass(1)).toEqual(['100013']);
    expect(asking.events).toEqual([
      {
        kind: 'run-state',
        at: asking.clock.now(),
        state: expect.objectContaining({runId: '100013', state: 'running'}),
      },
    ]);
  });

  it('is asked about again and again, until its lifecycle comes', async () => {
    const asking = new Asking().hear('stf_ready', '100013');
    expect(await asking.pass(first + 3 * turn)).toEqual(Array(4).fill('100013'));
    expect(await asking.hear('pause_run', '100013').pass(10 * minute)).toEqual([]);
  });

  it('is asked about no more when it has not been heard of for a quarter of an hour', async () => {
    const asking = new Asking().hear('stf_ready', '100013');
    await asking.pass(15 * minute);
    expect(await asking.pass(minute)).toEqual([]);
    expect(await asking.hear('stf_ready', '100013').pass(minute)).not.toEqual([]);
  });

  it('is asked about no more after its end, told by the stream or by REST', async () => {
    const asking = new Asking().hear('stf_ready', '1', '2');
    asking.states['1'] = 'ended';
    expect(await asking.pass(first)).toEqual(['2', '1']);
    expect(await asking.hear('end_run', '2').pass(10 * minute)).toEqual([]);
    asking.filter = agents;
    expect(await asking.hear('stf_ready', '1', '2').pass(10 * minute)).toEqual([]);
  });

  it('has ended for good when its end comes while REST is asked', async () => {
    const asking = new Asking().hear('stf_ready', '1');
    const {promise, resolve} = Promise.withResolvers<void>();
    asking.wait = promise;
    await asking.pass(first);
    asking.filter = agents;
    asking.hear('end_run', '1');
    resolve();
    expect(await asking.pass(10 * minute)).toEqual([]);
  });
});

describe('how much is asked', () => {
  const seven = ['1', '2', '3', '4', '5', '6', '7'];

  it('at most five runs a turn, those heard of last first, and each in its turn', async () => {
    const asking = new Asking().hear('stf_ready', ...seven);
    expect(await asking.pass(first)).toEqual(['7', '6', '5', '4', '3']);
    expect(await asking.hear('stf_ready', '2').pass(turn)).toEqual(['2', '1', '7', '6', '5']);
    expect(await asking.pass(turn)).toEqual(['4', '3', '2', '7', '6']);
  });

  it('one turn each time, whatever comes between', async () => {
    const asking = new Asking();
    let turns = 0;
    for (let second = 0; second < 300; second += 1) {
      asking.hear('stf_ready', '100013');
      turns += (await asking.pass(1000)).length;
    }
    expect(turns).toBe(Math.floor((300_000 - first) / turn) + 1);
  });

  it('one turn each time, also when a run comes while REST is slow', async () => {
    const asking = new Asking().hear('stf_ready', '1');
    await asking.pass(first);
    const {promise, resolve} = Promise.withResolvers<void>();
    asking.wait = promise;
    expect(await asking.pass(turn)).toEqual(['1']);
    expect(await asking.hear('stf_ready', '2').pass(turn)).toEqual([]);
    resolve();
    await settle();
    expect(await asking.pass(turn - 1)).toEqual([]);
    expect(await asking.pass(1)).toEqual(['2', '1']);
    expect(await asking.pass(turn)).toEqual(['2', '1']);
  });

  it('no more of a run than its own requests after three that failed', async () => {
    const asking = new Asking().hear('stf_ready', '100013');
    asking.status = 404;
    expect(await asking.pass(10 * minute)).toEqual(Array(3).fill('100013'));
    expect(asking.events.map(({kind}) => kind)).toEqual(Array(3).fill('run-state-unknown'));
    expect(asking.events[0]).toMatchObject({runId: '100013', reason: 'HTTP 404'});
    asking.status = 200;
    expect(await asking.hear('stf_ready', '100013').pass(minute)).toEqual([]);
  });

  it('as before when an answer comes after two that failed', async () => {
    const asking = new Asking().hear('stf_ready', '100013');
    asking.status = 503;
    await asking.pass(first + turn);
    asking.status = 200;
    await asking.pass(turn);
    asking.status = 503;
    expect(await asking.pass(10 * minute)).toEqual(Array(3).fill('100013'));
  });

  it('about the newest two hundred runs: an older one is as new when it is heard of again', async () => {
    const asking = new Asking().hear('stf_ready', '1', '2');
    asking.status = 404;
    expect(await asking.pass(5 * minute)).toHaveLength(6);
    const others = Array.from({length: 198}, (_, index) => String(1000 + index));
    asking.hear('start_run', ...others, '2000');
    expect(await asking.hear('stf_ready', '2').pass(minute)).toEqual([]);
    expect(await asking.hear('stf_ready', '1').pass(first)).toEqual(['1']);
  });
});

describe('a filter that hides the lifecycle', () => {
  it.each<[string, StreamFilter]>([
    ['of agents', agents],
    ['of types without the lifecycle', {...everything, types: ['stf_gen', 'stf_ready']}],
  ])('%s makes it asked about known runs, until the filter goes', async (_, filter) => {
    const asking = new Asking().hear('start_run', '100013');
    expect(await asking.pass(minute)).toEqual([]);
    asking.filter = filter;
    asking.hear('stf_ready', '100013');
    expect(await asking.pass(first + turn)).toEqual(['100013', '100013']);
    asking.filter = everything;
    expect(await asking.hear('stf_ready', '100013').pass(10 * minute)).toEqual([]);
  });
});

describe('a run that begins while a filter hides the lifecycle', () => {
  const begun = async (running: Readonly<Record<string, readonly string[]>>) => {
    const asking = new Asking();
    asking.filter = agents;
    Object.assign(asking.running, running);
    asking.runStates.changed();
    return asking;
  };

  it('is found by its execution, though no message of it comes, and read until it ends', async () => {
    const asking = await begun({e1: ['100013']});
    expect(await asking.pass(first)).toEqual(['100013']);
    expect(asking.otherwise).toEqual([
      'workflow-executions?status=running',
      'workflow-messages?execution_id=e1',
    ]);
    expect(asking.events).toMatchObject([{kind: 'run-state', namespace: 'n'}]);
    expect(await asking.pass(20 * minute)).toHaveLength(40);
    // Its stored messages are read once.
    expect(asking.otherwise.filter(path => path.startsWith('workflow-messages'))).toHaveLength(1);
    asking.states['100013'] = 'ended';
    expect(await asking.pass(10 * minute)).toHaveLength(1);
  });

  it('is found as well while no stream is up', async () => {
    const asking = await begun({e1: ['100013']});
    asking.filter = undefined;
    expect(await asking.pass(first)).toEqual(['100013']);
    asking.filter = everything;
    expect(await asking.hear('start_run', '100013').pass(10 * minute)).toEqual([]);
  });

  it('is sought again where its execution has no messages yet', async () => {
    const asking = await begun({e1: []});
    expect(await asking.pass(first + 2 * turn)).toEqual([]);
    asking.running['e1'] = ['100013'];
    expect(await asking.pass(turn)).toEqual(['100013']);
  });

  it('is sought no more in vain after twenty minutes', async () => {
    const asking = await begun({e1: []});
    await asking.pass(60 * minute);
    expect(asking.otherwise.filter(path => path.startsWith('workflow-messages'))).toHaveLength(40);
  });

  it('is sought no more once the filter is gone', async () => {
    const asking = await begun({});
    await asking.pass(first);
    asking.filter = everything;
    await asking.pass(turn);
    asking.otherwise.splice(0);
    await asking.pass(10 * minute);
    expect(asking.otherwise).toEqual([]);
  });
});

it('a number that comes again is read again', async () => {
  const asking = new Asking().hear('stf_ready', '7');
  asking.states['7'] = 'ended';
  await asking.pass(first);
  asking.states['7'] = 'run';
  expect(await asking.hear('stf_ready', '7').pass(10 * minute)).toEqual([]);
  asking.filter = agents;
  expect(await asking.hear('run_imminent', '7').pass(first)).toEqual(['7']);
});

describe('stopping', () => {
  it('before the first turn asks nothing, and leaves no task behind', async () => {
    const asking = new Asking().hear('stf_ready', '1');
    asking.runStates.stop();
    expect(await asking.pass(10 * minute)).toEqual([]);
    expect(asking.clock.nextAt).toBe(Infinity);
  });

  it('within a turn calls it off: no word of it, no further run, no task', async () => {
    const asking = new Asking().hear('stf_ready', '1', '2');
    asking.wait = new Promise(() => undefined);
    expect(await asking.pass(first)).toEqual(['2']);
    asking.runStates.stop();
    expect(await asking.pass(10 * minute)).toEqual([]);
    expect(asking.events).toEqual([]);
    expect(asking.clock.nextAt).toBe(Infinity);
  });

  it('between two turns, and what is heard then, starts none', async () => {
    const asking = new Asking().hear('stf_ready', '1');
    await asking.pass(first);
    asking.runStates.stop();
    expect(await asking.hear('stf_ready', '1', '2').pass(10 * minute)).toEqual([]);
    const idle = new Asking();
    idle.runStates.stop();
    expect(await idle.hear('stf_ready', '1').pass(10 * minute)).toEqual([]);
    expect([asking.clock.nextAt, idle.clock.nextAt]).toEqual([Infinity, Infinity]);
  });
});

describe('on a monitor', () => {
  it('a receiver with an agents filter is told what the stream does not show', async () => {
    const monitor = await monitorFor();
    monitor.publish({msg_type: 'run_imminent', run_id: '100013', sender: 'daq'});
    const listening = await Listening.to(monitor, {
      filter: {...everything, agents: ['data-1']},
      timings: {...quickTimings, runStatesFirst: 10, runStates: 20},
    });
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    monitor.publish({msg_type: 'start_run', run_id: '100013', sender: 'daq'});
    monitor.publish({msg_type: 'stf_ready', run_id: '100013', processed_by: 'data-1'});
    const states = () => listening.of('run-state').map(({state}) => state.state);
    await eventually(() => expect(states()).toContain('run'));
    monitor.publish({msg_type: 'end_run', run_id: '100013', sender: 'daq'});
    await eventually(() => expect(states()).toContain('ended'));
    expect(listening.of('message').map(({message}) => message.type)).toEqual(['stf_ready']);
    expect(states().filter(state => state === 'ended')).toHaveLength(1);
  });

  it('nothing is asked for runs that show their lifecycle', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {
      timings: {...quickTimings, runStatesFirst: 1, runStates: 1},
    });
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    monitor.publish({msg_type: 'run_imminent', run_id: '7', sender: 'daq'});
    monitor.publish({msg_type: 'stf_ready', run_id: '7', processed_by: 'data-1'});
    monitor.publish({msg_type: 'stf_ready', run_id: '8', processed_by: 'data-1'});
    const asked = () =>
      monitor.requests.map(({path}) => path).filter(path => path.includes('run-states'));
    await eventually(() => expect(asked().length).toBeGreaterThan(2));
    expect(asked().filter(path => !path.endsWith('/8/'))).toEqual([]);
  });
});
