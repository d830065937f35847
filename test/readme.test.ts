import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {drawPicture, pathOf, pictures} from '../scripts/pictures.ts';
import {renderReadme} from '../scripts/readme.ts';
import {flagNames, typed} from '../source/settings/flag-table.ts';
import {parseSettingsFile} from '../source/settings/parse-settings-file.ts';
import {settingKeys, settingOf} from '../source/settings/setting-table.ts';
import {goldenOf} from './screen/golden-scenes.ts';
import {elementsOf, textOfSvg} from './scripts/read-svg.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe('the README', () => {
  const readme = read('README.md');

  it('has the screen, the commands and the keys as they are (npm run readme makes them)', () => {
    expect(readme).toBe(renderReadme(readme));
  });

  it('names only flags that there are, and those of a filter and a monitor', () => {
    const flags = new Set(readme.match(/--[a-z][a-z-]+/g));
    const known = flagNames.flatMap(name => [typed(name), typed(name, true)]);
    expect([...flags.difference(new Set([...known, '--global']))]).toEqual([]);
    for (const flag of ['--message', '--agent', '--run', '--monitor-url', '--name', '--ca-file']) {
      expect([...flags]).toContain(flag);
    }
  });

  it('shows a settings file without a mistake, and names every key of one', () => {
    const example = /```jsonc\n([^]*?)```/.exec(readme)?.[1] ?? '';
    expect(parseSettingsFile(example, 'README').faults).toEqual([]);
    const words = new Set(readme.match(/\w+/g));
    for (const key of settingKeys.filter(key => settingOf(key).inFile !== 'never')) {
      expect([...words]).toEqual(expect.arrayContaining(key.split('.')));
    }
  });

  it('gives the commands that the package has', () => {
    const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>};
    for (const [, script] of readme.matchAll(/npm (?:run )?(start|test|check|readme)\b/g)) {
      expect(Object.keys(scripts)).toContain(script);
    }
  });
});

describe('the pictures', () => {
  it.each(pictures)('$name is as the script makes it (npm run readme)', async picture => {
    expect(read(pathOf(picture))).toBe(await drawPicture(picture));
  });

  it.each(pictures)('$name says what the golden says', picture => {
    const golden = read(`test/screen/${goldenOf(picture.scene, picture.size)}`);
    expect(textOfSvg(read(pathOf(picture)))).toBe(golden);
  });

  it.each(pictures)('$name runs nothing and needs nothing from elsewhere', picture => {
    const svg = read(pathOf(picture));
    const elements = elementsOf(svg);
    const names = new Set(elements.map(({name}) => name));
    expect([...names]).toEqual(['svg', 'title', 'desc', 'style', 'rect', 'g', 'text']);
    const attributes = new Set(elements.flatMap(element => Object.keys(element.attributes)));
    expect([...attributes].filter(name => /^on|href|src|^style$/.test(name))).toEqual([]);
    expect(elements.find(({name}) => name === 'style')?.text).not.toMatch(/url|import|https?:/);
  });

  it('are those that the README shows, and no others', () => {
    const made = pictures.map(pathOf);
    const shown = [...read('README.md').matchAll(/!\[[^\]]+\]\((docs\/[^)]+)\)/g)];
    expect(shown.map(([, path]) => path)).toEqual(made);
    const files = readdirSync(new URL('../docs/pictures', import.meta.url));
    expect(files.map(file => `docs/pictures/${file}`).toSorted()).toEqual(made.toSorted());
  });
});
