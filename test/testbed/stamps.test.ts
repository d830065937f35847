// Time as the monitor and its agents write it.
import {expect, test} from 'vitest';
import {labNaiveStamp, labStamp, utcStamp} from '../../source/testbed/stamps.ts';

test('stamps carry microseconds', () => {
  const at = Date.UTC(2026, 10, 23, 19, 18, 28) + 673.758;
  expect(utcStamp(at)).toBe('2026-11-23T19:18:28.673758+00:00');
  expect(labStamp(at)).toBe('2026-11-23T14:18:28.673758-05:00');
  expect(labNaiveStamp(at)).toBe('2026-11-23T14:18:28.673758');
});
