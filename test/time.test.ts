// Times of day in the operator's zones, ages and durations.
import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  formatAge,
  formatDay,
  formatBrief,
  formatDuration,
  formatLength,
  formatTime,
  timeModes,
  zoneName,
} from '../source/time.ts';

const noon = Date.UTC(2026, 10, 23, 12, 34, 56, 999);

describe('formatTime', () => {
  test('UTC', () => {
    expect(formatTime(noon, 'utc', 0)).toBe('12:34:56');
    expect(formatTime(0, 'utc', noon)).toBe('00:00:00');
  });

  // The lab's clocks go from 2:00 to 3:00 on 2026-03-08 and from 2:00 to 1:00 on 2026-11-01.
  test.each([
    ['2026-03-08T06:59:59Z', '01:59:59', 'EST'],
    ['2026-03-08T07:00:00Z', '03:00:00', 'EDT'],
    ['2026-11-01T05:59:59Z', '01:59:59', 'EDT'],
    ['2026-11-01T06:00:00Z', '01:00:00', 'EST'],
    ['2026-11-23T19:18:23Z', '14:18:23', 'EST'],
    ['2026-07-01T04:00:00Z', '00:00:00', 'EDT'],
  ])('the lab at %s: %s %s', (stamp, time, zone) => {
    const at = Date.parse(stamp);
    expect([formatTime(at, 'lab', at), zoneName('lab', at)]).toEqual([time, zone]);
  });

  test('local is what this machine’s own clock shows', () => {
    const machine = new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    for (const at of [noon, 0, Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 6, 1)]) {
      expect(formatTime(at, 'local', at)).toBe(machine.format(at));
    }
  });

  test('an age is counted from now', () => {
    expect(formatTime(noon - 90_000, 'age', noon)).toBe('1m');
    expect(formatTime(noon + 90_000, 'age', noon)).toBe('0s');
  });
});

describe('formatDay', () => {
  const night = Date.parse('2026-11-24T03:30:00Z');

  test('is the day of the zone that the times are in', () => {
    expect([formatDay(night, 'utc'), formatDay(night, 'lab')]).toEqual([
      '2026-11-24',
      '2026-11-23',
    ]);
  });

  test('local, and with ages, is the day of this machine', () => {
    const day = new Intl.DateTimeFormat('en-CA', {dateStyle: 'short'}).format(night);
    expect([formatDay(night, 'local'), formatDay(night, 'age')]).toEqual([day, day]);
  });
});

test('every mode has a name', () => {
  expect(timeModes.map(mode => zoneName(mode, noon))).toEqual([
    expect.stringMatching(/\S/) as unknown,
    'UTC',
    'EST',
    'age',
  ]);
});

describe('formatBrief', () => {
  test.each([
    [-1, '0:00'],
    [3_599_999, '59:59'],
    [3_600_000, '1h00'],
    [86_399_999, '23h59'],
    [86_400_000, '1d00h'],
    [10 * 86_400_000 - 1, '9d23h'],
    [10 * 86_400_000, '10d'],
  ])('%i ms is %s', (duration, brief) => {
    expect(formatBrief(duration)).toBe(brief);
  });
});

describe('formatLength', () => {
  test.each([
    [-5000, '0.0 s'],
    [0, '0.0 s'],
    [240, '0.2 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min 00 s'],
    [125_400, '2 min 05 s'],
    [3_599_499, '59 min 59 s'],
    [3_599_500, '1 h 00 min'],
    [11_100_000, '3 h 05 min'],
    [36 * 3_600_000, '36 h 00 min'],
  ])('%d ms is %s', (duration, words) => {
    expect(formatLength(duration)).toBe(words);
  });
});

describe('formatAge', () => {
  test.each([
    [-5000, '0s'],
    [0, '0s'],
    [999, '0s'],
    [1000, '1s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [3_599_999, '59m'],
    [3_600_000, '1h'],
    [86_399_999, '23h'],
    [86_400_000, '1d'],
    [30 * 86_400_000, '30d'],
  ])('%i ms is %s', (duration, age) => {
    expect(formatAge(duration)).toBe(age);
  });
});

describe('formatDuration', () => {
  test.each([
    [-1, '0:00'],
    [0, '0:00'],
    [7999, '0:07'],
    [59_999, '0:59'],
    [60_000, '1:00'],
    [754_000, '12:34'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [11_109_000, '3:05:09'],
    [100 * 3_600_000, '100:00:00'],
  ])('%i ms is %s', (duration, clock) => {
    expect(formatDuration(duration)).toBe(clock);
  });

  test('it loses no whole second', () => {
    fc.assert(
      fc.property(fc.nat({max: 1e9}), duration => {
        const parts = formatDuration(duration).split(':').map(Number);
        const seconds = parts.reduce((sum, part) => sum * 60 + part, 0);
        expect(seconds).toBe(Math.floor(duration / 1000));
      }),
    );
  });
});
