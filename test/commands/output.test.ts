// stdout that takes no more, and terminals that are gone: the same for every command.
import {spawn} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {isUnderNohup} from '../../source/commands/nohup.ts';
import {Output} from '../../source/commands/output.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {eventually} from '../eventually.ts';
import {PassThrough} from 'node:stream';
import {accountFor, program, runCommand} from './run-command.ts';

function opened(path: string, flags: string): number {
  const file = openSync(path, flags);
  onTestFinished(() => closeSync(file));
  return file;
}

const fullDisk = 'swfmon: stdout: ENOSPC: no space left on device, write\n';
const closed = 'swfmon: stdout is closed: the rest is not printed\n';

describe('a full disk ends with 1 and one line on stderr', () => {
  it.each([
    [['config']],
    [['config', '--json']],
    [['--help']],
    [['tail', '--help']],
    [['--version']],
    [['completion', 'bash']],
    [['doctor', '--json']],
    [['doctor']],
    [['serve', '--port', '0']],
  ])('%j', async args => {
    const account = {SWF_MONITOR_PROD_URL: 'http://127.0.0.1:1', SWF_API_TOKEN: 't'};
    const command = runCommand(args, account, {stdout: opened('/dev/full', 'w')});
    expect(await command.ended).toBe(1);
    const own = command.stderr.split('\n').filter(line => !line.startsWith('swfmon: ['));
    expect(own.join('\n')).toBe(fullDisk);
  });

  it.each([
    [['tail', '--count', '1']],
    [['tail', '--count', '1', '--json', '--no-register']],
    [['tail']],
  ])('%j', async args => {
    const monitor = await startMonitor();
    onTestFinished(() => monitor.close());
    const stdout = opened('/dev/full', 'w');
    const command = runCommand(args, accountFor(monitor), {stdout});
    await eventually(() => expect(monitor.clients).toHaveLength(1));
    monitor.publish({msg_type: 'x'});
    expect(await command.ended).toBe(1);
    expect(command.stderr.endsWith(fullDisk)).toBe(true);
  });
});

describe('a pipe that nobody reads any more', () => {
  it('ends doctor with 1 and one line on stderr', async () => {
    const command = runCommand(['doctor'], {SWF_MONITOR_PROD_URL: 'http://127.0.0.1:1'});
    command.child.stdout?.destroy();
    expect(await command.ended).toBe(1);
    expect(command.stderr).toBe(closed);
  });

  it('is a quiet end of tail', async () => {
    const monitor = await startMonitor();
    onTestFinished(() => monitor.close());
    const command = runCommand(['tail', '--json'], accountFor(monitor));
    await eventually(() => expect(monitor.clients).toHaveLength(1));
    command.child.stdout?.destroy();
    monitor.publish({msg_type: 'x'});
    expect(await command.ended).toBe(0);
    expect(command.stderr).not.toContain('closed');
  });

  it.each([['config'], ['doctor'], ['--help']])(
    '%s goes on without one for its diagnostics',
    async arg => {
      const command = runCommand([arg], {SWF_API_TOKEN: 'not a token', SWF_MONITOR_PROD_URL: 'x'});
      command.child.stderr?.destroy();
      expect(await command.ended).toBe({config: 2, doctor: 1, '--help': 0}[arg]);
      expect(command.stdout.length).toBeGreaterThan(500);
    },
  );
});

describe('what is written', () => {
  it('is refused once it was not taken, and who listens is told', async () => {
    const stream = new PassThrough();
    const output = new Output(stream as unknown as NodeJS.WriteStream);
    const told: boolean[] = [];
    output.onError(({isClosed}) => told.push(isClosed));
    output.write('a');
    stream.destroy(Object.assign(new Error('write EPIPE'), {code: 'EPIPE'}));
    expect((await output.finished())?.isClosed).toBe(true);
    expect(told).toEqual([true]);
    expect(() => output.write('b')).toThrow('stdout is closed');
  });

  it('is waited for', async () => {
    const output = new Output(new PassThrough() as unknown as NodeJS.WriteStream);
    output.write('a');
    expect(await output.finished()).toBeUndefined();
  });
});

describe('a hang-up', () => {
  /** As people start it, by way of a shell, which then waits. */
  function shell(line: string, env: Record<string, string>) {
    const child = spawn('bash', ['-c', line, process.execPath, program], {
      env: {PATH: process.env['PATH'], HOME: '/nonexistent', ...env},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const written = {stdout: ''};
    child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return {child, written};
  }

  it('does not end what nohup has started; SIGTERM does', async () => {
    const monitor = await startMonitor();
    onTestFinished(() => monitor.close());
    const line = 'nohup "$0" "$1" tail --json & echo "$!"; wait "$!"; echo "status $?"';
    const {written} = shell(line, accountFor(monitor));
    await eventually(() => expect(monitor.clients).toHaveLength(1));
    const pid = Number(written.stdout.split('\n')[0]);
    onTestFinished(() => {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended, as it should.
      }
    });
    process.kill(pid, 'SIGHUP');
    monitor.publish({msg_type: 'after'});
    await eventually(() => expect(written.stdout).toContain('after'));
    process.kill(pid, 'SIGTERM');
    await eventually(() => expect(written.stdout).toContain('status 143'));
  });

  it('ends what a shell has started by itself', async () => {
    const monitor = await startMonitor();
    onTestFinished(() => monitor.close());
    const command = runCommand(['tail'], accountFor(monitor));
    await eventually(() => expect(monitor.clients).toHaveLength(1));
    command.child.kill('SIGHUP');
    expect(await command.ended).toBe(129);
  });

  it('is known to be ignored by what nohup leaves behind', () => {
    const readable = opened('/dev/null', 'r');
    expect(isUnderNohup({_: '/usr/bin/nohup'}, readable)).toBe(true);
    expect(isUnderNohup({_: '/usr/bin/node'}, readable)).toBe(false);
    expect(isUnderNohup({}, readable)).toBe(false);
    expect(isUnderNohup({}, opened('/dev/null', 'w'))).toBe(true);
    expect(isUnderNohup({}, opened(program, 'r'))).toBe(false);
  });
});
