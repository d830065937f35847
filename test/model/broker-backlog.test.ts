// A backlog in the broker, as the agents' own clocks show it against the monitor's stamps.
import {describe, expect, it} from 'vitest';
import {BrokerBacklog} from '../../source/model/broker-backlog.ts';
import {shiftOf} from '../../source/report/shift.ts';
import {shiftJson} from '../../source/report/shift-json.ts';
import {shiftReportOf} from '../../source/report/snapshot-reports.ts';
import {labNaiveStamp, utcStamp} from '../../source/testbed/stamps.ts';
import {messageFrom, modelAfter, opening, received, start} from './happenings.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** What an agent sends every ten seconds, from `from` to `to` (ms after the start). */
interface Sending {
  readonly from: number;
  readonly to: number;
  /** How long its messages wait, ms. */
  readonly waits: number;
  /** How far its clock is from UTC, ms. */
  readonly zone?: number;
  readonly agents?: readonly string[];
}

function noted(...sendings: readonly Sending[]): BrokerBacklog {
  const backlog = new BrokerBacklog();
  for (const {from, to, waits, zone = -5 * hour, agents = ['a']} of sendings) {
    for (let at = start + from; at < start + to; at += 10 * second) {
      const timestamp = utcStamp(at - waits + zone).slice(0, 26);
      for (const processed_by of agents) {
        backlog.note(messageFrom({msg_type: 'x', processed_by, timestamp}), at, at);
      }
    }
  }
  return backlog;
}

const after = (backlog: BrokerBacklog, ms: number) => backlog.at(start + ms).now;
const calm: Sending = {from: 0, to: 10 * minute, waits: 30};

describe('a backlog', () => {
  it.each([-5 * hour, 0, 5.5 * hour])('is seen whatever the agents’ zone: %d ms', zone => {
    const late = {from: 10 * minute, to: 12 * minute, waits: 3 * minute};
    expect(after(noted({...calm, zone}), 10 * minute)).toBe(0);
    expect(after(noted({...calm, zone}, {...late, zone}), 12 * minute)).toBe(3 * minute - 30);
  });

  it('is not known of agents that nobody knows yet, or that are silent', () => {
    expect(after(noted({...calm, to: 20 * second}), 20 * second)).toBeUndefined();
    expect(after(noted(calm), 12 * minute)).toBeUndefined();
    expect(after(new BrokerBacklog(), 0)).toBeUndefined();
  });

  it('goes on being seen, and is over when it is over', () => {
    const late = {from: 10 * minute, to: 70 * minute, waits: 4 * minute};
    const over = {from: 70 * minute, to: 72 * minute, waits: 30};
    expect(after(noted(calm, late), 70 * minute)).toBe(4 * minute - 30);
    expect(after(noted(calm, late, over), 72 * minute)).toBe(0);
  });

  it('is of all agents: one that is late by itself is none', () => {
    const all = {...calm, agents: ['a', 'b', 'c']};
    const others = {from: 10 * minute, to: 12 * minute, waits: 30, agents: ['a', 'b']};
    const one = {from: 10 * minute, to: 12 * minute, waits: 5 * minute, agents: ['c']};
    expect(after(noted(all, others, one), 12 * minute)).toBe(0);
  });

  it('is no single late message', () => {
    const late = {from: 10 * minute, to: 10 * minute + second, waits: 5 * minute};
    const more = {from: 10 * minute + 10 * second, to: 11 * minute, waits: 30};
    expect(after(noted(calm, late, more), 11 * minute)).toBe(0);
  });
});

describe('an agent’s clock', () => {
  const change = (by: number, waits = 30) => {
    const zone = -5 * hour + by;
    return after(noted(calm, {from: 10 * minute, to: 12 * minute, waits, zone}), 12 * minute);
  };

  it.each([-hour, hour, -30 * minute, 6 * hour])(
    'set by %d ms, as for summer time, is no backlog',
    by => {
      expect(change(by)).toBe(0);
    },
  );

  it.each([-hour, hour])('set by %d ms while messages wait hides none', by => {
    expect(change(by, 3 * minute)).toBe(3 * minute - 30);
  });

  it('set right is no backlog: at once where it was slow, in hours where it was fast', () => {
    expect(change(2 * minute)).toBe(0);
    const slow = {from: 10 * minute, to: 5 * hour, waits: 30, zone: -5 * hour - 20 * second};
    expect(after(noted(calm, {...slow, to: 12 * minute}), 12 * minute)).toBe(20 * second);
    expect(after(noted(calm, slow), 5 * hour)).toBe(0);
  });
});

it.each([undefined, null, 'soon', 1795458650.69, ''])(
  'a timestamp of %j says nothing',
  timestamp => {
    const backlog = new BrokerBacklog();
    const content = {
      msg_type: 'x',
      processed_by: 'a',
      ...(timestamp === undefined ? {} : {timestamp}),
    };
    for (let at = start; at < start + minute; at += 5000)
      backlog.note(messageFrom(content), at, at);
    expect(after(backlog, minute)).toBeUndefined();
  },
);

it('any number of agents is held within a bound', () => {
  const names = Array.from({length: 5000}, (_, index) => `agent-${index}`);
  const backlog = noted({from: 0, to: 10 * second, waits: 0, agents: names});
  expect(after(backlog, 0)).toBeUndefined();
});

describe('in the model and the report', () => {
  const at = (ms: number, waits: number) =>
    received(
      {msg_type: 'x', processed_by: 'a', timestamp: labNaiveStamp(start + ms - waits)},
      start + ms,
    );
  const events = [
    ...opening(start),
    ...[0, 10, 20, 30, 40].map(s => at(s * second, 0)),
    ...[50, 60, 70, 80, 90, 100].map(s => at(s * second, 2 * minute)),
  ];
  const snapshot = modelAfter(events).snapshot(start + 100 * second);

  it('the latency is small, the backlog is not', () => {
    expect(snapshot.latency.median).toBeLessThan(100);
    expect(snapshot.backlog.now).toBe(2 * minute);
  });

  it('the shift has its longest, where it was in the shift', () => {
    const shift = shiftOf(snapshot);
    expect(shift.backlog).toEqual({waited: 2 * minute, at: start + 90 * second});
    const {facts} = shiftReportOf(shift, snapshot, 'utc');
    expect(facts.find(({label}) => label === 'broker backlog')?.value).toMatch(
      /^up to 2 min 00 s, at /,
    );
    const about = {monitor: 'm', receiver: 'r'};
    expect(shiftJson(shift, snapshot, about).broker_backlog).toMatchObject({seconds: 120});
    expect(shiftOf(snapshot, {since: start + 95 * second}).backlog).toBeUndefined();
  });
});
