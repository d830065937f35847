// `--record`: the real program records what it hears, or says at once that it cannot.
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {simulateRun} from '../../source/testbed/simulation.ts';
import {eventually} from '../eventually.ts';
import {filesIn, linesIn, newDirectory, readAll} from '../recording/disk.ts';
import {accountFor, runCommand} from './run-command.ts';

async function recording(directory: string, ...args: readonly string[]) {
  const monitor = await startMonitor();
  onTestFinished(() => monitor.close());
  const tail = runCommand(['tail', '--record', directory, ...args], accountFor(monitor));
  await eventually(() => expect(monitor.clients).toHaveLength(1));
  return {monitor, tail};
}

const dataIn = (directory: string) =>
  readAll(directory).events.flatMap(event => (event.kind === 'message' ? [event.data] : []));

describe('swfmon tail --record', () => {
  it('records what it prints, and everything that happened besides', async () => {
    const directory = newDirectory();
    const {monitor, tail} = await recording(directory, '--json', '--count', '3');
    for (const sequence of [1, 2, 3]) monitor.publish({msg_type: 'stf_gen', sequence});
    expect(await tail.ended).toBe(0);
    expect(dataIn(directory)).toEqual(tail.stdout.trimEnd().split('\n'));
    const kinds = new Set(readAll(directory).events.map(({kind}) => kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['recording', 'connecting', 'opened', 'connected', 'stopped']),
    );
    expect(tail.stderr).toContain(`recording to ${filesIn(directory)[0]}`);
  });

  it('loses nothing that was heard a second before it is killed', async () => {
    const directory = newDirectory();
    const {monitor, tail} = await recording(directory);
    simulateRun(monitor);
    await eventually(() => expect(tail.stdout).toContain('end_run'));
    const printed = tail.stdout.split('\n').length - 1;
    await new Promise(resolve => setTimeout(resolve, 1000));
    tail.child.kill('SIGKILL');
    expect(await tail.ended).toBe('SIGKILL');
    expect(dataIn(directory)).toHaveLength(printed);
    expect(readAll(directory).flaws).toEqual([]);
  });

  it('has the token nowhere', async () => {
    const directory = newDirectory();
    const {monitor, tail} = await recording(directory, '--count', '1');
    monitor.publish({msg_type: 'x'});
    await tail.ended;
    const text = filesIn(directory).flatMap(name => linesIn(join(directory, name)));
    expect(text.join('\n')).toContain('"msg_type');
    expect(text.join('\n')).not.toContain(monitor.token);
  });

  it.each([
    ['a file', '', /ENOTDIR/],
    ['below a file', 'inner', /ENOTDIR/],
    ['below that', 'inner/more', /ENOTDIR/],
  ])('ends at once with 2 and one line when the directory is %s', async (_, below, why) => {
    const file = join(mkdtempSync(join(tmpdir(), 'recording-')), 'file');
    onTestFinished(() => rmSync(join(file, '..'), {recursive: true}));
    writeFileSync(file, '');
    const account = {SWF_API_TOKEN: 't', SWF_SSE_RECEIVER_NAME: 'n'};
    const tail = runCommand(['tail', '--record', join(file, below)], account);
    expect(await tail.ended).toBe(2);
    expect(tail.stdout).toBe('');
    expect(tail.stderr).toMatch(/^swfmon: nothing can be recorded to [^\n]+\n$/);
    expect(tail.stderr).toMatch(why);
  });
});

describe.skipIf(!existsSync('/proc/self'))('below /proc, where nobody makes anything', () => {
  it.each(['/proc/x', '/proc/x/y'])('a recording to %s ends at once with 2', async directory => {
    const account = {SWF_API_TOKEN: 't', SWF_SSE_RECEIVER_NAME: 'n'};
    const tail = runCommand(['tail', '--record', directory], account);
    expect(await tail.ended).toBe(2);
    expect(tail.stderr).toMatch(
      /^swfmon: nothing can be recorded to [^\n]+ E(?:NOENT|ACCES)[^\n]+\n$/,
    );
  });

  it('a folder for temporary files is done without', async () => {
    const version = runCommand(['--version'], {TMPDIR: '/proc'});
    expect(await version.ended).toBe(0);
  });
});

it('a directory with those above it is made', async () => {
  const directory = join(newDirectory(), 'a', 'b');
  const {monitor, tail} = await recording(directory, '--count', '1');
  monitor.publish({msg_type: 'x'});
  expect(await tail.ended).toBe(0);
  expect(dataIn(directory)).toHaveLength(1);
});
