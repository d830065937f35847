// The program as one file, on a machine that has a Node and nothing else.
import {copyFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {emptyFolder, root, run} from './run.ts';

const folder = emptyFolder();
afterAll(folder.remove);
const file = join(folder.path, 'swfmon.mjs');
copyFileSync(join(root, 'dist/swfmon.mjs'), file);
const env = {HOME: folder.path};

/** A Node on the PATH that is too old, if there is one. */
const oldNode = (process.env['PATH'] ?? '')
  .split(':')
  .map(directory => join(directory, 'node'))
  .find(node => {
    const [major = 0, minor = 0] = run(node, ['-p', 'process.versions.node'])
      .stdout?.split('.')
      .map(Number) ?? [Infinity];
    return major > 0 && (major < 22 || (major === 22 && minor < 19));
  });

describe('node swfmon.mjs', () => {
  it('runs by itself', () => {
    const ran = run(process.execPath, [file, 'demo', '--json', '--count', '1'], {
      cwd: folder.path,
      env,
    });
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({msg_type: 'run_imminent'});
    expect(readdirSync(folder.path)).toEqual(['swfmon.mjs']);
  });

  it('refuses what the command refuses', () => {
    expect(run(process.execPath, [file, '--nonsense'], {env})).toMatchObject({
      status: 2,
      stderr: 'swfmon: unknown flag --nonsense\n        swfmon --help\n',
    });
  });

  const skipped = oldNode === undefined ? ' (skipped: no Node here is too old)' : '';
  it.skipIf(skipped !== '')(`says what it needs to an old Node${skipped}`, () => {
    const ran = run(oldNode!, [file, '--version'], {env});
    expect(ran).toMatchObject({status: 2, stdout: ''});
    expect(ran.stderr).toMatch(
      /^swfmon needs Node 22\.19 or newer; this is v\d+\S* \(\S+\)\.\n.*\n$/,
    );
  });
});
