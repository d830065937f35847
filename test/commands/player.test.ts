// A replay shows what was seen live, at the pace that is asked for.
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {encodeEvent, encodeHead} from '../../source/recording/format.ts';
import {opening, received, runEvents, start} from '../model/happenings.ts';
import {about, newDirectory} from '../recording/disk.ts';
import {goldenOf, middle, small} from '../ui/golden-scenes.ts';
import {everyAlert, filled, later, lostAndRetrying, reopened, twoRuns} from '../ui/scenes.ts';
import {capturedRun, recordedSession, ReplaySession} from './replaying.ts';

/** All but the top line and the keys, which say that it is a replay. */
const between = ({rows}: {readonly rows: readonly string[]}) =>
  rows.filter(row => row !== '').slice(1, -1);

const busy = [...twoRuns(), ...lostAndRetrying, ...reopened, ...filled];

describe('a replay', () => {
  it.each([small, middle])(
    'ends with the screen that was seen live, at $columns × $rows',
    async size => {
      for (const events of [twoRuns(), busy, everyAlert()]) {
        const {session, directory} = await recordedSession(events, {size});
        for (const speed of [10, Infinity]) {
          const replay = new ReplaySession([directory], {size, speed}).pass(10);
          expect(between(replay)).toEqual(between(session));
          expect(replay.rows[0]).toMatch(/^ ■ REPLAY ended 100 % swfmon-/);
          // It stays there.
          expect(between(replay.pass(5))).toEqual(between(session));
        }
      }
    },
  );

  it('of the captured run ends with its last screen', async () => {
    const {session, directory} = await recordedSession(capturedRun(), {size: middle});
    const replay = new ReplaySession([directory], {size: middle, speed: Infinity}).pass(1);
    expect(between(replay)).toEqual(between(session));
    expect(replay.text).toContain('95 received');
  });

  it.each([small, middle])('is the golden of the live screen, at $columns × $rows', size => {
    const last = twoRuns().at(-1)!.at;
    const silence: MonitorEvent = {kind: 'bytes', at: last + 1000, count: 0, lastAt: last};
    const recorded = {live: [...twoRuns(), silence], 'gap filled': busy};
    for (const [scene, events] of Object.entries(recorded)) {
      const golden = readFileSync(new URL(`../ui/${goldenOf(scene, size)}`, import.meta.url));
      const path = join(newDirectory(), 'recording.ndjson');
      const head = encodeHead({...about, series: '1', part: 1, at: start});
      writeFileSync(path, head + events.map(event => encodeEvent(event)).join(''));
      const replay = new ReplaySession([path], {size, speed: Infinity}).pass(1);
      expect(between({rows: replay.text.split('\n')})).toEqual(
        between({rows: String(golden).split('\n')}),
      );
    }
  });

  it('says at the top where it is, and at the bottom which keys there are', async () => {
    const {directory} = await recordedSession(busy);
    const {rows} = new ReplaySession([directory], {size: middle}).pass(30);
    expect(rows[0]).toMatch(
      /^ ▶ REPLAY ×1 \d\d % swfmon-\S+ {2}● LIVE {2}byte 0s ago .* 19:18:56 UTC $/,
    );
    expect(rows.at(-1)).toMatch(
      /^ \? help {2}q quit {2}\/ search .* Space pause {2}> speed {2}e jump/,
    );
  });

  it('has the times of then', async () => {
    const {directory} = await recordedSession(twoRuns());
    const replay = new ReplaySession([directory]);
    expect(replay.rows[0]).toMatch(/19:18:26 UTC $/);
    expect(replay.pass(12).rows[0]).toMatch(/19:18:38 UTC $/);
    expect(replay.rows[0]).toContain('▶ REPLAY ×1');
  });
});

describe('the keys of a replay', () => {
  const marked = [
    ...opening(start),
    ...[10, 20, 30].map(seconds => received({msg_type: `at_${seconds}`}, later(seconds))),
    {kind: 'gap-opened', id: 1, at: later(40), from: later(39), reason: 'reset'},
    {kind: 'gap-closed', id: 1, at: later(50), from: later(39), to: later(50)},
    received({msg_type: 'processing_failed', run_id: '7'}, later(400)),
    received({msg_type: 'last'}, later(500)),
  ] as const;
  const replayed = async (options = {}) =>
    new ReplaySession([(await recordedSession(marked)).directory], options);
  const seen = (replay: ReplaySession) => replay.text.match(/at_\d\d|last /g) ?? [];

  it('Space holds it, and lets it go on', async () => {
    const replay = (await replayed()).pass(15).press('space');
    expect(replay.rows[0]).toContain('‖ REPLAY paused');
    expect(seen(replay.pass(60))).toEqual(['at_10']);
    expect(replay.press('space').rows[0]).toContain('▶ REPLAY ×1');
    expect(seen(replay.pass(10))).toEqual(['at_10', 'at_20']);
  });

  it('. goes on by one message or event, and holds', async () => {
    const replay = (await replayed()).pass(1).press('.');
    expect(seen(replay)).toEqual(['at_10']);
    expect(seen(replay.press('.', '.'))).toEqual(['at_10', 'at_20', 'at_30']);
    expect(replay.press('.').rows.at(-1)).toContain('gap: messages can be missed from here');
    expect(replay.pass(60).rows[0]).toContain('19:19:08 UTC');
  });

  it('> and < change its speed', async () => {
    const replay = (await replayed()).press('>', '>', '>');
    expect(replay.rows.at(-1)).toContain('speed ×10');
    expect(seen(replay.pass(2.2))).toEqual(['at_10', 'at_20']);
    expect(replay.press('<', '<', '<', '<').rows.at(-1)).toContain('speed ×0.5');
    expect(seen(replay.pass(10))).toEqual(['at_10', 'at_20']);
    replay.press(...'>>>>>>>>>'.split(''));
    expect(replay.rows.at(-1)).toContain('speed max');
    expect(seen(replay.pass(0.1))).toContain('last ');
  });

  it('e goes to the next gap or alert, and holds there', async () => {
    const replay = (await replayed()).press('e').pass(0.1);
    expect(replay.rows[0]).toContain('‖ REPLAY paused');
    expect(replay.rows[0]).toContain('19:19:08 UTC');
    // Nothing happens then: REST ought to have answered by now.
    expect(replay.press('e').pass(0.1).rows[1]).toContain('a gap of 11 s is not filled');
    expect(replay.rows[0]).toContain('19:20:19 UTC');
    expect(replay.press('e').pass(0.1).rows[1]).toContain('2 alerts');
    expect(replay.press('e').pass(0.1).rows[0]).toContain('■ REPLAY ended');
    expect(replay.press('e').rows.at(-1)).toContain('the recording ends here; R plays it');
  });

  it('R plays it from the beginning, as if nothing had been heard', async () => {
    const replay = (await replayed({speed: Infinity})).pass(1);
    expect(seen(replay)).toContain('last ');
    replay.press('<', '<', '<', '<', '<', '<', 'R');
    expect(seen(replay.pass(0.1))).toEqual([]);
    expect(replay.rows[0]).toContain('19:18:28 UTC');
    expect(seen(replay.pass(15))).toEqual(['at_10']);
  });

  it('say why there is nobody to ask or to mark for', async () => {
    const replay = (await replayed()).pass(15);
    for (const key of ['1', '0', 'f', 'a', 'r', 'l', 'ctrl+r']) {
      expect(replay.press(key).rows.at(-1)).toContain(
        `${key} asks the server, and this is a recording`,
      );
    }
    expect(replay.press('m').rows.at(-1)).toContain('a mark of today in a recording of then');
    expect(replay.calls).toEqual([]);
    expect(replay.press('q').calls).toEqual(['quit']);
  });

  it('are in its footer and its help, and the others are not', async () => {
    const replay = await replayed({size: {columns: 120, rows: 60}});
    expect(replay.rows.at(-1)).toContain('Space pause  > speed  e jump');
    expect(replay.rows.at(-1)).not.toContain('filter');
    const {text} = replay.press('?');
    expect(text).toContain('in a replay: faster and slower');
    expect(text).not.toContain('pause the view and resume');
  });

  it('are unknown to a live screen', async () => {
    const {session} = await recordedSession(marked);
    expect(session.press('e').rows.at(-1)).toContain('e does nothing here');
  });
});

describe('what is replayed', () => {
  it('begins at a time of its own', async () => {
    const {directory} = await recordedSession(twoRuns());
    const replay = new ReplaySession([directory], {since: later(20)});
    expect(replay.rows[0]).toContain('▼ REPLAY jumping 0 %');
    expect(replay.pass(0.1).rows[0]).toContain('19:18:48 UTC');
    expect(replay.pass(10).rows[0]).toMatch(/▶ REPLAY ×1 .* 19:18:58 UTC/);
    expect(replay.text).toContain('100013');
  });

  it('knows nothing of before when another program begins to record', () => {
    const directory = newDirectory();
    const write = (name: string, series: string, at: number, events: readonly string[]) =>
      writeFileSync(
        join(directory, name),
        encodeHead({...about, series, part: 1, at}) + events.join(''),
      );
    const run = (runNumber: number, startedAt: number) =>
      runEvents({runNumber, startedAt}).map(event => encodeEvent(event));
    write('a.ndjson', '20261123T191828Z-1', start, run(100013, start));
    write('b.ndjson', '20261123T211828Z-1', later(7200), run(100099, later(7200)));
    const replay = new ReplaySession([directory], {speed: 60}).pass(0.4);
    expect(replay.text).toContain('100013');
    replay.pass(2);
    expect(replay.text).toContain('100099');
    expect(replay.text).not.toContain('100013');
  });

  it('may be gone in between: what cannot be read is counted', async () => {
    const directory = newDirectory();
    const path = join(directory, 'a.ndjson');
    writeFileSync(path, encodeHead({...about, series: 's', part: 1, at: start}));
    const {files} = (await import('../../source/recording/find-recordings.ts')).findRecordings([
      path,
    ]);
    rmSync(path);
    const {RecordingReader} = await import('../../source/recording/recording-reader.ts');
    const reader = new RecordingReader(files);
    expect([...reader.entries()]).toMatchObject([{kind: 'series'}]);
    expect(reader.flaws).toEqual([expect.stringMatching(/^a\.ndjson cannot be read: ENOENT/)]);
  });
});
