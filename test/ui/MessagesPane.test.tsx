// The messages with what stands between them, and no row drawn again without need.
import {beforeEach, describe, expect, it, vi} from 'vitest';
import {MessagesPane} from '../../source/ui/components/MessagesPane.tsx';
import {messageCells} from '../../source/ui/view-models/messages.ts';
import {received} from '../model/happenings.ts';
import {DrawnPart, sessionHere} from './drawn.tsx';
import {beat, hole, later, lostAndRetrying, reopened, twoRuns} from './scenes.ts';

vi.mock('../../source/ui/view-models/messages.ts', {spy: true});
beforeEach(() => {
  vi.mocked(messageCells).mockClear();
});

const draws = () => vi.mocked(messageCells).mock.calls.length;
const busy = () => sessionHere().hear(twoRuns());
const message = (text: string, seconds = 37) =>
  received({msg_type: 'sse_test', message: text}, later(seconds));

describe('the messages pane', () => {
  it('says that there are none yet, and shows the first', async () => {
    const session = sessionHere();
    const drawn = new DrawnPart(session, MessagesPane);
    expect(drawn.rows[1]).toBe('  none yet');
    expect(await drawn.looks()).toContain('dim «none yet»');
    session.hear([message('first')]);
    expect(drawn.now().rows[0]).toMatch(/^▸ Messages ─ 1 received, following ─/);
    expect(drawn.rows[1]).toMatch(/^▸ 19:19:04 sse_test .*first$/);
    expect(drawn.text).not.toContain('none yet');
  });

  it('follows the newest, with the cursor on it, a row up for each', () => {
    const session = busy();
    const drawn = new DrawnPart(session, MessagesPane);
    const before = drawn.rows;
    session.hear([message('next')]);
    expect(drawn.now().rows.at(-1)).toMatch(/^▸ .*next$/);
    expect(drawn.rows).toHaveLength(before.length);
    expect(drawn.rows.slice(1, -2)).toEqual(before.slice(2, -1));
    expect(drawn.rows.at(-2)).toBe(before.at(-1)?.replace('▸', ' '));
  });

  it('stays where the operator is, and counts what comes', () => {
    const session = busy().press('up');
    const drawn = new DrawnPart(session, MessagesPane);
    const before = drawn.rows;
    session.hear([message('next'), message('and next')]);
    expect(drawn.now().rows.slice(1)).toEqual(before.slice(1));
    expect(drawn.rows[0]).toMatch(/ ▼ 2 below, G follows ─/);
  });

  it('has no cursor while another pane has the focus', () => {
    const session = busy();
    const drawn = new DrawnPart(session, MessagesPane);
    expect(drawn.text).toContain('▸');
    session.press('tab');
    expect(drawn.now().text).not.toContain('▸');
  });

  it('draws gaps, missing STFs and marks across its width', async () => {
    const session = busy().hear(lostAndRetrying).hear(reopened).hear([hole]);
    session.press('m').type('beam is back').press('return').wait(1);
    const drawn = new DrawnPart(session, MessagesPane);
    const separators = drawn.rows.filter(row => row.includes('╌╌╌'));
    expect(separators).toEqual([
      expect.stringMatching(/^ {2}╌╌╌ gap of 0:14 from 19:19:04; .*╌+$/),
      expect.stringMatching(/^ {2}╌╌╌ STF 8–9 of run 100014 .* ╌+$/),
      expect.stringMatching(/^▸ ╌╌╌ mark 19:19:\d\d: beam is back ╌+$/),
    ]);
    expect((await drawn.looks()).match(/yellow «╌╌╌/g)).toHaveLength(3);
    session.press('up');
    expect(drawn.now().text).toMatch(/^▸ ╌╌╌ STF/m);
  });

  it('marks what is searched for in messages and between them', async () => {
    const session = busy().hear(lostAndRetrying).press('/').type('stream').press('return');
    const drawn = new DrawnPart(session, MessagesPane);
    expect(drawn.rows[0]).toContain(', /stream,');
    expect(await drawn.looks()).toContain('bold inverse «stream»');
    session.press('escape');
    expect(await drawn.now().looks()).not.toContain('inverse');
  });

  it('draws no row again when the second turns, a heartbeat comes or a key moves nothing', () => {
    const session = busy();
    const drawn = new DrawnPart(session, MessagesPane);
    const rows = drawn.rows.length - 1;
    expect(draws()).toBe(rows);
    session.wait(1);
    drawn.now();
    session.hear([beat(40)]);
    drawn.now();
    session.press('y');
    drawn.now();
    expect(draws()).toBe(rows);
  });

  it('draws two rows again when the cursor moves, and for a message it and the one before', () => {
    const session = busy();
    const drawn = new DrawnPart(session, MessagesPane);
    let before = draws();
    session.hear([message('next')]);
    drawn.now();
    expect(draws() - before).toBe(2);
    before = draws();
    session.press('up');
    drawn.now();
    expect(draws() - before).toBe(2);
  });

  it('draws all rows again each second where they show ages', () => {
    const session = busy().press('t', 't');
    expect(session.store.view.time).toBe('age');
    const drawn = new DrawnPart(session, MessagesPane);
    const rows = drawn.rows.length - 1;
    session.wait(1);
    drawn.now();
    expect(draws()).toBe(2 * rows);
  });

  it('reads in ASCII too', () => {
    const session = sessionHere({isAscii: true})
      .hear(lostAndRetrying)
      .hear([message('漢字')]);
    const {text} = new DrawnPart(session, MessagesPane);
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toMatch(/^ {2}--- gap since .* -+$/m);
    expect(text).toMatch(/^> 19:19:04 sse_test .*\?\?\?\?$/m);
  });
});
