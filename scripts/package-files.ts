// Makes what goes with the program: the manual page, the completions, and the program as one file.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {completions} from '../source/command-line/completions/completions.ts';
import {renderManual} from './manual.ts';
import {singleFile} from './single-file.ts';

const dist = new URL('../dist/', import.meta.url);
const {version, engines} = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as {readonly version: string; readonly engines: {readonly node: string}};

mkdirSync(new URL('completions/', dist), {recursive: true});
for (const {file, render} of Object.values(completions)) {
  writeFileSync(new URL(`completions/${file}`, dist), render());
}
writeFileSync(new URL('swfmon.1', dist), renderManual(version));
const program = readFileSync(new URL('swfmon.js', dist), 'utf8');
writeFileSync(new URL('swfmon.mjs', dist), await singleFile(program, engines.node));
