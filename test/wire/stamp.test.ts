// Stamps as Python writes them, with and without a zone.
import {afterEach, describe, expect, it} from 'vitest';
import {isAhead, isStampedByMonitor, parseStamp} from '../../source/wire/stamp.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const zone = process.env['TZ'];

afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe.each(['UTC', 'America/New_York', 'Asia/Kolkata'])(
  'where the clock is set to %s',
  place => {
    it.each([
      ['2026-11-23T12:00:00+00:00', noon],
      ['2026-11-23T12:00:00.000001+00:00', noon],
      ['2026-11-23T12:00:00Z', noon],
      ['2026-11-23T07:00:00-05:00', noon],
      ['2026-11-23T07:00:00-0500', noon],
      ['2026-11-23T12:00:00', noon],
      ['2026-11-23T12:00:00.250', noon + 250],
      ['2026-11-23T12:00:00.250999', noon + 250],
      ['2026-11-23 12:00:00', noon],
      ['2026-11-23 12:00:00.5', noon + 500],
      ['2026-11-23 12:00:00+00:00', noon],
      ['2026-11-23T12:00', noon],
      ['2026-11-23', noon - 12 * 3_600_000],
      ['Mon, 23 Nov 2026 12:00:00 GMT', noon],
      ['Mon Nov 23 12:00:00 2026', noon],
    ])('%s is a time', (text, at) => {
      process.env['TZ'] = place;
      expect(parseStamp(text)).toBe(at);
    });

    it.each([
      '',
      'soon',
      '2026-13-01T00:00:00',
      '0001-01-01T00:00:00',
      '9999-12-31T00:00:00',
      1,
      null,
    ])('%j is none', value => {
      process.env['TZ'] = place;
      expect(parseStamp(value)).toBeUndefined();
    });
  },
);

it.each([
  [0, false],
  [-86_400_000, false],
  [60_000, false],
  [60_001, true],
  [5 * 3_600_000, true],
])('%d ms from now: ahead %s', (from, expected) => {
  expect(isAhead(noon + from, noon)).toBe(expected);
});

describe('a message is stamped', () => {
  it.each([
    ['{"msg_type":"x","sender_agent":"a","queue_name":"q","sent_at":"t"}', true],
    ['{"msg_type":"x","sent_at":"t"}', true],
    ['{"msg_type":"x","sent_at":"t","sender_agent":"a","queue_name":"q"}', false],
    ['{"msg_type":"x","sender_agent":"a","sent_at":"t","queue_name":"q"}', false],
    ['{"msg_type":"x"}', false],
  ])('%s by the monitor: %s', (data, expected) => {
    expect(isStampedByMonitor(JSON.parse(data))).toBe(expected);
  });
});
