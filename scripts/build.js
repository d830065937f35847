// Builds dist/swfmon.js: the whole program in one ES module (yoga has a top-level await), minified,
// so that it starts several times faster than its loose modules.
import {readFileSync} from 'node:fs';
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
  // Its main file for Node loads its parts in a way that no bundler can follow.
  alias: {'jsonc-parser': 'jsonc-parser/lib/esm/main.js'},
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    SWFMON_VERSION: JSON.stringify(version),
  },
  banner: {
    js: "import {createRequire as createRequireOfBundle} from 'node:module';const require=createRequireOfBundle(import.meta.url);",
  },
  plugins: [withoutDevtools],
  logLevel: 'warning',
});
