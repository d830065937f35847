// Programs that the packaging tests run, in folders of their own.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** With this Node first in the PATH, and nothing of the environment but what is given. */
export function run(
  program: string,
  args: readonly string[],
  {cwd = root, env = {}}: {readonly cwd?: string; readonly env?: Record<string, string>} = {},
): Ran {
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`;
  return spawnSync(program, args, {
    cwd,
    env: {PATH: path, LANG: 'C.UTF-8', ...env},
    encoding: 'utf8',
  });
}

export const isThere = (program: string): boolean => run('which', [program]).status === 0;

/** An empty folder; its owner takes it away. */
export function emptyFolder(): {readonly path: string; readonly remove: () => void} {
  const path = mkdtempSync(join(tmpdir(), 'package-'));
  return {path, remove: () => rmSync(path, {recursive: true, force: true})};
}
