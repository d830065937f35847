import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {drawPicture, pathOf, pictures} from '../scripts/pictures.ts';
import {documents, partNames, partsIn, renderDocument} from '../scripts/readme.ts';
import {parseSettingsFile} from '../source/settings/parse-settings-file.ts';
import {settingKeys, settingOf} from '../source/settings/setting-table.ts';
import {goldenOf} from './ui/golden-scenes.ts';
import {elementsOf, textOfSvg} from './scripts/read-svg.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe.each(documents)('%s', document => {
  const text = read(document);

  it('has its made parts as they are (npm run readme makes them)', () => {
    expect(text).toBe(renderDocument(document, text));
  });
});

describe('the documents', () => {
  it('have every part that can be made', () => {
    const there = new Set(documents.flatMap(document => partsIn(read(document))));
    expect([...there].toSorted()).toEqual(partNames.toSorted());
  });

  it('show a settings file without a mistake, and name every key of one', () => {
    const page = read('docs/operators.md');
    const example = /```jsonc\n([^]*?)```/.exec(page)?.[1] ?? '';
    expect(parseSettingsFile(example, 'operators.md').faults).toEqual([]);
    const words = new Set(page.match(/\w+/g));
    for (const key of settingKeys.filter(key => settingOf(key).inFile !== 'never')) {
      expect([...words]).toEqual(expect.arrayContaining(key.split('.')));
    }
  });
});

describe('the README', () => {
  it('gives the commands that the package has', () => {
    const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>};
    for (const [, script] of read('README.md').matchAll(
      /npm (?:run )?(start|test|check|readme)\b/g,
    )) {
      expect(Object.keys(scripts)).toContain(script);
    }
  });
});

describe('the pictures', () => {
  it.each(pictures)('$name is as the script makes it (npm run readme)', async picture => {
    expect(read(pathOf(picture))).toBe(await drawPicture(picture));
  });

  it.each(pictures)('$name says what the golden says', picture => {
    const golden = read(`test/ui/${goldenOf(picture.scene, picture.size)}`);
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

  it('are those that the documents show, and no others', () => {
    const made = pictures.map(pathOf);
    const text = documents.map(read).join('');
    const shown = [...text.matchAll(/!\[[^\]]+\]\((?:docs\/)?(pictures\/[^)]+)\)/g)];
    expect(shown.map(([, path]) => `docs/${path}`)).toEqual(made);
    const files = readdirSync(new URL('../docs/pictures', import.meta.url));
    expect(files.map(file => `docs/pictures/${file}`).toSorted()).toEqual(made.toSorted());
  });
});
