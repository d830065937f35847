// Keeps the made parts of the README true: the pictures of the screen come from the scenes that
// have goldens, the commands and the keys from their tables. `npm run readme` writes them.
import {readFileSync, writeFileSync} from 'node:fs';
import {commandNames, commandOf, usageOf} from '../source/command-line/command-table.ts';
import {keyTable} from '../source/screen/key-table.ts';
import {drawPicture, pathOf, pictures} from './pictures.ts';

const root = new URL('..', import.meta.url);
const golden = 'test/screen/goldens/live.80x24.txt';

/** The README with its made parts made anew. */
export function renderReadme(readme: string): string {
  const screen = readFileSync(new URL(golden, root), 'utf8').replace(/\n+$/, '');
  const keys = keyTable.map(({label, help}) => [label, help] as const);
  const commands = commandNames.map(name => [usageOf(name), commandOf(name).summary] as const);
  let made = replacePart(readme, 'screen', `\`\`\`\n${screen}\n\`\`\``);
  made = replacePart(made, 'commands', table('command', commands));
  made = replacePart(made, 'keys', table('key', keys));
  for (const picture of pictures) {
    const image = `![${picture.title}: ${picture.description}](${pathOf(picture)})`;
    made = replacePart(made, `picture ${picture.name}`, image);
  }
  return made;
}

function table(head: string, rows: readonly (readonly [term: string, does: string])[]): string {
  const lines = rows.map(([term, does]) => `| \`${term}\` | ${does} |`);
  return ['', `| ${head} | does |`, '| --- | --- |', ...lines, ''].join('\n');
}

function replacePart(readme: string, name: string, text: string): string {
  const part = new RegExp(`(<!-- ${name}:[^>]*-->\n)[^]*?(<!-- /${name} -->)`);
  if (!part.test(readme)) throw new Error(`the README has no part "${name}"`);
  return readme.replace(part, (_whole, head: string, tail: string) => `${head}${text}\n${tail}`);
}

if (import.meta.main) {
  for (const picture of pictures) {
    writeFileSync(new URL(pathOf(picture), root), await drawPicture(picture));
  }
  const file = new URL('README.md', root);
  writeFileSync(file, renderReadme(readFileSync(file, 'utf8')));
}
