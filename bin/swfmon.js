#!/usr/bin/env node
// What is installed as `swfmon`: checks the Node version in syntax that any Node reads, then runs
// the one-file build with V8's compile cache.
import {existsSync, mkdirSync} from 'node:fs';
import * as modules from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const wanted = [22, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
const program = new URL('../dist/swfmon.js', import.meta.url);

/** Node never ends making it where nothing can be made, as below /proc. */
function hasCacheFolder() {
  if (process.env.NODE_COMPILE_CACHE) return true;
  try {
    mkdirSync(join(tmpdir(), 'node-compile-cache'));
    return true;
  } catch (error) {
    return error.code === 'EEXIST';
  }
}

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  process.stderr.write(
    `swfmon needs Node ${wanted.join('.')} or newer; this is ${process.version} (${process.execPath}).\n` +
      'Install a newer one (https://nodejs.org), or in a clone of the project use: npm start\n',
  );
  process.exitCode = 2;
} else if (existsSync(program)) {
  if (hasCacheFolder()) modules.enableCompileCache?.();
  await import(program.href);
  // What runs for weeks and is killed in the end leaves the next start its cache all the same.
  setTimeout(() => modules.flushCompileCache?.(), 5000).unref();
} else {
  process.stderr.write('swfmon is not built yet. In the clone: npm ci && npm run build\n');
  process.exitCode = 2;
}
