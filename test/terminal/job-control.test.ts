// Ctrl-Z and fg, as a shell with job control does them.
import {existsSync} from 'node:fs';
import {expect, it, onTestFinished} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {accountFor, program} from '../commands/run-command.ts';
import {eventually} from '../eventually.ts';
import {PtySession} from './pty-session.ts';

const bash = '/bin/bash';

async function inShell() {
  const monitor = await startMonitor();
  const session = new PtySession({
    program: bash,
    args: ['--norc', '--noprofile', '-i'],
    env: {...accountFor(monitor), PS1: 'ready> ', HISTFILE: ''},
  });
  onTestFinished(async () => {
    session.dispose();
    await monitor.close();
  });
  await session.sees('ready> ');
  session.press(`'${process.execPath}' '${program}'\r`);
  await session.sees('LIVE');
  return {monitor, session};
}

it.runIf(existsSync(bash))(
  'Ctrl-Z gives the shell its terminal, fg brings the screen back as it should be',
  async () => {
    const {monitor, session} = await inShell();
    for (const [columns, rows] of [
      [80, 24],
      [100, 30],
    ] as const) {
      session.press('\u001a');
      await session.sees(/Stopped/);
      await eventually(() => expect(session.isAlternate()).toBe(false));
      session.press(`echo "typed at $((${rows} + 1000))"\r`);
      await session.sees(`typed at ${rows + 1000}`);
      session.resize(columns, rows);
      session.press('clear; fg; echo "fg ended with $?"\r');
      await session.sees('LIVE');
      await eventually(() => {
        expect(session.isAlternate()).toBe(true);
        expect(session.rows()).toHaveLength(rows);
        expect(session.rows().at(-1)).toContain('q quit');
        expect(session.screen()).not.toContain('typed at');
      });
      session.press('?');
      await session.sees('back one level; never quits');
      session.press('?');
      await session.sees('Messages ─');
    }
    monitor.publish({msg_type: 'sse_test', run_id: 'r1', message: 'hello again'});
    await session.sees('hello again');
    session.press('q');
    await session.sees('fg ended with 0');
    expect(session.isAlternate()).toBe(false);
    session.press('exit\r');
    expect((await session.end()).exitCode).toBe(0);
  },
);
