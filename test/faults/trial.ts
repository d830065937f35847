// One fault's trial: a receiver whose every request goes through a fault proxy to a testbed
// monitor, a model fed with its events, and the screen that an operator would have before them.
import {stripVTControlCharacters} from 'node:util';
import {expect, onTestFinished} from 'vitest';
import {foldHealth, newHealth, type StateWord} from '../../source/model/health.ts';
import {MonitorModel, type Snapshot} from '../../source/model/monitor-model.ts';
import type {EventOf, MonitorEvent} from '../../source/monitor-event.ts';
import {systemClock, type Clock} from '../../source/receiver/clock.ts';
import {Receiver} from '../../source/receiver/receiver.ts';
import type {Timings} from '../../source/receiver/timings.ts';
import {screenState} from '../../source/ui/store/screen-state.ts';
import {makeTheme} from '../../source/ui/theme.ts';
import {newView} from '../../source/ui/store/view.ts';
import type {MonitorOptions, TestbedMonitor} from '../../source/testbed/monitor.ts';
import {everything} from '../../source/wire/filter.ts';
import {Secret} from '../../source/wire/secret.ts';
import {createTransport, type TransportOptions} from '../../source/http/transport.ts';
import type {Fetch} from '../../source/wire/transport.ts';
import {eventually} from '../eventually.ts';
import {monitorFor, quickTimings} from '../receiver/harness.ts';
import {startFaultProxy, type FaultProxy} from './fault-proxy.ts';
import {draw} from '../ui/session.ts';

export interface Setting {
  readonly monitor?: MonitorOptions;
  readonly timings?: Partial<Timings>;
  readonly clock?: Clock;
  readonly transport?: Partial<TransportOptions>;
  /** What stands before the transport. */
  readonly fetch?: (transport: Fetch) => Fetch;
}

/** What the operator read at a moment when something changed. */
export interface Sight {
  readonly word: StateWord;
  readonly reason: string | undefined;
  readonly remedy: string | undefined;
  readonly header: string;
}

export const token = 'tok-5ecret-31337';

export const faultTimings: Timings = {
  ...quickTimings,
  opening: 2_000,
  request: 1_000,
  holeGrace: 100,
  delivery: 50,
};

const size = {columns: 280, rows: 60};
const theme = makeTheme({hasColour: false, isAscii: false});

export class Trial {
  readonly proxy: FaultProxy;
  readonly receiver: Receiver;
  readonly timings: Timings;
  /** All events but the messages. */
  readonly events: MonitorEvent[] = [];
  /** Messages of the stream, by type. */
  readonly heard = new Map<string, number>();
  readonly sights: Sight[] = [];
  readonly #model = new MonitorModel();
  readonly #clock: Clock;
  readonly #base: string;
  readonly #monitors: TestbedMonitor[];
  #health = newHealth;
  #leaks = 0;

  private constructor(
    monitor: TestbedMonitor,
    proxy: FaultProxy,
    fetch: Fetch,
    base: string,
    {clock = systemClock, timings = {}}: Setting,
  ) {
    this.#monitors = [monitor];
    this.proxy = proxy;
    this.#base = base;
    this.#clock = clock;
    this.timings = {...faultTimings, ...timings};
    this.receiver = new Receiver({
      base,
      fetch,
      clock,
      filter: everything,
      identity: undefined,
      random: () => 0,
      timings: this.timings,
      emit: event => this.#take(event),
    });
  }

  static async of(setting: Setting = {}): Promise<Trial> {
    const monitor = await monitorFor({token, ...setting.monitor});
    const proxy = await startFaultProxy(monitor.port);
    const base = monitor.url.replace(`:${monitor.port}`, `:${proxy.port}`);
    const transport = await createTransport({
      origin: new URL(base).origin,
      token: new Secret(token),
      caFile: undefined,
      proxy: undefined,
      noProxy: undefined,
      ...setting.transport,
    });
    const fetch = setting.fetch?.(transport) ?? transport;
    const trial = new Trial(monitor, proxy, fetch, base, setting);
    onTestFinished(() => trial.receiver.stop('the test is over'));
    trial.receiver.start();
    return trial;
  }

  get monitor(): TestbedMonitor {
    return this.#monitors.at(-1)!;
  }

  get snapshot(): Snapshot {
    return this.#model.snapshot(this.#clock.now());
  }

  of<Kind extends MonitorEvent['kind']>(kind: Kind): EventOf<Kind>[] {
    return this.events.filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  /** From now on another monitor answers; the one before stops. */
  async replaceMonitor(options: MonitorOptions = {}): Promise<void> {
    const next = await monitorFor({token, ...options});
    this.proxy.upstream = next.port;
    await this.monitor.close();
    this.#monitors.push(next);
  }

  /** Requests for the stream that any of the monitors got. */
  get streamRequests(): number {
    return this.#monitors
      .flatMap(({requests}) => requests)
      .filter(({path}) => path.includes('/messages/stream/')).length;
  }

  /** Every request that any of the monitors got. */
  get paths(): readonly string[] {
    return this.#monitors.flatMap(({requests}) => requests.map(({path}) => path));
  }

  /** Messages with the token in them. */
  get leaks(): number {
    return this.#leaks;
  }

  /** A stream is up, and confirmed. */
  async live(): Promise<void> {
    await eventually(() => {
      expect(this.snapshot.health.word).toBe('LIVE');
      expect(this.snapshot.health.clientId).toBeDefined();
    });
  }

  /** Publishes until one arrives: what is published while no stream is up is nobody's. */
  async messagesFlow(type: string): Promise<void> {
    await eventually(() => {
      this.monitor.publish({msg_type: type, namespace: 'torre1'});
      expect([...this.heard.keys()]).toContain(type);
    });
  }

  async hears(type: string, count = 1): Promise<void> {
    await eventually(() => expect(this.heard.get(type) ?? 0).toBe(count), 600_000);
  }

  /** The whole screen, row by row. */
  frame(now = this.#clock.now()): readonly string[] {
    const live = this.#model.snapshot(now);
    const about = {monitorUrl: this.#base, receiverName: 'watch-1', isRegistering: false};
    const rest = {about, theme, keyTypes: undefined, replay: undefined};
    return draw(screenState(live, newView('utc', undefined), size, rest));
  }

  #take(event: MonitorEvent): void {
    this.#model.apply(event);
    // A snapshot for every message would cost more than the message.
    const before = this.#health;
    const after = foldHealth(before, event);
    this.#health = after;
    if (event.kind === 'message') {
      if (event.data.includes(token)) this.#leaks += 1;
      const {type} = event.message;
      if (event.source === 'stream') this.heard.set(type, (this.heard.get(type) ?? 0) + 1);
    } else {
      this.events.push(event);
    }
    const changed = (['word', 'reason', 'silentSince'] as const).some(
      key => before[key] !== after[key],
    );
    if (!changed) return;
    const {word, reason, remedy} = after;
    const header = stripVTControlCharacters(this.frame(event.at)[0]!);
    this.sights.push({
      word,
      reason: reason === undefined ? undefined : steady(reason),
      remedy,
      header: steady(header.replace(/\s+\d\d:\d\d:\d\d\S* \S+\s*$/, '').trim()),
    });
  }
}

/** Without what differs from one trial to the next: ports, times, attempts. */
function steady(text: string): string {
  return text
    .replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1:…')
    .replace(/byte .* message .*(?=source silent)/, '… ')
    .replace(/byte .* message .*$/, '…')
    .replaceAll(/\b(for|in|within) [\d.]+ ?([smhd])\b/g, '$1 … $2')
    .replace(/\(attempt \d+\)/, '(attempt …)')
    .replaceAll(/ {2,}/g, ' ')
    .replace(/ …$/, '')
    .trim();
}
