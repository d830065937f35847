// Keeps the made parts of the README true: the picture of the screen comes from a golden screen,
// the table of keys from the key table. `npm run readme` writes them.
import {readFileSync, writeFileSync} from 'node:fs';
import {keyTable} from '../source/screen/key-table.ts';

const root = new URL('..', import.meta.url);
const picture = 'test/screen/goldens/live.80x24.txt';

/** The README with its made parts made anew. */
export function renderReadme(readme: string): string {
  const screen = readFileSync(new URL(picture, root), 'utf8').replace(/\n+$/, '');
  const rows = keyTable.map(({label, help}) => `| \`${label}\` | ${help} |`);
  const keys = ['| key | does |', '| --- | --- |', ...rows].join('\n');
  return replacePart(
    replacePart(readme, 'screen', `\`\`\`\n${screen}\n\`\`\``),
    'keys',
    `\n${keys}\n`,
  );
}

function replacePart(readme: string, name: string, text: string): string {
  const part = new RegExp(`(<!-- ${name}:[^>]*-->\n)[^]*?(<!-- /${name} -->)`);
  if (!part.test(readme)) throw new Error(`the README has no part "${name}"`);
  return readme.replace(part, (_whole, head: string, tail: string) => `${head}${text}\n${tail}`);
}

if (import.meta.main) {
  const file = new URL('README.md', root);
  writeFileSync(file, renderReadme(readFileSync(file, 'utf8')));
}
