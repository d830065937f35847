// Stamps of wrong clocks and zones among right ones: what they must not do.
import {describe, expect, it} from 'vitest';
import {MessageTimes} from '../../source/model/message-times.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import type {JsonObject} from '../../source/testbed/python-json.ts';
import {utcStamp} from '../../source/testbed/stamps.ts';
import {delivery, modelAfter, opening, received, start} from './happenings.ts';

const hour = 3_600_000;
const later = (seconds: number) => start + seconds * 1000;

/** A message of run 7 whose stamp is so many ms off. */
const off = (type: string, seconds: number, by: number, more: JsonObject = {}): MonitorEvent =>
  received(
    {msg_type: type, run_id: '7', sent_at: utcStamp(later(seconds) - delivery + by), ...more},
    later(seconds),
  );
const stf = (sequence: number, seconds: number, by = 0) => off('stf_gen', seconds, by, {sequence});
const begun = [...opening(start), off('run_imminent', 1, 0), off('start_run', 2, 0)];

function alertsAt(events: readonly MonitorEvent[], seconds: number): readonly string[] {
  const model = modelAfter(events);
  model.checkAlerts(later(seconds));
  return model.snapshot(later(seconds)).alerts.map(({text}) => text);
}

describe.each([
  ['five hours ahead', 5 * hour],
  ['two minutes ahead', 120_000],
  ['five hours behind', -5 * hour],
])('a stamp %s', (_name, by) => {
  it('silences no alert', () => {
    const events = [...begun, stf(1, 3), stf(2, 5, by)];
    expect(alertsAt(events, 60)).toEqual(['run 7: no STF for 55 s, usual: every 2 s']);
    const imminent = [...opening(start), off('run_imminent', 1, by)];
    expect(alertsAt(imminent, 400)).toEqual(['run 7: imminent for 6 min, not started']);
  });

  it('makes no latency', () => {
    const {latency} = modelAfter([...begun, stf(1, 3, by)]).snapshot(later(4));
    expect(latency).toEqual({median: delivery, p99: delivery});
  });

  it('on end_run ends the run all the same, after its last STF', () => {
    const {runs} = modelAfter([...begun, stf(1, 3), off('end_run', 10, by)]).snapshot(later(11));
    expect(runs[0]).toMatchObject({phase: 'ended', endedAt: later(10), oddities: {outOfOrder: 0}});
  });
});

it('a stamp without a zone is UTC', () => {
  const sent_at = utcStamp(later(3) - delivery).replace('+00:00', '');
  const event = received({msg_type: 'stf_gen', run_id: '7', sent_at}, later(3));
  const {latency, runs} = modelAfter([...begun, event]).snapshot(later(4));
  expect(latency.median).toBe(delivery);
  expect(runs[0]?.lastAt).toBe(later(3) - delivery);
});

it('a stamp a little ahead, as clocks are measured, is a latency of nothing', () => {
  const {latency} = modelAfter([...opening(start), off('a', 1, 40)]).snapshot(later(2));
  expect(latency).toEqual({median: 0, p99: 0});
  expect(Object.is(latency.median, -0)).toBe(false);
});

it('what REST stored later than now was stored now', () => {
  const event = off('stf_gen', 3, 5 * hour, {sequence: 1}) as MonitorEvent & {kind: 'message'};
  const {runs} = modelAfter([...begun, {...event, source: 'history'}]).snapshot(later(4));
  expect(runs[0]?.lastAt).toBe(later(3));
});

describe('where all stamps are old', () => {
  const day = 24 * hour;

  it('they are believed, as those of a recording that is streamed', () => {
    const times = new MessageTimes();
    expect(times.believed(start - day, start, true)).toBe(start - day);
    expect(times.believed(start - day + 9000, start + 1, true)).toBe(start - day + 9000);
  });

  it('those of another one are, once it goes on', () => {
    const times = new MessageTimes();
    times.believed(start, start, true);
    const seen = Array.from({length: 65}, (_, index) =>
      times.believed(start - day, start + index, true),
    );
    expect([seen[0], seen.at(-1)]).toEqual([undefined, start - day]);
  });
});

describe('a stamp of the agent’s own', () => {
  /** As the monitor passes it on: what it adds stands behind. */
  const own = (seconds: number, by: number, more: JsonObject = {}) =>
    off('stf_gen', seconds, by, {...more, sender_agent: 'daq', queue_name: 'epictopic'});

  it('makes no latency', () => {
    const {latency} = modelAfter([...opening(start), own(1, -20_000)]).snapshot(later(2));
    expect(latency).toEqual({median: undefined, p99: undefined});
  });

  it('hours behind in all its messages raises no alert', () => {
    const events = [...begun, ...[1, 2, 3].map(n => own(2 + n, -5 * hour, {sequence: n}))];
    expect(alertsAt(events, 6)).toEqual([]);
    expect(alertsAt(events, 60)).toEqual(['run 7: no STF for 55 s, usual: every 1 s']);
  });
});
