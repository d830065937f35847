import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {renderReadme} from '../scripts/readme.ts';
import {parseSettingsFile} from '../source/settings/parse-settings-file.ts';
import {settingKeys, settingOf} from '../source/settings/setting-table.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe('the README', () => {
  const readme = read('README.md');

  it('has the picture of the screen and the keys as they are (npm run readme makes them)', () => {
    expect(readme).toBe(renderReadme(readme));
  });

  it('names every flag that the help names, and the other way round', () => {
    const flags = (text: string) => new Set(text.match(/--[a-z][a-z-]+/g));
    const help = /const help = `([^]*?)`;/.exec(read('source/cli.ts'))?.[1] ?? '';
    const unknown = flags(readme)
      .difference(flags(help))
      .difference(new Set(['--global']));
    expect([...unknown]).toEqual([]);
    for (const flag of ['--message', '--agent', '--run', '--monitor-url', '--name', '--ca-file']) {
      expect([...flags(readme)]).toContain(flag);
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
