// A recording that version 0.1.0 made (a demo's first minute: five runs in two namespaces, and test messages) replays and reports.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {ReplaySession} from '../commands/replaying.ts';
import {runCommand} from '../commands/run-command.ts';
import {newDirectory, readAll} from './disk.ts';

const fixture = new URL('fixtures/0.1.0.ndjson.gz', import.meta.url);

function recording(): string {
  const path = join(newDirectory(), 'swfmon-20261125T190930Z-6886-00001.ndjson');
  writeFileSync(path, gunzipSync(readFileSync(fixture)));
  return path;
}

describe('a recording of version 0.1.0', () => {
  it('is read to its last event, nothing of it left aside', () => {
    const {events, flaws} = readAll(recording());
    expect([events.length, flaws]).toEqual([699, []]);
  });

  it('replays to the runs that it saw', () => {
    const replay = new ReplaySession([recording()], {speed: Infinity});
    replay.pass(1);
    const {runs} = replay.player.snapshot(replay.player.now());
    expect(
      runs
        .filter(({runId}) => runId.startsWith('100'))
        .map(({key, phase, total, pipeline}) => [
          key,
          phase,
          pipeline.generated.numbers.count,
          pipeline.ready.numbers.count,
          total,
        ]),
    ).toEqual([
      ['fastmon-dev/100018', 'running', 6, 6, undefined],
      ['torre1/100017', 'running', 23, 23, undefined],
      ['fastmon-dev/100016', 'ended', 14, 14, 14],
      ['fastmon-dev/100015', 'ended', 8, 8, 8],
      ['torre1/100014', 'ended', 14, 14, 14],
    ]);
    expect(replay.text).toContain('100018');
  });

  it('is reported in the words of the screen, and as JSON', async () => {
    const path = recording();
    const words = runCommand(['report', path, '--time', 'utc']);
    expect([await words.ended, words.stderr]).toEqual([0, '']);
    expect(words.stdout).toContain('Shift from 2026-11-25 19:09:30');
    const json = runCommand(['report', path, '--json']);
    expect(await json.ended).toBe(0);
    const {shifts} = JSON.parse(json.stdout) as {
      readonly shifts: readonly {readonly runs: readonly object[]; readonly gaps: unknown[]}[];
    };
    expect(shifts.map(({runs, gaps}) => [runs.length, gaps.length])).toEqual([[7, 0]]);
    expect(shifts[0]?.runs[0]).toMatchObject({
      run: '100014',
      namespace: 'torre1',
      execution: 'stf_datataking-torre-0001',
      phase: 'ended',
      stfs: 14,
      stfs_expected: 14,
      stfs_told_at_end: 14,
      stfs_missing: [],
    });
  });
});
