import {describe, expect, it} from 'vitest';
import {Rhythm} from '../../source/receiver/rhythm.ts';
import {readMessage} from '../../source/wire/message.ts';

const second = 1000;

/** Tells the rhythm of messages of one execution: type and when, s. */
function heard(...messages: readonly (readonly [type: string, at: number])[]): Rhythm {
  const rhythm = new Rhythm();
  for (const [msg_type, at] of messages) {
    rhythm.heard(readMessage({msg_type, execution_id: 'x'}, ''), at * second);
  }
  return rhythm;
}

describe('a rhythm', () => {
  it('is missed once messages stay away for four of their intervals', () => {
    const rhythm = heard(['start_run', 0], ['stf_gen', 10], ['stf_gen', 20]);
    expect(rhythm.silentSince(60 * second)).toBeUndefined();
    expect(rhythm.silentSince(61 * second)).toBe(20 * second);
  });

  it('is that of the messages however they came, but for older ones that come later', () => {
    const rhythm = heard(['start_run', 0], ['stf_gen', 20], ['stf_gen', 10], ['stf_gen', 40]);
    expect(rhythm.silentSince(120 * second)).toBeUndefined();
    expect(rhythm.silentSince(121 * second)).toBe(40 * second);
  });

  it('is not changed by hearing the newest again', () => {
    const rhythm = heard(['start_run', 0], ['stf_gen', 20], ['stf_gen', 20], ['stf_gen', 20]);
    expect(rhythm.silentSince(100 * second)).toBeUndefined();
  });

  it.each(['pause_run', 'end_run'])(
    'ends with %s, and does not begin again with what was before',
    type => {
      expect(heard(['stf_gen', 0], [type, 5]).silentSince(600 * second)).toBeUndefined();
      expect(
        heard(['stf_gen', 0], [type, 5], ['stf_gen', 4]).silentSince(600 * second),
      ).toBeUndefined();
      expect(heard(['stf_gen', 0], [type, 5], ['resume_run', 6]).silentSince(600 * second)).toBe(
        6 * second,
      );
    },
  );

  it('is asked for some executions alone', () => {
    const rhythm = heard(['stf_gen', 0]);
    expect(rhythm.silentSince(60 * second, new Set(['x']))).toBe(0);
    expect(rhythm.silentSince(60 * second, new Set(['y']))).toBeUndefined();
  });
});
