// Ink measures and tokenises every row anew in every frame, though most rows are those of the frame
// before. In the bundle the pure functions that this goes through remember their newest answers, and
// answer at once for text in which every character takes one column.
import {readFileSync} from 'node:fs';

const memory = 'import {narrow, quickWidth, remember} from "swfmon:remember";';
const quick = `import measureWidth from 'string-width'; ${memory}
const stringWidth = text => quickWidth(text) ?? measureWidth(text);`;

/** What is put in place of what, in which of Ink's files; each has to be there once. */
const patches = [
  {
    file: 'sanitize-ansi.js',
    from: 'export default sanitizeAnsi;',
    to: `${memory} export default remember(sanitizeAnsi);`,
  },
  {
    file: 'render-node-to-output.js',
    from: "import widestLine from 'widest-line';",
    to: `import measureWidestLine from 'widest-line'; ${memory} const widestLine = remember(measureWidestLine);`,
  },
  {file: 'widest-line/index.js', from: "import stringWidth from 'string-width';", to: quick},
  {file: 'line-update.js', from: "import stringWidth from 'string-width';", to: quick},
  {
    file: 'line-update.js',
    from: 'const printableAscii = /^[ -~]*$/u;',
    to: 'const printableAscii = narrow;',
  },
  {
    file: 'output.js',
    from: 'class OutputCaches {',
    to: `${memory}
const widthOf = remember(stringWidth);
const styledCharsOf = remember(line => styledCharsFromTokens(tokenize(line)).filter(character => !/^\\p{Default_Ignorable_Code_Point}+$/u.test(character.value)));
class OutputCaches {`,
  },
  {
    file: 'output.js',
    from: '    getStyledChars(line) {',
    to: '    getStyledChars(line) {\n        return styledCharsOf(line);',
  },
  {
    file: 'output.js',
    from: '    getStringWidth(text) {',
    to: '    getStringWidth(text) {\n        return widthOf(text);',
  },
];

/** Remembers between `most` and twice as many answers: the generation before the last goes whole. */
const remember = `
export {narrow} from ${JSON.stringify(new URL('../source/screen/narrow.ts', import.meta.url).pathname)};
import {narrow} from ${JSON.stringify(new URL('../source/screen/narrow.ts', import.meta.url).pathname)};
const sgr = /\\u001b\\[[\\d;]*m/g;
/** Columns of text that is narrow but for its styles; undefined for other text. */
export function quickWidth(text) {
  const bare = text.includes('\\u001b') ? text.replaceAll(sgr, '') : text;
  return narrow.test(bare) ? bare.length : undefined;
}
const most = 400;
export function remember(compute) {
  let young = new Map();
  let old = new Map();
  return text => {
    let answer = young.get(text);
    if (answer !== undefined) return answer;
    answer = old.get(text) ?? compute(text);
    if (young.size >= most) {
      old = young;
      young = new Map();
    }
    young.set(text, answer);
    return answer;
  };
}
`;

export const inkWithMemory = {
  name: 'ink-with-memory',
  setup(builder) {
    builder.onResolve({filter: /^swfmon:remember$/}, ({path}) => ({path, namespace: 'remember'}));
    builder.onLoad({filter: /./, namespace: 'remember'}, () => ({
      contents: remember,
      resolveDir: import.meta.dirname,
    }));
    builder.onLoad({filter: /[\\/](?:ink[\\/]build|widest-line)[\\/][\w-]+\.js$/}, ({path}) => {
      const own = patches.filter(({file}) => path.endsWith(`/${file}`));
      if (own.length === 0) return undefined;
      return {contents: own.reduce(patched, readFileSync(path, 'utf8'))};
    });
  },
};

function patched(text, {file, from, to}) {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`Ink's ${file} is not as it was: ${from}`);
  return parts.join(to);
}
