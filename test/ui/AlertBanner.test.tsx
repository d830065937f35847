// The line for alerts: there while one is not acknowledged, and gone then.
import {describe, expect, it} from 'vitest';
import {AlertBanner} from '../../source/ui/components/AlertBanner.tsx';
import {received} from '../model/happenings.ts';
import {DrawnPart, sessionHere} from './drawn.tsx';
import {later, twoRuns} from './scenes.ts';

const failed = (message: string, seconds = 37, run_id = '100013') =>
  received({msg_type: 'daq_error', run_id, message}, later(seconds));
const busy = () => sessionHere().hear(twoRuns());

describe('the alert banner', () => {
  it('is not there without alerts, comes with one, and goes when it is acknowledged', async () => {
    const session = busy();
    const drawn = new DrawnPart(session, AlertBanner);
    expect(drawn.text).toBe('');
    session.hear([failed('no beam')]);
    expect(drawn.now().text).toMatch(/^ ▲ 19:19:05 run 100013: daq_error: no beam +A list, x /);
    expect(await drawn.looks()).toMatch(/bold red «▲ .* no beam»  dim «A list, x acknowledge»/);
    session.press('x');
    expect(drawn.now().text).toBe('');
  });

  it('shows the newest of several, and how many there are', () => {
    const session = busy().hear([failed('no beam'), failed('no disk', 38, '100014')]);
    expect(new DrawnPart(session, AlertBanner).text).toMatch(
      /^ ▲ 2 alerts · 19:19:06 run 100014: daq_error: no disk /,
    );
  });

  it.each([
    ['x'.repeat(300), /: x+… {2}A list/],
    ['漢字'.repeat(90), /: [漢字]+… {2,3}A list/],
  ])('cuts one that is too long before the keys', (message, shown) => {
    const drawn = new DrawnPart(busy().hear([failed(message)]), AlertBanner);
    expect(drawn.rows).toHaveLength(1);
    expect(drawn.text).toMatch(shown);
  });

  it('leaves the keys out where the terminal is narrow', () => {
    const session = busy()
      .hear([failed('no beam')])
      .resize({columns: 60, rows: 24});
    expect(new DrawnPart(session, AlertBanner).text).toBe(
      ' ▲ 19:19:05 run 100013: daq_error: no beam',
    );
  });

  it('reads in ASCII too', () => {
    const session = sessionHere({isAscii: true}).hear([failed('café 漢')]);
    expect(new DrawnPart(session, AlertBanner).text).toMatch(/^ ! [ -~]+: caf\? \?\? +A list/);
  });
});
