import type {ServerResponse} from 'node:http';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {EventOf} from '../../source/monitor-event.ts';
import {noEventFailure, type Failure} from '../../source/wire/failure.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {eventually} from '../eventually.ts';
import {identity, Listening, monitorFor, quickTimings} from './harness.ts';

const nameOf = ({reason, remedy}: Failure) => ({reason, remedy});

const types = (...names: string[]): StreamFilter => ({...everything, types: names});

describe('the receiver', () => {
  it('tells connecting, opened, connected, then the messages as they came', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    monitor.publish({msg_type: 'stf_gen', run_id: '7', sequence: 1, sender: 'daq'});
    await eventually(() => expect(listening.of('message')).toHaveLength(1));
    const kinds = listening.kinds().filter(kind => kind !== 'history-checked');
    expect(kinds.slice(0, 4)).toEqual(['connecting', 'opened', 'connected', 'message']);
    const [{message, data, name}] = listening.of('message') as [EventOf<'message'>];
    expect([name, message.type, message.agent, message.runId]).toEqual([
      'stf_gen',
      'stf_gen',
      'daq',
      '7',
    ]);
    expect(JSON.parse(data)).toMatchObject({msg_type: 'stf_gen', sequence: 1});
  });

  it('asks nothing but the stream before the stream is open', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {identity});
    await eventually(() => expect(listening.of('registered').length).toBeGreaterThan(0));
    expect(monitor.requests[0]?.path).toContain('/api/messages/stream/');
    expect(monitor.requests.map(({path}) => path).join(' ')).not.toContain('stream/status');
  });

  it.each(['error', 'open', 'message', 'connected', 'heartbeat', '42'])(
    'takes a message type called %s for a message',
    async type => {
      const monitor = await monitorFor();
      const listening = await Listening.to(monitor);
      await eventually(() => expect(listening.of('connected')).toHaveLength(1));
      monitor.publish({msg_type: type === '42' ? 42 : type, run_id: '1'});
      await eventually(() => expect(listening.of('message')).toHaveLength(1));
      expect(listening.of('message')[0]?.message.type).toBe(type);
      expect(listening.of('lost')).toEqual([]);
    },
  );

  it('shows bad data as such and goes on', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    monitor.writeRaw('event: x\ndata: {not json\n\nevent: y\ndata:\n\nevent: z\ndata: [1]\n\n');
    monitor.writeRaw(
      `event: big\ndata: ${JSON.stringify({msg_type: 'big', a: 'x'.repeat(5e6)})}\n\n`,
    );
    monitor.publish({msg_type: 'after', run_id: null, sequence: '3', sent_at: 'yesterday'});
    await eventually(() => expect(listening.of('message')).toHaveLength(5));
    const faults = listening.of('message').map(({message}) => message.fault);
    expect(faults).toEqual(['not JSON', 'empty event', 'not a JSON object', undefined, undefined]);
    expect(listening.of('lost')).toEqual([]);
  });

  it('retries with reason and growing delays while nothing listens, then is live again', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    await monitor.close();
    await eventually(() => expect(listening.of('retrying').length).toBeGreaterThan(3));
    const retries = listening.of('retrying').slice(0, 4);
    expect(retries.map(({attempt}) => attempt)).toEqual([1, 2, 3, 4]);
    expect(retries.map(({at, retryAt}) => retryAt - at)).toEqual([10, 20, 40, 80]);
    expect(retries[1]?.reason).toBe('connection refused');
    const again = await monitorFor({port: monitor.port});
    await eventually(() => expect(listening.of('connected')).toHaveLength(2));
    again.publish({msg_type: 'back'});
    await eventually(() => expect(listening.of('gap-closed')).toHaveLength(1));
    expect(listening.of('gap-opened')).toHaveLength(1);
    expect(listening.of('message').at(-1)?.message.type).toBe('back');
  });

  it('does not loop against a server that ends every stream after connected', async () => {
    const monitor = await monitorFor();
    let streams = 0;
    monitor.interceptStream = (_request, response) => {
      streams += 1;
      response.writeHead(200, {'content-type': 'text/event-stream'});
      response.write('event: connected\ndata: {"client_id": "x", "status": "connected"}\n\n');
      setTimeout(() => response.destroy(), 15);
      return true;
    };
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('retrying').length).toBeGreaterThan(5));
    const delays = listening.of('retrying').map(({at, retryAt}) => retryAt - at);
    expect(delays.slice(0, 6)).toEqual([10, 20, 40, 80, 160, 300]);
    expect(streams).toBeLessThanOrEqual(delays.length + 1);
    // What is not proven to live does not end the gap.
    expect(listening.of('gap-opened')).toHaveLength(1);
    expect(listening.of('gap-closed')).toEqual([]);
  });

  it.each([401, 403, 302] as const)(
    'is refused by %s, with the remedy, and tries slowly',
    async status => {
      const monitor = await monitorFor();
      let streams = 0;
      monitor.interceptStream = (_request, response) => {
        streams += 1;
        response.writeHead(status, status === 302 ? {location: '/login'} : {}).end();
        return true;
      };
      const listening = await Listening.to(monitor);
      await eventually(() => expect(listening.of('refused').length).toBeGreaterThan(1));
      const [first] = listening.of('refused');
      expect(first!.retryAt - first!.at).toBe(quickTimings.refusedRetry);
      expect(first!.reason).toContain(`HTTP ${status}`);
      expect(first!.remedy).toMatch(/SWF_API_TOKEN|Authorization/);
      expect(streams).toBeLessThan(4);
      monitor.interceptStream = undefined;
      await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    },
  );

  it('is refused when its token is revoked, and comes back when it counts again', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {token: 'wrong'});
    await eventually(() => expect(listening.of('refused').length).toBeGreaterThan(0));
    expect(listening.of('refused')[0]?.reason).toContain(
      'Authentication credentials were not provided.',
    );
    expect(JSON.stringify(listening.events)).not.toContain('"wrong"');
  });

  it('waits as long as Retry-After says', async () => {
    const monitor = await monitorFor();
    monitor.interceptStream = (_request, response) => {
      response.writeHead(503, {'retry-after': '1'}).end();
      return true;
    };
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('retrying')).toHaveLength(1));
    const delays = listening.of('retrying').map(({at, retryAt}) => retryAt - at);
    expect(delays).toEqual([1000]);
  });

  it('misses the heartbeat while comments and half events come, and keeps the stream until a new one is there', async () => {
    const monitor = await monitorFor({heartbeatSeconds: 3600});
    const listening = await Listening.to(monitor, {
      timings: {...quickTimings, heartbeatMissed: 300, stale: 600, opening: 60_000},
    });
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    const trickling = setInterval(() => monitor.writeRaw(': alive\n'), 50);
    onTestFinished(() => clearInterval(trickling));
    const held: (() => void)[] = [];
    monitor.interceptStream = (_request, response) => {
      held.push(() => {
        response.writeHead(200, {'content-type': 'text/event-stream'});
        response.write('event: connected\ndata: {"client_id": "new"}\n\n');
      });
      return true;
    };
    await eventually(() => expect(held).toHaveLength(1));
    expect(listening.of('connecting').at(-1)?.why).toBe('heartbeat');
    expect(listening.of('quiet')).toHaveLength(1);
    expect(listening.of('recovered')).toEqual([]);
    const bytes = listening.of('bytes').length;
    await eventually(() => expect(listening.of('bytes').length).toBeGreaterThan(bytes + 1));
    expect(listening.of('lost')).toEqual([]);
    held[0]?.();
    await eventually(() => expect(listening.of('recovered')).toHaveLength(1));
    // The old one can have missed messages from its last event on.
    expect(listening.of('gap-opened')[0]).toMatchObject({
      reason: 'no heartbeat',
      from: listening.of('connected')[0]?.at,
    });
  });

  it('gives a stream up that brings nothing at all', async () => {
    const monitor = await monitorFor({heartbeatSeconds: 3600});
    const listening = await Listening.to(monitor, {timings: {...quickTimings, stale: 300}});
    await eventually(() => expect(listening.of('lost').length).toBeGreaterThan(0));
    expect(listening.of('lost')[0]?.reason).toMatch(/^no bytes for/);
    await eventually(() => expect(listening.of('connected').length).toBeGreaterThan(1));
  });

  it('is not open behind a proxy that holds everything back, and says so as the doctor does', async () => {
    const monitor = await monitorFor();
    monitor.interceptStream = (_request, response) => {
      response.writeHead(200, {'content-type': 'text/event-stream'});
      const trickle = setInterval(() => response.write(': held back\n\n'), 20);
      response.on('close', () => clearInterval(trickle));
      return true;
    };
    const listening = await Listening.to(monitor, {timings: {...quickTimings, firstEvent: 200}});
    await eventually(() => expect(listening.of('retrying').length).toBeGreaterThan(0));
    expect(listening.of('retrying')[0]).toMatchObject(nameOf(noEventFailure(200)));
    expect(listening.of('opened')).toEqual([]);
    expect(listening.of('lost')).toEqual([]);
  });

  it('reconnects now when asked while it waits', async () => {
    const monitor = await monitorFor();
    monitor.interceptStream = (_request, response) => {
      response.writeHead(500).end();
      return true;
    };
    const listening = await Listening.to(monitor, {
      timings: {...quickTimings, firstRetry: 3_600_000, longestRetry: 3_600_000},
    });
    await eventually(() => expect(listening.of('retrying')).toHaveLength(1));
    monitor.interceptStream = undefined;
    listening.receiver.reconnect();
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
  });
});

describe('the registration', () => {
  it('says who it is at once, keeps it up, and says EXITED on a clean stop', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {identity});
    await eventually(() => expect(listening.of('registered').length).toBeGreaterThan(2));
    const agent = monitor.agents.get('watch-1');
    expect(agent).toMatchObject({
      agent_type: 'sse_receiver',
      status: 'OK',
      operational_state: 'PROCESSING',
      description: 'a test',
      hostname: 'here',
      namespace: 'torre1',
      pid: 4242,
    });
    await listening.receiver.stop('enough');
    expect(monitor.agents.get('watch-1')).toMatchObject({
      status: 'EXITED',
      operational_state: 'EXITED',
      description: 'a test',
    });
  });

  it('fails without harm to the stream', async () => {
    const monitor = await monitorFor();
    monitor.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      response.writeHead(500, {'content-type': 'text/html'}).end('<h1>Server Error (500)</h1>');
      return true;
    };
    const listening = await Listening.to(monitor, {identity});
    await eventually(() => expect(listening.of('registration-failed').length).toBeGreaterThan(1));
    expect(listening.of('registration-failed')[0]?.reason).toBe('HTTP 500');
    monitor.publish({msg_type: 'still_here'});
    await eventually(() => expect(listening.of('message')).toHaveLength(1));
    expect(listening.of('lost')).toEqual([]);
  });

  it('says that the stream is back at once, though a heartbeat is on its way', async () => {
    const monitor = await monitorFor();
    const held: ServerResponse[] = [];
    monitor.intercept = (request, response) => {
      if (request.method !== 'POST' || held.length > 0) return false;
      held.push(response);
      return true;
    };
    const slow = {...quickTimings, registration: 3_600_000};
    const listening = await Listening.to(monitor, {identity, timings: slow});
    await eventually(() => expect(held).toHaveLength(1));
    monitor.endStreams();
    await eventually(() => expect(listening.of('connected')).toHaveLength(2));
    expect(monitor.agents.size).toBe(0);
    held[0]?.writeHead(201).end('{}');
    await eventually(() => expect(monitor.agents.get('watch-1')?.status).toBe('OK'));
  });

  it('does not keep a stop waiting for a heartbeat that hangs', async () => {
    const monitor = await monitorFor();
    monitor.intercept = request => request.method === 'POST';
    const listening = await Listening.to(monitor, {
      identity,
      timings: {...quickTimings, farewell: 100},
    });
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    await listening.receiver.stop('enough');
    expect(listening.of('registration-failed').at(-1)?.reason).toBe('no answer within 0.1 s');
  });
});

describe('a change of filter', () => {
  it('opens the new stream before it closes the old one', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    listening.receiver.setFilter(types('stf_gen'));
    await eventually(() => expect(monitor.clients).toHaveLength(2));
    await eventually(() => expect(listening.of('filter-changed')).toHaveLength(1));
    await eventually(() =>
      expect(monitor.clients.map(({query}) => query)).toEqual(['msg_types=stf_gen']),
    );
    expect(listening.of('lost')).toEqual([]);
    expect(listening.of('gap-opened')).toEqual([]);
  });

  it('makes one reconnect of quick toggles', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    for (const name of ['a', 'b', 'c', 'd']) listening.receiver.setFilter(types(name));
    await eventually(() => expect(listening.of('filter-changed')).toHaveLength(1));
    expect(listening.of('connecting')).toHaveLength(2);
    expect(listening.of('filter-changed')[0]?.filter.types).toEqual(['d']);
  });

  it('keeps the old filter when the new one cannot connect, and says why', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    monitor.interceptStream = (_request, response) => {
      response.writeHead(503).end();
      return true;
    };
    listening.receiver.setFilter(types('stf_gen'));
    await eventually(() => expect(listening.of('change-failed')).toHaveLength(1));
    expect(listening.of('change-failed')[0]).toMatchObject({why: 'filter', reason: 'HTTP 503'});
    monitor.publish({msg_type: 'anything'});
    await eventually(() => expect(listening.of('message')).toHaveLength(1));
  });

  it('gives a new stream up that brings bytes but never an event', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {timings: {...quickTimings, firstEvent: 300}});
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    const beating = setInterval(() => monitor.writeRaw(': alive\n\n'), 50);
    onTestFinished(() => clearInterval(beating));
    monitor.interceptStream = (_request, response) => {
      response.writeHead(200, {'content-type': 'text/event-stream'});
      const trickle = setInterval(() => response.write(': alive\n\n'), 50);
      response.on('close', () => clearInterval(trickle));
      return true;
    };
    listening.receiver.setFilter(types('stf_gen'));
    await eventually(() => expect(listening.of('change-failed')).toHaveLength(1));
    expect(listening.of('change-failed')[0]?.reason).toBe('opened, but no event came within 0.3 s');
    expect(listening.of('lost')).toEqual([]);
  });

  it('goes on with the new stream when the old one dies on the way', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor);
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    let answer: (() => void) | undefined;
    monitor.interceptStream = (_request, response) => {
      answer = () => {
        response.writeHead(200, {'content-type': 'text/event-stream'});
        response.write('event: connected\ndata: {"client_id": "new"}\n\n');
        response.write('event: x\ndata: {"msg_type": "x"}\n\n');
      };
      return true;
    };
    listening.receiver.setFilter(types('x'));
    await eventually(() => expect(answer).toBeDefined());
    monitor.endStreams();
    await eventually(() => expect(listening.of('lost')).toHaveLength(1));
    answer?.();
    await eventually(() => expect(listening.of('message')).toHaveLength(1));
    expect(listening.of('retrying')).toEqual([]);
    expect(listening.of('gap-closed')).toHaveLength(1);
  });

  it('reads the replaced stream on for what was on its way, then closes it', async () => {
    const monitor = await monitorFor();
    const held: ServerResponse[] = [];
    monitor.interceptStream = (_request, response) => {
      held.push(response);
      response.writeHead(200, {'content-type': 'text/event-stream'});
      response.write('event: connected\ndata: {"client_id": "held"}\n\n');
      return true;
    };
    const listening = await Listening.to(monitor, {timings: {...quickTimings, linger: 1000}});
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    listening.receiver.setFilter(types('x'));
    await eventually(() => expect(listening.of('filter-changed')).toHaveLength(1));
    held[0]?.write('event: x\ndata: {"msg_type": "x", "sequence": 1}\n\n');
    await eventually(() => expect(listening.sequences()).toEqual([1]));
    await eventually(() => expect(held[0]?.destroyed).toBe(true));
    expect(held[1]?.destroyed).toBe(false);
  });

  it('loses nothing and doubles nothing in ten toggles at 200 messages a second', async () => {
    const monitor = await monitorFor();
    const listening = await Listening.to(monitor, {timings: {...quickTimings, linger: 500}});
    await eventually(() => expect(listening.of('connected')).toHaveLength(1));
    let sequence = 0;
    const publish = () => {
      sequence += 1;
      monitor.publish({msg_type: 'stf_gen', run_id: '1', sequence});
    };
    const publishing = setInterval(publish, 5);
    for (let toggle = 0; toggle < 10; toggle += 1) {
      const changed = listening.of('filter-changed').length;
      listening.receiver.setFilter(toggle % 2 === 0 ? types('stf_gen') : everything);
      await eventually(() => expect(listening.of('filter-changed').length).toBe(changed + 1));
      const reached = sequence + 20;
      await eventually(() => expect(sequence).toBeGreaterThan(reached));
    }
    clearInterval(publishing);
    publish();
    await eventually(() => expect(listening.sequences()).toContain(sequence));
    const all = Array.from({length: sequence}, (_, index) => index + 1);
    expect(listening.sequences().toSorted((a, b) => a - b)).toEqual(all);
  });
});
