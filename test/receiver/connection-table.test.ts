import {describe, expect, it} from 'vitest';
import {connectionTable, type ConnectionState} from '../../source/receiver/connection-table.ts';

const states = Object.keys(connectionTable) as ConnectionState[];

describe('the connection’s table', () => {
  it.each(states.filter(state => state !== 'stopped'))('lets %s be stopped', state => {
    expect(connectionTable[state].stop).toEqual(['stopped', 'close']);
  });

  it('never leaves stopped', () => {
    expect(connectionTable.stopped).toEqual({});
  });

  it.each(['connecting', 'live'] as const)('schedules the next try when %s is lost', state => {
    expect(connectionTable[state].lost).toEqual(['waiting', 'scheduleRetry']);
  });

  it('schedules it too when a stream without a heartbeat is lost, and renews that no more', () => {
    expect(connectionTable.noHeartbeat.lost).toEqual(['waiting', 'cancelRenewal', 'scheduleRetry']);
  });

  it('retries slowly once refused', () => {
    expect(connectionTable.connecting.refused).toEqual(['refused', 'scheduleSlowRetry']);
  });

  it.each(['waiting', 'refused'] as const)(
    'tries again from %s, by itself and when asked',
    state => {
      expect(connectionTable[state].retryDue).toEqual(['connecting', 'connect']);
      expect(connectionTable[state].reconnect).toEqual(['connecting', 'cancelRetry', 'connect']);
    },
  );

  it.each(['live', 'noHeartbeat'] as const)('replaces the stream of %s by overlap alone', state => {
    expect(connectionTable[state].reconnect).toEqual([state, 'overlap']);
    expect(connectionTable[state].refilter).toEqual([state, 'overlap']);
  });

  it('does not restart an attempt because the operator is impatient', () => {
    expect(connectionTable.connecting.reconnect).toBeUndefined();
  });

  it('renews a stream without a heartbeat again and again, until an event comes', () => {
    expect(connectionTable.live.heartbeatMissed).toEqual(['noHeartbeat', 'scheduleRenewal']);
    expect(connectionTable.noHeartbeat.renewalFailed).toEqual(['noHeartbeat', 'scheduleRenewal']);
    expect(connectionTable.noHeartbeat.event).toEqual(['live', 'cancelRenewal', 'reportRecovered']);
  });

  it('is live only once an event has come', () => {
    const ways = states.flatMap(state =>
      Object.entries(connectionTable[state]).filter(([, [next]]) => next === 'live'),
    );
    expect([...new Set(ways.map(([input]) => input))].sort()).toEqual([
      'confirmed',
      'event',
      'reconnect',
      'refilter',
    ]);
  });

  it('has a way from every state but stopped to live', () => {
    const reaches = (from: ConnectionState, seen = new Set<ConnectionState>()): boolean => {
      if (from === 'live') return true;
      if (seen.has(from)) return false;
      seen.add(from);
      return Object.values(connectionTable[from]).some(step => reaches(step[0], seen));
    };
    for (const state of states) expect(reaches(state)).toBe(state !== 'stopped');
  });
});
