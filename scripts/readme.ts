// Keeps the made parts of the documents true: the pictures of the screen come from the scenes that
// have goldens, the commands, settings and keys from their tables. `npm run readme` writes them.
import {readFileSync, writeFileSync} from 'node:fs';
import {commandNames, commandOf, usageOf} from '../source/command-line/command-table.ts';
import {settingRows} from '../source/command-line/setting-words.ts';
import {keyTable} from '../source/ui/keys/key-table.ts';
import {drawPicture, pathOf, pictures} from './pictures.ts';

const root = new URL('..', import.meta.url);
const golden = 'test/ui/goldens/live.80x24.txt';

/** Documents with made parts, seen from the root. */
export const documents = ['README.md', 'docs/operators.md'] as const;

/** What is made, by the name that stands in the document. */
const parts: Readonly<Record<string, (document: string) => string>> = {
  screen: () =>
    `\`\`\`\n${readFileSync(new URL(golden, root), 'utf8').replace(/\n+$/, '')}\n\`\`\``,
  commands: () =>
    table(
      ['command', 'does'],
      commandNames.map(name => [code(usageOf(name)), commandOf(name).summary]),
    ),
  settings: () =>
    table(
      ['variable', 'flag', 'meaning'],
      settingRows().map(({variables, flag, meaning}) => [
        variables.map(code).join(', '),
        flag === '' ? '' : code(flag),
        meaning,
      ]),
    ),
  keys: () =>
    table(
      ['key', 'does'],
      keyTable.map(({label, help}) => [code(label), help]),
    ),
  ...Object.fromEntries(
    pictures.map(picture => [
      `picture ${picture.name}`,
      (document: string) => {
        const path = document.startsWith('docs/') ? pathOf(picture).slice(5) : pathOf(picture);
        return `![${picture.title}: ${picture.description}](${path})`;
      },
    ]),
  ),
};

export const partNames = Object.keys(parts);

/** `<!-- name: made by … -->`, what was made, `<!-- /name -->`. */
const madePart = /(<!-- ([a-z ]+): made by [^>]*-->\n)[^]*?(<!-- \/\2 -->)/g;

/** The names of the parts in a document's text. */
export const partsIn = (text: string): readonly string[] =>
  [...text.matchAll(madePart)].map(([, , name]) => name!);

/** A document's text with its made parts made anew. */
export function renderDocument(document: string, text: string): string {
  return text.replace(madePart, (_whole, head: string, name: string, tail: string) => {
    const make = parts[name];
    if (!make) throw new Error(`${document} has a part "${name}" that nothing makes`);
    return `${head}${make(document)}\n${tail}`;
  });
}

const code = (text: string): string => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return ['', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

if (import.meta.main) {
  for (const picture of pictures) {
    writeFileSync(new URL(pathOf(picture), root), await drawPicture(picture));
  }
  for (const document of documents) {
    const file = new URL(document, root);
    writeFileSync(file, renderDocument(document, readFileSync(file, 'utf8')));
  }
}
