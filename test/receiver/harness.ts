// A receiver on a testbed monitor over a real socket, with the durations of its life shortened.
import {onTestFinished} from 'vitest';
import type {EventOf, MonitorEvent} from '../../source/monitor-event.ts';
import {systemClock} from '../../source/receiver/clock.ts';
import {Receiver, type ReceiverOptions} from '../../source/receiver/receiver.ts';
import {defaultTimings, type Timings} from '../../source/receiver/timings.ts';
import {
  startMonitor,
  type MonitorOptions,
  type TestbedMonitor,
} from '../../source/testbed/monitor.ts';
import {everything} from '../../source/wire/filter.ts';
import {Secret} from '../../source/wire/secret.ts';
import {createTransport} from '../../source/http/transport.ts';

/** Everything a hundred times as fast, but for what a busy machine needs to answer. */
export const quickTimings: Timings = {
  ...defaultTimings,
  opening: 5_000,
  firstRetry: 10,
  longestRetry: 300,
  refusedRetry: 200,
  filterDebounce: 30,
  filterCheck: 30,
  linger: 200,
  remember: 500,
  registration: 300,
};

export const identity = {
  name: 'watch-1',
  description: 'a test',
  namespace: 'torre1',
  hostname: 'here',
  pid: 4242,
};

export async function monitorFor(options: MonitorOptions = {}): Promise<TestbedMonitor> {
  const monitor = await startMonitor(options);
  onTestFinished(() => monitor.close());
  return monitor;
}

export class Listening {
  readonly events: MonitorEvent[] = [];
  readonly receiver: Receiver;

  private constructor(options: Omit<ReceiverOptions, 'emit'>) {
    this.receiver = new Receiver({...options, emit: event => this.events.push(event)});
  }

  static async to(
    monitor: {readonly url: string; readonly token: string},
    options: Partial<ReceiverOptions> & {readonly token?: string} = {},
  ): Promise<Listening> {
    const {token = monitor.token, ...rest} = options;
    const listening = new Listening({
      base: monitor.url,
      fetch: await createTransport({
        origin: new URL(monitor.url).origin,
        token: new Secret(token),
        caFile: undefined,
        proxy: undefined,
        noProxy: undefined,
      }),
      filter: everything,
      identity: undefined,
      clock: systemClock,
      random: () => 0,
      timings: quickTimings,
      ...rest,
    });
    onTestFinished(() => listening.receiver.stop('the test is over'));
    listening.receiver.start();
    return listening;
  }

  of<Kind extends MonitorEvent['kind']>(kind: Kind): EventOf<Kind>[] {
    return this.events.filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  kinds(): string[] {
    return this.events.map(({kind}) => kind).filter(kind => kind !== 'bytes');
  }

  sequences(): number[] {
    return this.of('message').map(({message}) => message.sequence ?? -1);
  }
}
