// What the receiver costs the monitor: its requests in an hour with 1, 10 and 50 executions, that all deliver, of which
// one is silent, that all are silent, or have ended; and with a filter that is changed again and again.
import {describe, expect, it} from 'vitest';
import type {EventOf, MonitorEvent} from '../../source/monitor-event.ts';
import {Receiver} from '../../source/receiver/receiver.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {SimulatedServer} from '../simulation/simulated-server.ts';
import {TurnedClock} from '../simulation/turned-clock.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const agentsAlone: StreamFilter = {...everything, agents: ['data-agent']};

type Kind = 'list' | 'rows' | 'others';

class Load {
  readonly clock = new TurnedClock(Date.UTC(2026, 10, 25, 6));
  readonly server = new SimulatedServer(this.clock, 0);
  readonly events: MonitorEvent[] = [];
  readonly requests: Record<Kind, number> = {list: 0, rows: 0, others: 0};
  #serial = 0;
  readonly #sequences = new Map<number, number>();
  readonly receiver = new Receiver({
    base: 'https://monitor.example/swf-monitor',
    fetch: (url, init) => {
      if (!url.pathname.includes('/messages/stream/')) this.requests[kindOf(url)] += 1;
      return this.server.fetch(url, init);
    },
    filter: everything,
    identity: undefined,
    clock: this.clock,
    random: () => 0,
    timings: defaultTimings,
    emit: event => this.events.push(event),
  });

  /** So many executions that take data, after their first ten minutes. */
  static async of(executions: number): Promise<Load> {
    const load = new Load();
    for (let index = 0; index < executions; index += 1) {
      load.server.begin(idOf(index), 'torre1');
      load.say(index, {msg_type: 'run_imminent'});
      load.say(index, {msg_type: 'start_run'});
    }
    load.receiver.start();
    await load.pass(10 * minute, executions);
    return load;
  }

  say(index: number, more: object): void {
    this.#serial += 1;
    const run_id = String(100_010 + index);
    this.server.publish({serial: this.#serial, execution_id: idOf(index), run_id, ...more});
  }

  /** Time passes, in which the first so many executions bring an STF a minute. */
  async pass(duration: number, delivering: number): Promise<void> {
    const end = this.clock.now() + duration;
    while (this.clock.now() < end) {
      this.clock.turnTo(this.clock.now() + 5 * second);
      this.server.beat();
      const now = this.clock.now() / second;
      for (let index = 0; index < delivering; index += 1) {
        if ((now + 5 * index) % 60 === 0) this.#deliver(index);
      }
      while (this.server.isBusy || this.server.hasUnread) {
        this.server.isBusy = false;
        for (let turn = 0; turn < 4; turn += 1) await new Promise(setImmediate);
      }
    }
  }

  #deliver(index: number): void {
    const sequence = (this.#sequences.get(index) ?? 0) + 1;
    this.#sequences.set(index, sequence);
    this.say(index, {msg_type: 'stf_gen', sequence});
  }

  /** Requests in an hour: lists of executions, their rows, and others. */
  async hour(delivering: number): Promise<Readonly<Record<Kind, number>>> {
    return this.during(() => this.pass(hour, delivering));
  }

  async during(what: () => Promise<void>): Promise<Readonly<Record<Kind, number>>> {
    const before = {...this.requests};
    await what();
    const {list, rows, others} = this.requests;
    return {
      list: list - before.list,
      rows: rows - before.rows,
      others: others - before.others,
    };
  }

  of<EventKind extends MonitorEvent['kind']>(kind: EventKind): EventOf<EventKind>[] {
    return this.events.filter((event): event is EventOf<EventKind> => event.kind === kind);
  }
}

const idOf = (index: number) => `stf_datataking-torre-${index}`;

function kindOf({pathname, searchParams}: URL): Kind {
  if (searchParams.has('status')) return 'list';
  return pathname.endsWith('/workflow-messages/') ? 'rows' : 'others';
}

describe.each([
  [1, {delivering: 12, oneSilent: 12, allSilent: 16}],
  [10, {delivering: 120, oneSilent: 123, allSilent: 160}],
  [50, {delivering: 600, oneSilent: 603, allSilent: 800}],
] as const)('requests for rows in an hour, with %i executions', (count, rows) => {
  it('that all deliver: all of them every five minutes', async () => {
    const load = await Load.of(count);
    const made = await load.hour(count);
    expect(made.rows).toBeLessThanOrEqual(rows.delivering);
    expect(made.rows).toBeGreaterThan(rows.delivering / 2);
    expect(made.list).toBe(12);
    // The numbers of the next runs, STF files of five runs, and the subscribers' table.
    expect(made.others).toBeLessThanOrEqual(12 * 7);
    await load.receiver.stop('');
  });

  it.skipIf(count === 1)('of which one is silent: that one more often at first', async () => {
    const load = await Load.of(count);
    const made = await load.hour(count - 1);
    expect(made.rows).toBeLessThanOrEqual(rows.oneSilent + 12);
    const silent = load.of('history-checked').at(-1)?.silent;
    expect(silent?.map(({id}) => id)).toEqual([idOf(count - 1)]);
    expect(load.of('history-checked').every(({silentSince}) => silentSince === undefined)).toBe(
      true,
    );
    await load.receiver.stop('');
  });

  it('that are all silent: 20, 40, 80, 160 s, then every five minutes', async () => {
    const load = await Load.of(count);
    const made = await load.hour(0);
    expect(made.rows).toBeLessThanOrEqual(rows.allSilent + count);
    const last = load.of('history-checked').at(-1)!;
    expect(last.silent).toHaveLength(count);
    expect(last.silentSince).toBe(Math.max(...last.silent!.map(({since}) => since)));
    await load.receiver.stop('');
  });

  it.each(['completed', 'terminated'] as const)('that have %s: each once', async how => {
    const load = await Load.of(count);
    for (let index = 0; index < count; index += 1) load.server.end(idOf(index), how);
    const made = await load.hour(0);
    expect(made.rows).toBeLessThanOrEqual(3 * count);
    expect(await load.hour(0)).toMatchObject({rows: 0, list: 12});
    await load.receiver.stop('');
  });

  it('with eight changes of filter in 40 s: every 20 s at most, and once for the numbers of runs', async () => {
    const load = await Load.of(count);
    const made = await load.during(async () => {
      for (let change = 0; change < 8; change += 1) {
        load.receiver.setFilter(change % 2 === 0 ? agentsAlone : everything);
        await load.pass(5 * second, count);
      }
      await load.pass(80 * second, count);
    });
    expect(load.of('filter-changed')).toHaveLength(8);
    expect(made.rows).toBeLessThanOrEqual(4 * count);
    // Nothing that was kept away stays away.
    const shown = new Set(load.of('message').map(({message}) => message.content));
    const serials = new Set([...shown].map(content => (content as {serial: number}).serial));
    const due = load.server.rows.filter(({sentAt}) => sentAt < load.clock.now() - minute);
    expect(due.filter(({content}) => !serials.has(content.serial))).toEqual([]);
    await load.receiver.stop('');
  });
});
