// What is live, and for how long: a receiver and a model on a machine whose clocks are turned, before a monitor without
// sockets that beats, or does not.
import {describe, expect, it, onTestFinished} from 'vitest';
import {MonitorModel} from '../../source/model/monitor-model.ts';
import type {EventOf, MonitorEvent} from '../../source/monitor-event.ts';
import {Receiver} from '../../source/receiver/receiver.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';
import {noEventFailure} from '../../source/wire/failure.ts';
import {everything} from '../../source/wire/filter.ts';
import {identity} from './harness.ts';
import {Machine} from './machine.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** What a stream of this monitor does after 200. */
type Manner = 'beats' | 'connected and comments' | 'comments' | 'half events' | 'nothing';

interface OpenStream {
  readonly manner: Manner;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
}

class Bench {
  readonly machine = new Machine();
  readonly model = new MonitorModel();
  readonly events: MonitorEvent[] = [];
  readonly streams = new Set<OpenStream>();
  manner: Manner = 'beats';
  /** Streams are not answered at all. */
  isAway = false;
  /** `is_active` of every subscriber; undefined: REST does not answer. */
  isActive: boolean | undefined = true;
  readonly requests: string[] = [];
  /** What the server would send now, kept back: the receiver's process does not run. */
  #held: (() => void)[] | undefined;
  #clients = 0;
  readonly receiver = new Receiver({
    base: 'https://monitor.example/swf-monitor',
    fetch: (url, init) => this.#answer(url, init?.signal ?? undefined),
    filter: everything,
    identity,
    clock: this.machine.clock,
    random: () => 0,
    timings: defaultTimings,
    emit: event => {
      this.events.push(event);
      this.model.apply(event);
    },
  });

  static async live(manner: Manner = 'beats'): Promise<Bench> {
    const bench = new Bench();
    bench.manner = manner;
    bench.receiver.start();
    onTestFinished(() => bench.receiver.stop('the test is over'));
    await bench.pass(0);
    return bench;
  }

  get word(): string {
    this.machine.clock.check();
    return this.model.snapshot(this.machine.clock.now()).health.word;
  }

  get alerts(): readonly string[] {
    const now = this.machine.clock.now();
    this.model.checkAlerts(now);
    return this.model.snapshot(now).alerts.map(({text}) => text);
  }

  of<Kind extends MonitorEvent['kind']>(kind: Kind): EventOf<Kind>[] {
    return this.events.filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  /** The words of the state, each as often as it came. */
  get words(): readonly string[] {
    const model = new MonitorModel();
    const words = this.events.map(event => {
      model.apply(event);
      return model.snapshot(event.at).health.word;
    });
    return words.filter((word, index) => word !== words[index - 1]);
  }

  /** Time passes; every second streams do what is their manner, heartbeats every 30 s. */
  async pass(duration: number): Promise<void> {
    const {machine} = this;
    for (let passed = 0; passed < duration; passed += second) {
      await machine.pass(Math.min(second, duration - passed));
      this.#tick();
    }
    await machine.pass(0);
  }

  /** The process is stopped; what the server sends meanwhile waits in its sockets. */
  async stop(duration: number): Promise<void> {
    this.machine.stop(duration);
    // The loop runs its timers before it reads its sockets.
    this.#held = [];
    await this.machine.pass(0);
    for (const stream of this.streams) this.#hold(() => this.#beat(stream));
    const held = this.#held;
    this.#held = undefined;
    for (const send of held) send();
    await this.machine.pass(0);
  }

  publish(content: object): void {
    for (const stream of this.streams) {
      if (stream.manner === 'beats') this.#write(stream, event('message', content));
    }
  }

  end(): void {
    for (const {controller} of this.streams) controller.close();
    this.streams.clear();
  }

  #seconds = 0;

  #tick(): void {
    this.#seconds += 1;
    for (const stream of this.streams) {
      const {manner} = stream;
      if (manner === 'beats' && this.#seconds % 30 === 0) this.#beat(stream);
      if (manner.endsWith('comments')) this.#write(stream, ': alive\n\n');
      if (manner === 'half events') this.#write(stream, 'data: x\n');
    }
  }

  #beat(stream: OpenStream): void {
    this.#write(stream, event('heartbeat', {timestamp: this.machine.clock.monotonic() / 1000}));
  }

  #hold(send: () => void): void {
    if (this.#held) this.#held.push(send);
    else send();
  }

  #write({controller}: OpenStream, text: string): void {
    controller.enqueue(new TextEncoder().encode(text));
  }

  #answer(url: URL, signal: AbortSignal | undefined): Promise<Response> {
    this.requests.push(url.pathname.replace('/swf-monitor/api/', ''));
    if (url.pathname.endsWith('/messages/stream/')) return this.#stream(signal);
    if (url.pathname.endsWith('/subscribers/')) {
      if (this.isActive === undefined) return Promise.reject(new TypeError('fetch failed'));
      const rows = Array.from({length: this.#clients}, (_, index) => ({
        subscriber_name: `sse_${clientId(index + 1).slice(0, 8)}`,
        messages_sent: 0,
        is_active: this.isActive,
      }));
      return Promise.resolve(Response.json(rows));
    }
    return Promise.resolve(Response.json(url.pathname.includes('executions') ? [] : {}));
  }

  #stream(signal: AbortSignal | undefined): Promise<Response> {
    if (this.isAway) {
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    }
    let stream: OpenStream | undefined;
    const {manner} = this;
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        stream = {manner, controller};
        this.streams.add(stream);
        if (manner !== 'beats' && manner !== 'connected and comments') return;
        this.#clients += 1;
        const connected = {client_id: clientId(this.#clients), status: 'connected'};
        this.#write(stream, event('connected', connected));
      },
      cancel: () => {
        if (stream) this.streams.delete(stream);
      },
    });
    signal?.addEventListener('abort', () => {
      if (stream && this.streams.delete(stream)) stream.controller.error(signal.reason);
    });
    return Promise.resolve(new Response(body, {headers: {'content-type': 'text/event-stream'}}));
  }
}

const clientId = (count: number) => `${String(count).padStart(8, '0')}-dc17`;
const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

describe('a stream is live', () => {
  it('while heartbeats come', async () => {
    const bench = await Bench.live();
    await bench.pass(10 * minute);
    expect(bench.words).toEqual(['CONNECTING', 'LIVE']);
    expect(bench.of('connecting')).toHaveLength(1);
  });

  it.each(['nothing', 'comments', 'half events'] as const)(
    'only from its first event on: not while it brings %s',
    async manner => {
      const bench = await Bench.live(manner);
      await bench.pass(14 * second);
      expect(bench.word).toBe('CONNECTING');
      await bench.pass(2 * second);
      const {reason, remedy} = noEventFailure(defaultTimings.firstEvent);
      expect(bench.of('retrying')[0]).toMatchObject({reason, remedy});
      await bench.pass(5 * minute);
      expect(bench.words).not.toContain('LIVE');
      expect(bench.of('gap-opened')).toEqual([]);
      expect(bench.of('registered')).toEqual([]);
    },
  );

  it('no more 45 s after its last event, whatever bytes come', async () => {
    const bench = await Bench.live('connected and comments');
    await bench.pass(44 * second);
    expect(bench.word).toBe('LIVE');
    bench.isAway = true;
    await bench.pass(2 * second);
    expect(bench.word).toBe('NO HEARTBEAT');
    await bench.pass(10 * minute);
    expect(bench.word).toBe('NO HEARTBEAT');
    expect(bench.of('lost')).toEqual([]);
    expect(bench.streams.size).toBe(1);
    const renewals = bench.of('connecting').filter(({why}) => why === 'heartbeat');
    expect(bench.of('change-failed').length).toBeGreaterThan(5);
    // 20 s for an answer, up to 30 s of backoff before the next.
    expect(renewals.length).toBeLessThanOrEqual(16);
  });

  it('again with the next one, and what was missed between is a gap', async () => {
    const bench = await Bench.live('connected and comments');
    const {at} = bench.of('connected')[0]!;
    bench.manner = 'beats';
    await bench.pass(50 * second);
    expect(bench.word).toBe('LIVE');
    expect(bench.words).toEqual(['CONNECTING', 'LIVE', 'NO HEARTBEAT', 'LIVE']);
    expect(bench.of('gap-opened')).toMatchObject([{from: at, reason: 'no heartbeat'}]);
    expect(bench.of('gap-closed')).toHaveLength(1);
    expect(bench.streams.size).toBe(1);
    await bench.pass(5 * minute);
    expect(bench.of('quiet')).toHaveLength(1);
  });

  it('seldom, where each new one brings `connected` and nothing else', async () => {
    const bench = await Bench.live('connected and comments');
    await bench.pass(hour);
    // 45 s without a heartbeat, and a backoff that grows to 30 s.
    expect(bench.of('connecting').length).toBeLessThan(55);
    expect(bench.of('connecting').length).toBeGreaterThan(40);
  });

  it('by a message as by a heartbeat', async () => {
    const bench = await Bench.live();
    const silent = [...bench.streams][0]!;
    bench.streams.clear();
    for (let count = 0; count < 10; count += 1) {
      await bench.pass(40 * second);
      silent.controller.enqueue(new TextEncoder().encode(event('x', {msg_type: 'x', count})));
    }
    await bench.pass(0);
    expect(bench.words).toEqual(['CONNECTING', 'LIVE']);
    expect(bench.of('message')).toHaveLength(10);
  });
});

describe('a heartbeat that is 5 s late', () => {
  const rows = (bench: Bench) => bench.requests.filter(path => path === 'subscribers/').length;

  async function late(isActive: boolean | undefined): Promise<Bench> {
    const bench = await Bench.live();
    await bench.pass(31 * second);
    bench.streams.clear();
    bench.isActive = isActive;
    await bench.pass(33 * second);
    const before = rows(bench);
    await bench.pass(4 * second);
    expect(rows(bench) - before).toBe(1);
    return bench;
  }

  it('is reason to renew the stream at once where the monitor serves it no more', async () => {
    const bench = await late(false);
    expect(bench.of('connecting').map(({why}) => why)).toEqual(['start', 'heartbeat']);
    expect(bench.word).toBe('LIVE');
    expect(bench.of('gap-opened')).toMatchObject([{reason: 'no heartbeat'}]);
    expect(bench.of('lost')).toEqual([]);
  });

  it.each([true, undefined])('proves nothing where its row says %s', async isActive => {
    const bench = await late(isActive);
    expect(bench.of('connecting')).toHaveLength(1);
    await bench.pass(12 * second);
    expect(bench.of('connecting').map(({why}) => why)).toEqual(['start', 'heartbeat']);
  });
});

describe('a wall clock that is set', () => {
  const steps = [-hour, hour, -5 * minute, 5 * minute];

  it.each(steps)('by %i ms, changes nothing of a stream that lives', async by => {
    const bench = await Bench.live();
    await bench.pass(10 * second);
    bench.machine.setWall(by);
    await bench.pass(10 * minute);
    expect(bench.words).toEqual(['CONNECTING', 'LIVE']);
    expect(bench.of('clock-stepped')).toMatchObject([{by}]);
    for (const kind of ['gap-opened', 'quiet', 'lost', 'deaf'] as const) {
      expect(bench.of(kind)).toEqual([]);
    }
    expect(bench.of('registered').length).toBeGreaterThanOrEqual(10);
    expect(bench.alerts).toEqual([]);
  });

  it.each(steps)('by %i ms, hides no stream that has died', async by => {
    const bench = await Bench.live();
    await bench.pass(40 * second);
    bench.streams.clear();
    bench.isAway = true;
    await bench.pass(4 * second);
    bench.machine.setWall(by);
    await bench.pass(32 * second);
    expect(bench.word).toBe('NO HEARTBEAT');
    await bench.pass(30 * second);
    expect(bench.of('lost')).toMatchObject([{reason: 'no bytes for 75 s'}]);
    const {at, from} = bench.of('gap-opened')[0]!;
    expect(at - from).toBe(75 * second);
  });

  it.each(steps)('by %i ms, changes no wait for the next try', async by => {
    const bench = await Bench.live();
    bench.isAway = true;
    bench.end();
    await bench.pass(2 * minute);
    expect(bench.word).toMatch(/RETRYING|CONNECTING/);
    bench.machine.setWall(by);
    await bench.pass(second);
    const tries = bench.of('connecting').length;
    bench.isAway = false;
    await bench.pass(minute);
    expect(bench.word).toBe('LIVE');
    expect(bench.of('connecting').length).toBeLessThanOrEqual(tries + 2);
    const {from, to} = bench.of('gap-closed')[0]!;
    expect(to - from).toBeGreaterThan(2 * minute);
    expect(to - from).toBeLessThan(4 * minute);
  });

  it.each(steps)('by %i ms, leaves all ages as they are', async by => {
    const bench = await Bench.live();
    bench.publish({msg_type: 'stf_gen', run_id: '7', sequence: 1});
    await bench.pass(40 * second);
    const ages = () => {
      bench.machine.clock.check();
      const now = bench.machine.clock.now();
      const {health, log} = bench.model.snapshot(now);
      const {openedAt = 0, lastHeartbeatAt = 0, lastMessageAt = 0, history} = health;
      const known = [openedAt, lastHeartbeatAt, lastMessageAt, history[0]!.at, log.get(1)!.at];
      return known.map(at => now - at);
    };
    const before = ages();
    bench.machine.setWall(by);
    expect(ages()).toEqual(before);
    const {health} = bench.model.snapshot(bench.machine.clock.now());
    expect(health.clockSkew).toBeCloseTo(-by, 3);
    expect(health.history.at(-1)?.text).toMatch(/^this machine's clock was set (forward|back) by/);
  });
});

describe('a process that does not run', () => {
  it('has lost nothing where its sockets kept what came', async () => {
    const bench = await Bench.live();
    await bench.pass(10 * second);
    await bench.stop(10 * minute);
    expect(bench.word).toBe('LIVE');
    await bench.pass(5 * minute);
    expect(bench.of('stood-still')).toMatchObject([{duration: 10 * minute}]);
    for (const kind of ['lost', 'gap-opened', 'deaf', 'registration-failed'] as const) {
      expect(bench.of(kind)).toEqual([]);
    }
    expect(bench.of('connecting')).toHaveLength(1);
    expect(bench.alerts).toEqual([]);
  });

  it('says that there is no heartbeat until one is read', async () => {
    const bench = await Bench.live();
    await bench.pass(10 * second);
    bench.machine.stop(10 * minute);
    expect(bench.word).toBe('NO HEARTBEAT');
    bench.isAway = true;
    await bench.pass(7 * second);
    expect(bench.of('lost')).toMatchObject([{reason: 'no bytes for 615 s'}]);
  });

  it('goes on with an attempt that was under way', async () => {
    const bench = new Bench();
    onTestFinished(() => bench.receiver.stop('the test is over'));
    bench.isAway = true;
    bench.receiver.start();
    await bench.pass(10 * second);
    await bench.stop(hour);
    await bench.pass(5 * second);
    expect(bench.of('retrying')).toEqual([]);
    await bench.pass(10 * second);
    expect(bench.of('retrying')).toMatchObject([{reason: 'no answer within 20 s'}]);
  });

  it.each([2 * minute, 8 * hour])(
    'because the machine slept for %i ms, gives a dead stream up, with all of it in the gap',
    async duration => {
      const bench = await Bench.live();
      await bench.pass(31 * second);
      bench.streams.clear();
      bench.machine.sleep(duration);
      expect(bench.word).toBe('NO HEARTBEAT');
      await bench.pass(30 * second);
      expect(bench.word).toBe('LIVE');
      expect(bench.of('clock-stepped')).toEqual([]);
      const {from, to} = bench.of('gap-closed')[0]!;
      expect(to - from).toBeGreaterThan(duration);
      expect(to - from).toBeLessThan(duration + 30 * second);
      expect(bench.alerts).toEqual([]);
    },
  );

  it('tries again at once after a sleep that was longer than the wait', async () => {
    const bench = await Bench.live();
    bench.isAway = true;
    bench.end();
    for (let waited = 0; bench.word !== 'RETRYING' || waited < 200; waited += 1) {
      await bench.pass(second);
    }
    bench.isAway = false;
    bench.machine.sleep(hour);
    bench.machine.clock.check();
    await bench.pass(0);
    expect(bench.word).toBe('LIVE');
  });

  it('registers again at once: the server takes an agent for gone after three minutes', async () => {
    const bench = await Bench.live();
    const before = bench.of('registered').length;
    bench.machine.sleep(5 * minute);
    await bench.pass(2 * second);
    expect(bench.of('registered').length).toBe(before + 1);
  });
});
