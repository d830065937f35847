// What the documents say of files, flags, paths and recipes is so.
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {flagNames, typed} from '../source/settings/flag-table.ts';
import {paths} from '../source/wire/paths.ts';
import {emptyFolder, isThere, root, run} from './packaging/run.ts';

const pages = ['README.md', ...readdirSync(join(root, 'docs')).map(file => `docs/${file}`)].filter(
  file => file.endsWith('.md'),
);
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** Flags of other programs that the documents show. */
const others = ['--global', '--prefix', '--user', '--now', '--anonymous'];

describe.each(pages)('%s', page => {
  const text = read(page);

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, link]) => link!,
    );
    expect(links.filter(link => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  it('names only flags that there are', () => {
    const known = flagNames.flatMap(name => [typed(name), typed(name, true)]);
    const flags = new Set(text.match(/(?<![\w-])--[a-z][a-z-]+(?!-)/g));
    expect([...flags.difference(new Set([...known, ...others, '--msg-type']))]).toEqual([]);
  });
});

it('docs/developers.md names only files that are there', () => {
  const names = [...read('docs/developers.md').matchAll(/`([\w-]+\/[\w/.-]*)`/g)].map(
    ([, name]) => name!,
  );
  expect(names.length).toBeGreaterThan(20);
  const isFile = (name: string) =>
    ['source', '.'].some(folder => existsSync(join(root, folder, name)));
  expect(names.filter(name => !isFile(name))).toEqual([]);
});

it('docs/developers.md names every room', () => {
  const rooms = readdirSync(join(root, 'source'), {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .map(({name}) => name);
  const page = read('docs/developers.md');
  expect(rooms.filter(room => !page.includes(`\`${room}/\``))).toEqual([]);
});

it('docs/wire.md has every path that is asked', () => {
  const page = read('docs/wire.md');
  expect(Object.values(paths).filter(path => !page.includes(path))).toEqual([]);
});

describe.skipIf(!isThere('systemd-analyze'))('the unit of docs/install.md (needs systemd)', () => {
  const folder = emptyFolder();
  afterAll(folder.remove);

  it('has nothing that systemd would complain of', () => {
    const [, unit = ''] = /```ini\n([^]*?)```/.exec(read('docs/install.md')) ?? [];
    expect(unit).toContain('[Service]');
    const program = join(folder.path, '.local/bin/swfmon');
    mkdirSync(dirname(program), {recursive: true});
    writeFileSync(program, '');
    chmodSync(program, 0o755);
    const file = join(folder.path, 'swfmon.service');
    writeFileSync(file, unit);
    const env = {HOME: folder.path, XDG_RUNTIME_DIR: folder.path};
    const ran = run('systemd-analyze', ['--user', 'verify', file], {env});
    expect(ran).toMatchObject({status: 0, stderr: ''});
  });
});
