// What the operator sees of a recording that is being made.
import {describe, expect, it} from 'vitest';
import {opening, start} from '../model/happenings.ts';
import {later} from './scenes.ts';
import {Session} from './session.ts';

const file = 'swfmon-20261123T191828Z-1234-00001.ndjson';
const recording = (seconds: number, removed = 0) =>
  ({kind: 'recording', at: later(seconds), file, removed}) as const;
const failed = {
  kind: 'recording-failed',
  at: later(2),
  reason: 'ENOSPC: no space left on device, write',
  retryAt: later(12),
} as const;

const opened = () => new Session({size: {columns: 120, rows: 40}}).hear(opening(start));

describe('a recording on the screen', () => {
  it('is not spoken of when there is none', () => {
    expect(opened().text).not.toContain('recording');
  });

  it('names its file in the connection pane', () => {
    expect(opened().hear([recording(1)]).text).toMatch(/recording +swfmon-20261123T191828Z/);
  });

  it('is an alert with its reason while it fails, and over when it goes on', () => {
    const session = opened()
      .hear([recording(1), failed])
      .wait(1);
    expect(session.rows[1]).toContain('not recording: ENOSPC: no space left on device, write');
    expect(session.text).toMatch(/recording +failed: ENOSPC/);
    session.hear([
      recording(12),
      {kind: 'not-recorded', at: later(13), from: later(3), to: later(12), events: 41},
    ]);
    expect(session.wait(1).rows[1]).toContain('(over)');
    expect(session.press('tab', 'return').text).toContain(
      '41 events of 9 s are not in the recording',
    );
  });

  it('tells in the history which files went', () => {
    const session = opened().hear([recording(1, 2)]);
    expect(session.press('tab', 'return').text).toContain(
      `recording to ${file}; oldest recordings removed: 2`,
    );
  });
});

describe('what an operator does', () => {
  it('happens as everything else, so that it is recorded', () => {
    const session = opened().hear([failed]).wait(1);
    session.press('m').type('beam back').press('return', 'x');
    expect(session.emitted).toEqual([
      {kind: 'mark', at: later(3), text: 'beam back'},
      {kind: 'acknowledged', at: later(3)},
    ]);
  });
});
