// The whole program as one file for machines where nothing can be installed: `node swfmon.mjs`. Any
// Node from 16 on can read it, so that an old one says what it needs, not what it stumbles on.
import {transform} from 'esbuild';

/**
 * @param program the bundle, an ES module.
 * @param engines what package.json wants of Node, as in `>=22.19.0`.
 */
export async function singleFile(program: string, engines: string): Promise<string> {
  const {code} = await transform(program, {
    loader: 'js',
    format: 'esm',
    minify: true,
    legalComments: 'none',
    target: 'node18',
    banner: checkOf(engines),
  });
  return `#!/usr/bin/env node\n${code}`;
}

/** Runs before the program. */
function checkOf(engines: string): string {
  const [major = 0, minor = 0] = (engines.match(/\d+/g) ?? []).map(Number);
  return `{
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < ${major} || (major === ${major} && minor < ${minor})) {
    process.stderr.write(
      'swfmon needs Node ${major}.${minor} or newer; this is ' + process.version + ' (' + process.execPath + ').\\n' +
      'Its archive runs from any folder: https://nodejs.org/en/download\\n',
    );
    process.exit(2);
  }
}`;
}
