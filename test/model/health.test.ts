// The connection's health: sequences of events, and what holds after each.
import {describe, expect, it} from 'vitest';
import {foldHealth, newHealth, type Health} from '../../source/model/health.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {agreed} from './circumstances.ts';
import {opening, received, start} from './happenings.ts';

const healthAfter = (...events: readonly MonitorEvent[]): Health =>
  events.reduce(foldHealth, newHealth);

const stfs: StreamFilter = {types: ['stf_gen'], agents: [], runs: []};
const later = (seconds: number) => start + seconds * 1000;
const live = opening(start);
const quiet: MonitorEvent = {
  kind: 'quiet',
  at: later(45),
  since: start,
  reconnectAt: later(75),
};
const lost: MonitorEvent = {
  kind: 'lost',
  at: later(9),
  stream: 1,
  reason: 'the server ended the stream',
  remedy: undefined,
};
const retrying: MonitorEvent = {
  kind: 'retrying',
  at: later(9),
  attempt: 2,
  retryAt: later(12),
  reason: 'the server ended the stream',
  remedy: undefined,
};
const refused: MonitorEvent = {
  kind: 'refused',
  at: later(1),
  reason: '401',
  remedy: 'set SWF_API_TOKEN',
  retryAt: later(61),
};
const connecting = (at: number, attempt: number, filter = everything): MonitorEvent => ({
  kind: 'connecting',
  at,
  stream: 2,
  why: attempt > 1 ? 'retry' : 'filter',
  attempt,
  filter,
});
const opened = (at: number, filter = everything): MonitorEvent => ({
  kind: 'opened',
  at,
  stream: 2,
  filter,
  serverTime: undefined,
});

describe('a deaf stream', () => {
  const deaf: MonitorEvent = {kind: 'deaf', at: later(20), since: later(5), missing: 3};

  it('hears again once a stream brings a message', () => {
    expect(healthAfter(...live, deaf, received({msg_type: 'x'}, later(21))).word).toBe('LIVE');
  });

  it('hears again once REST has agreed with the next one for a while, not before', () => {
    const wordAt = (...events: readonly MonitorEvent[]) =>
      healthAfter(...live, deaf, ...events).word;
    expect(wordAt(agreed(600))).toBe('DEAF');
    expect(wordAt(opened(later(21)), agreed(36))).toBe('DEAF');
    expect(wordAt(opened(later(21)), agreed(37))).toBe('LIVE');
    expect(wordAt(opened(later(21)), {...agreed(37), caughtUp: 1} as MonitorEvent)).toBe('DEAF');
  });
});

describe('the state word', () => {
  const calm = {reason: undefined, remedy: undefined, dueAt: undefined};
  it.each<[string, readonly MonitorEvent[], Partial<Health>]>([
    ['nothing yet', [], {word: 'CONNECTING', since: undefined, attempt: 1}],
    ['the first try', [connecting(start, 1)], {word: 'CONNECTING', since: start, attempt: 1}],
    ['a stream', live, {...calm, word: 'LIVE', since: start, openedAt: start}],
    [
      'a stream without a heartbeat',
      [...live, quiet],
      {word: 'NO HEARTBEAT', since: later(45), dueAt: later(75), lastSignAt: start},
    ],
    [
      'a stream that has one again',
      [...live, quiet, {kind: 'recovered', at: later(50)}],
      {...calm, word: 'LIVE', since: later(50)},
    ],
    [
      'a lost stream',
      [...live, lost, retrying],
      {
        word: 'RETRYING',
        since: later(9),
        dueAt: later(12),
        attempt: 2,
        losses: 1,
        reason: 'the server ended the stream',
        clientId: undefined,
      },
    ],
    [
      'the next try',
      [...live, lost, retrying, connecting(later(12), 2)],
      {word: 'CONNECTING', since: later(12), attempt: 2, dueAt: undefined},
    ],
    [
      'a new stream after a lost one',
      [...live, lost, retrying, connecting(later(12), 2), opened(later(13))],
      {...calm, word: 'LIVE', since: later(13), openedAt: later(13), losses: 1},
    ],
    [
      'a refusal',
      [connecting(start, 1), refused],
      {
        word: 'REFUSED',
        since: later(1),
        dueAt: later(61),
        reason: '401',
        remedy: 'set SWF_API_TOKEN',
        losses: 0,
      },
    ],
    [
      'a stream after a refusal',
      [refused, opened(later(61))],
      {...calm, word: 'LIVE', since: later(61)},
    ],
    [
      'the end',
      [...live, lost, retrying, {kind: 'stopped', at: later(20), reason: 'quit'}],
      {...calm, word: 'STOPPED', since: later(20)},
    ],
  ])('after %s', (_, events, expected) => {
    expect(healthAfter(...events)).toMatchObject(expected);
  });

  it('stays LIVE, since the same time, while a second stream takes over', () => {
    const over = [connecting(later(60), 1, stfs), opened(later(61), stfs)];
    for (let count = 0; count <= over.length; count += 1) {
      expect(healthAfter(...live, ...over.slice(0, count))).toMatchObject({
        word: 'LIVE',
        since: start,
      });
    }
  });

  it('stays NO HEARTBEAT while a second stream is opened beside the first', () => {
    expect(healthAfter(...live, quiet, connecting(later(75), 1)).word).toBe('NO HEARTBEAT');
  });
});

describe('the filter', () => {
  const asked: MonitorEvent = {kind: 'filter-requested', at: later(5), filter: stfs};

  it('is asked for before it is in force', () => {
    expect(healthAfter(...live, asked)).toMatchObject({filter: everything, requested: stfs});
  });

  it('is in force once a stream opened with it', () => {
    const changed: MonitorEvent = {kind: 'filter-changed', at: later(7), filter: stfs};
    expect(healthAfter(...live, asked, opened(later(6), stfs), changed)).toMatchObject({
      filter: stfs,
      requested: undefined,
      filterRefusal: undefined,
    });
  });

  it('has changed when another takes its place, while a stream works or after it was lost', () => {
    const changedAt = (...events: readonly MonitorEvent[]) =>
      healthAfter(...events).filterChangedAt;
    expect(changedAt(...opening(start, stfs))).toBeUndefined();
    expect(changedAt(connecting(start, 1, stfs), connecting(later(3), 2, stfs))).toBeUndefined();
    expect(changedAt(...live, opened(later(6)))).toBeUndefined();
    const changed = [...live, connecting(later(5), 1, stfs), opened(later(6), stfs)];
    expect(changedAt(...changed)).toBe(later(6));
    expect(changedAt(...changed, opened(later(60), stfs))).toBe(later(6));
    const retried = connecting(later(12), 2, stfs);
    expect(changedAt(...live, lost, retrying, retried, opened(later(13), stfs))).toBe(later(12));
  });

  const failed: MonitorEvent = {
    kind: 'change-failed',
    at: later(8),
    why: 'filter',
    filter: stfs,
    reason: '503',
  };

  it('stays when the change is not taken, and says why until the next request', () => {
    const health = healthAfter(...live, asked, failed);
    expect(health).toMatchObject({
      word: 'LIVE',
      filter: everything,
      requested: undefined,
      filterRefusal: '503',
    });
    expect(foldHealth(health, asked)).toMatchObject({requested: stfs, filterRefusal: undefined});
  });

  it('is still asked for when another kind of change fails', () => {
    expect(healthAfter(...live, asked, {...failed, why: 'operator'})).toMatchObject({
      requested: stfs,
      filterRefusal: undefined,
    });
  });
});

describe('counts and measurements', () => {
  it('counts messages and faults, and when the last came', () => {
    const bad = received({msg_type: null}, later(4));
    expect(healthAfter(...live, received({msg_type: 'stf_gen'}, later(3)), bad)).toMatchObject({
      messages: 2,
      faults: 1,
      lastMessageAt: later(4),
      lastByteAt: later(4),
    });
  });

  it('measures the clock skew from heartbeats that tell the time, and keeps it over others', () => {
    const beat = (at: number, serverTime: number | undefined): MonitorEvent => ({
      kind: 'heartbeat',
      at,
      stream: 1,
      serverTime,
    });
    expect(healthAfter(beat(later(30), later(32.5)), beat(later(60), undefined))).toMatchObject({
      clockSkew: 2500,
      lastHeartbeatAt: later(60),
      lastByteAt: later(60),
    });
  });

  it('adds bytes up', () => {
    const bytes = (count: number, lastAt: number): MonitorEvent => ({
      kind: 'bytes',
      at: lastAt + 1,
      count,
      lastAt,
    });
    expect(healthAfter(bytes(100, later(1)), bytes(20, later(2)))).toMatchObject({
      bytes: 120,
      lastByteAt: later(2),
    });
  });

  it('counts gaps, and knows whether one is open', () => {
    const gap: MonitorEvent = {
      kind: 'gap-opened',
      at: later(9),
      id: 1,
      from: later(8),
      reason: 'lost',
    };
    const closed: MonitorEvent = {
      kind: 'gap-closed',
      at: later(20),
      id: 1,
      from: later(8),
      to: later(20),
    };
    expect(healthAfter(gap)).toMatchObject({gaps: 1, gapFrom: later(8)});
    expect(healthAfter(gap, closed, gap, closed)).toMatchObject({gaps: 2, gapFrom: undefined});
  });

  it('remembers the last registration, and a failure until the next success', () => {
    const registered: MonitorEvent = {kind: 'registered', at: later(1), status: 'OK'};
    const failed: MonitorEvent = {kind: 'registration-failed', at: later(61), reason: '500'};
    expect(healthAfter(registered, failed)).toMatchObject({
      registeredAt: later(1),
      registrationFailure: '500',
    });
    expect(healthAfter(failed, registered).registrationFailure).toBeUndefined();
  });
});

describe('the history', () => {
  it('tells what happened in words, but not messages, beats and bytes', () => {
    const {history} = healthAfter(
      ...live,
      received({msg_type: 'stf_gen'}, later(1)),
      {kind: 'heartbeat', at: later(2), stream: 1, serverTime: later(2)},
      {kind: 'bytes', at: later(3), count: 1, lastAt: later(3)},
      lost,
    );
    expect(history.map(({text}) => text)).toEqual([
      'connecting for all messages',
      'stream open: all messages',
      'client id 08adff9c-dc17-4a57-afc4-0e7e500b6309',
      'lost: the server ended the stream',
    ]);
    expect(history.at(-1)?.at).toBe(later(9));
  });

  it('keeps the newest 200', () => {
    const {history} = healthAfter(
      ...Array.from({length: 300}, (_, n): MonitorEvent => connecting(later(n), n + 1)),
    );
    expect(history).toHaveLength(200);
    expect([history[0]?.at, history.at(-1)?.at]).toEqual([later(100), later(299)]);
  });
});
