// What the monitor counts as sent: when it is asked, and against what it is held.
import {describe, expect, it} from 'vitest';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {SentCounts, type SentCountsOptions} from '../../source/receiver/sent-counts.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';
import {eventually} from '../eventually.ts';
import {TurnedClock} from '../simulation/turned-clock.ts';
import {Listening, monitorFor, quickTimings} from './harness.ts';

const {sentCountFirst: first, sentCount: pause} = defaultTimings;

/** Lets promises and bodies do what they have been given to do. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise(setImmediate);
}

class Asking {
  readonly clock = new TurnedClock(Date.UTC(2026, 10, 23, 6));
  readonly events: MonitorEvent[] = [];
  asked = 0;
  /** How often the stream was found to be served no more. */
  inactive = 0;
  rows: unknown = [{subscriber_name: 'sse_08adff9c', messages_sent: 12}];
  stream: ReturnType<SentCountsOptions['stream']> = {
    id: 1,
    clientId: '08adff9c-dc17',
    messages: 11,
    lastEventMoment: 0,
  };
  readonly counts = new SentCounts({
    base: 'https://monitor.example/swf-monitor',
    fetch: () => {
      this.asked += 1;
      return Promise.resolve(Response.json(this.rows));
    },
    clock: this.clock,
    timings: defaultTimings,
    emit: event => this.events.push(event),
    stream: () => this.stream,
    inactive: () => {
      this.inactive += 1;
    },
  });

  async pass(duration: number): Promise<number> {
    const before = this.asked;
    const end = this.clock.now() + duration;
    while (this.clock.nextAt <= end) {
      this.clock.turnTo(this.clock.nextAt);
      await settle();
    }
    this.clock.turnTo(end);
    return this.asked - before;
  }
}

describe('the monitor is asked what it has sent', () => {
  it('a while after a stream said hello, then every five minutes', async () => {
    const asking = new Asking();
    asking.counts.connected();
    expect(await asking.pass(first - 1)).toBe(0);
    expect(await asking.pass(1)).toBe(1);
    expect(await asking.pass(pause - 1)).toBe(0);
    expect(await asking.pass(1)).toBe(1);
    expect(asking.events[0]).toMatchObject({kind: 'sent-count', stream: 1, sent: 12, arrived: 11});
  });

  it('anew when another stream says hello, and once', async () => {
    const asking = new Asking();
    asking.counts.connected();
    await asking.pass(first / 2);
    asking.counts.connected();
    expect(await asking.pass(first)).toBe(1);
  });

  it('not while there is no stream, nor once it is over', async () => {
    const asking = new Asking();
    asking.stream = undefined;
    asking.counts.connected();
    expect(await asking.pass(pause)).toBe(0);
    asking.stream = {id: 2, clientId: '08adff9c', messages: 0, lastEventMoment: 0};
    asking.counts.stop();
    expect(await asking.pass(3 * pause)).toBe(0);
  });

  it('the less often the longer the table is', async () => {
    const asking = new Asking();
    const row = (index: number) => ({subscriber_name: `sse_${index}`, description: 'x'.repeat(80)});
    asking.rows = [
      ...Array.from({length: 20_000}, (_, index) => row(index)),
      {subscriber_name: 'sse_08adff9c', messages_sent: 1},
    ];
    asking.counts.connected();
    expect(await asking.pass(first + pause)).toBe(1);
    expect(await asking.pass(pause * 4)).toBe(1);
  });

  it.each([
    ['no row of it', []],
    ['a row without a count', [{subscriber_name: 'sse_08adff9c'}]],
    ['no list', {detail: 'none'}],
    ['rows of nothing', [null, 7]],
  ])('and says so when the answer has %s', async (_, rows) => {
    const asking = new Asking();
    asking.rows = rows;
    asking.counts.connected();
    await asking.pass(first);
    expect(asking.events).toEqual([
      expect.objectContaining({
        kind: 'sent-count-unknown',
        reason: 'the monitor has no count for this client',
      }),
    ]);
  });
});

it('on a real monitor the count is that of the messages that came', async () => {
  const monitor = await monitorFor();
  const listening = await Listening.to(monitor, {timings: {...quickTimings, sentCountFirst: 200}});
  await eventually(() => expect(listening.of('connected')).toHaveLength(1));
  for (let sequence = 1; sequence <= 5; sequence += 1) {
    monitor.publish({msg_type: 'stf_gen', run_id: '7', sequence});
  }
  await eventually(() => expect(listening.of('sent-count')).toHaveLength(1));
  expect(listening.of('sent-count')[0]).toMatchObject({sent: 5, arrived: 5});
});
