// Runs the installed command as a shell would, without a terminal.
import {spawn, type ChildProcess} from 'node:child_process';
import {onTestFinished} from 'vitest';

export const program = new URL('../../bin/swfmon.js', import.meta.url).pathname;

export interface Running {
  readonly child: ChildProcess;
  /** What it wrote so far. */
  stdout: string;
  stderr: string;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** The environment is empty but for `env`, and so is the home. */
export function runCommand(
  args: readonly string[],
  env: Record<string, string> = {},
  {stdout = 'pipe', cwd}: {readonly stdout?: 'pipe' | number; readonly cwd?: string} = {},
): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: {PATH: process.env['PATH'], HOME: '/nonexistent', TZ: 'UTC', ...env},
    stdio: ['ignore', stdout, 'pipe'],
    ...(cwd !== undefined && {cwd}),
  });
  const running: Running = {
    child,
    stdout: '',
    stderr: '',
    ended: new Promise(resolve => {
      child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    }),
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (running.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (running.stderr += text));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return running;
}

export function accountFor(monitor: {readonly url: string; readonly token: string}) {
  return {
    SWF_API_TOKEN: monitor.token,
    SWF_SSE_RECEIVER_NAME: 'watch-1',
    SWF_MONITOR_PROD_URL: monitor.url,
  };
}
