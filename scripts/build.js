// Builds dist/swfmon.js: the whole program in one ES module (yoga has a top-level await), minified,
// so that it starts several times faster than its loose modules.
import {readFileSync} from 'node:fs';
import {builtinModules} from 'node:module';
import {build} from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const {version} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Ink loads react-devtools-core only under DEV=true; the bundle leaves it out. */
const withoutDevtools = {
  name: 'without-devtools',
  setup(builder) {
    builder.onResolve({filter: /^react-devtools-core$/}, () => ({
      path: 'react-devtools-core',
      namespace: 'empty',
    }));
    builder.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
  },
};

/**
 * Node's own modules are loaded when the code that wants them is: an `import` of them would load
 * them all at the start, and fetch with them.
 */
const builtinsWhenWanted = {
  name: 'builtins-when-wanted',
  setup(builder) {
    const isBuiltin = path => builtinModules.includes(path.replace(/^node:/, ''));
    builder.onResolve({filter: /./}, ({path, namespace}) => {
      if (!isBuiltin(path)) return undefined;
      return namespace === 'builtin' ? {path, external: true} : {path, namespace: 'builtin'};
    });
    builder.onLoad({filter: /./, namespace: 'builtin'}, ({path}) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};

await build({
  entryPoints: [`${root}source/cli.ts`],
  outfile: `${root}dist/swfmon.js`,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  jsx: 'automatic',
  legalComments: 'none',
  // Else literals become objects that are made anew each time they are met.
  supported: {'regexp-unicode-property-escapes': true, 'regexp-set-notation': true},
  // Its main file for Node loads its parts in a way that no bundler can follow.
  alias: {'jsonc-parser': 'jsonc-parser/lib/esm/main.js'},
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    'Intl.Segmenter': 'LazySegmenter',
    // Yoga would have it read a data URL, at the price of loading Node's whole copy of undici.
    fetch: 'undefined',
    SWFMON_VERSION: JSON.stringify(version),
  },
  inject: [`${root}scripts/lazy-segmenter.js`, `${root}scripts/message-event.js`],
  banner: {
    js: "import {createRequire as createRequireOfBundle} from 'node:module';const require=createRequireOfBundle(import.meta.url);",
  },
  plugins: [withoutDevtools, builtinsWhenWanted],
  logLevel: 'warning',
});
