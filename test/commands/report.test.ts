// `swfmon report`: the handover of a recorded shift, in the words of the screen.
import {spawnSync} from 'node:child_process';
import {closeSync, existsSync, openSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {encodeEvent, encodeHead} from '../../source/recording/format.ts';
import {runEvents, start} from '../model/happenings.ts';
import {about, newDirectory} from '../recording/disk.ts';
import {everyAlert, filled, later, lostAndRetrying, reopened, twoRuns} from '../ui/scenes.ts';
import {recordedSession} from './replaying.ts';
import {program, runCommand} from './run-command.ts';

const marked = {kind: 'mark', at: later(53), text: 'beam back | at last'} as const;
const shift = [...twoRuns(), ...lostAndRetrying, ...reopened, ...filled, marked];

async function reported(...args: readonly string[]) {
  const command = runCommand(['report', ...args]);
  expect(await command.ended).toBe(0);
  expect(command.stderr).toBe('');
  return command.stdout;
}

/** Without when it was written, which is now. */
const timeless = (text: string) =>
  text.replace(/Written by swfmon on [\d :-]+,/, 'Written by swfmon on …,');

describe('swfmon report', () => {
  it('is Markdown for the e-log', async () => {
    const {directory} = await recordedSession(shift);
    const text = await reported(directory, '--time', 'utc');
    await expect(timeless(text)).toMatchFileSnapshot('goldens/shift.md');
  });

  it('says what w in the connection pane says', async () => {
    for (const events of [shift, everyAlert()]) {
      const {session, directory} = await recordedSession(events);
      session.press('tab', 'w');
      const [written] = session.written;
      expect(written?.name).toMatch(/^swfmon-shift-\d{8}T\d{6}Z\.md$/);
      const text = await reported(directory, '--time', 'utc');
      expect(timeless(text)).toBe(timeless(written!.text));
      expect(session.press('c').copied.map(timeless)).toEqual([timeless(text)]);
    }
  });

  it.skipIf(!existsSync('/dev/full'))(
    'ends with 1 when what it is written to is full',
    async () => {
      const {directory} = await recordedSession(shift);
      const full = openSync('/dev/full', 'w');
      onTestFinished(() => closeSync(full));
      const {status, stderr} = spawnSync(process.execPath, [program, 'report', directory], {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([
        1,
        'swfmon: stdout: ENOSPC: no space left on device, write\n',
      ]);
    },
  );

  it('is JSON for programs', async () => {
    const {directory} = await recordedSession(shift);
    const {swfmon, shifts} = JSON.parse(await reported(directory, '--json')) as {
      swfmon: string;
      shifts: Record<string, unknown>[];
    };
    expect(swfmon).toBe('report');
    expect(shifts).toMatchObject([
      {
        from: '2026-11-23T19:18:26.000Z',
        to: '2026-11-23T19:19:21.000Z',
        monitor: about.monitor,
        receiver: about.receiver,
        state: 'LIVE',
        heard_seconds: 41,
        lost: 1,
        messages: 159,
        runs: [
          {run: '100013', phase: 'ended', stfs: 10, stfs_expected: 10, stfs_missing: []},
          {run: '100014', phase: 'running', stfs: 6, ended_at: null},
        ],
        gaps: [{reason: 'the server ended the stream', caught_up: 4}],
        marks: [{at: '2026-11-23T19:19:21.000Z', text: 'beam back | at last'}],
      },
    ]);
  });

  it('counts from a time on', async () => {
    const {directory} = await recordedSession([
      ...shift,
      ...runEvents({runNumber: 100099, startedAt: later(3600)}),
    ]);
    const text = await reported(directory, '--since', '10m', '--json');
    expect(JSON.parse(text)).toMatchObject({
      shifts: [{lost: 0, messages: runEvents().length, runs: [{run: '100099'}], gaps: []}],
    });
  });

  it('is one for each program that recorded, and says what could not be read', async () => {
    const directory = newDirectory();
    for (const [index, at] of [start, later(7200)].entries()) {
      const series = `2026112${3 + index}T000000Z-1`;
      const run = runEvents({runNumber: 100013 + index, startedAt: at});
      const lines = run.map(event => encodeEvent(event)).join('');
      writeFileSync(
        join(directory, `${index}.ndjson`),
        `${encodeHead({...about, series, part: 1, at})}${lines}{"kind": "mes`,
      );
    }
    const text = await reported(directory, '--time', 'utc');
    expect(text.match(/^# Shift from .*$/gm)).toHaveLength(2);
    expect(text).toContain('0.ndjson ends in half a line');
    const [last] = (await reported(directory, '--time', 'utc', '--since', '1h')).split('## ');
    expect(last).toMatch(/^# Shift from 2026-11-23 21:1/);
  });
});
