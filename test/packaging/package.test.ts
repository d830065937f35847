// The package as others get it: packed, installed from its tarball in an empty folder without a
// network, and run there.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {emptyFolder, isThere, root, run, type Ran} from './run.ts';

const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
};
const folder = emptyFolder();
afterAll(folder.remove);
const home = join(folder.path, 'home');
const prefix = join(folder.path, 'prefix');
const tarball = join(folder.path, `swfmon-${version}.tgz`);

/** As on a machine that has nothing and reaches nobody. */
const alone = {
  HOME: home,
  npm_config_cache: join(folder.path, 'cache'),
  npm_config_offline: 'true',
  npm_config_registry: 'http://127.0.0.1:9/',
  npm_config_audit: 'false',
  npm_config_update_notifier: 'false',
};

function npm(...args: readonly string[]): Ran {
  const ran = run('npm', args, {cwd: folder.path, env: alone});
  expect(ran).toMatchObject({status: 0});
  return ran;
}

beforeAll(() => {
  npm('pack', '--ignore-scripts', '--pack-destination', folder.path, root);
});

describe('the package', () => {
  it('holds the program and what goes with it, and nothing else', () => {
    const {stdout} = run('tar', ['tzf', tarball]);
    const files = stdout
      .trim()
      .split('\n')
      .map(file => file.replace(/^package\//, ''));
    expect(files.filter(file => !/^docs\/[\w-]+\.md$/.test(file)).toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/swfmon.js',
      'dist/completions/_swfmon',
      'dist/completions/swfmon.bash',
      'dist/completions/swfmon.fish',
      'dist/swfmon.1',
      'dist/swfmon.js',
      'package.json',
    ]);
  });
});

describe.each([
  [
    'for all users',
    ['install', '--global', '--prefix', prefix, tarball],
    join(prefix, 'bin/swfmon'),
  ],
  ['into a folder', ['install', tarball], join(folder.path, 'node_modules/.bin/swfmon')],
])('installed %s, without a network', (_where, args, program) => {
  beforeAll(() => {
    npm(...args);
  });

  it('says its version', () => {
    expect(run(program, ['--version'], {env: {HOME: home}})).toMatchObject({
      status: 0,
      stdout: `${version}\n`,
    });
  });

  it('shows the demo', () => {
    const ran = run(program, ['demo', '--plain', '--count', '2'], {env: {HOME: home, TZ: 'UTC'}});
    expect(ran.status).toBe(0);
    expect(ran.stdout).toMatch(/^\[\d\d:\d\d:\d\d\] run_imminent .*\n.*\n$/);
  });
});

describe('installed for all users', () => {
  it('has its manual page where man looks', () => {
    expect(readdirSync(join(prefix, 'share/man/man1'))).toEqual(['swfmon.1']);
  });

  it.skipIf(!isThere('man'))(
    `is shown by man${isThere('man') ? '' : ' (skipped: there is no man here)'}`,
    () => {
      const ran = run('man', ['swfmon'], {
        env: {MANPATH: join(prefix, 'share/man'), MANWIDTH: '80'},
      });
      expect(ran.status).toBe(0);
      expect(ran.stdout).toMatch(/^NAME\n +swfmon - live monitor for the ePIC streaming workflow/m);
    },
  );
});
