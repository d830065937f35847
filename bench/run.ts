// `npm run bench`: measures swfmon against its goals, side by side with others, and prints a table.
//
//   node bench/run.ts [--quick] [--long] [--write] [PART …]
//
// --quick only sees that everything works; --long takes the time for five million messages;
// --write puts the table into bench/README.md.
import {availableParallelism, cpus} from 'node:os';
import {readFileSync, writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {flood} from './flood.ts';
import {ingest} from './ingest.ts';
import {keys} from './keys.ts';
import {latency} from './latency.ts';
import {load} from './load.ts';
import {many} from './many.ts';
import {memory} from './memory.ts';
import type {Part} from './part.ts';
import {runs} from './runs.ts';
import {screenLatency} from './screen-latency.ts';
import {start} from './start.ts';
import {markdownTable, type Row} from './table.ts';

const parts: Readonly<Record<string, Part>> = {
  ingest,
  load,
  flood,
  keys,
  start,
  memory,
  runs,
  latency,
  screenLatency,
  many,
};

const {values, positionals} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    long: {type: 'boolean', default: false},
    write: {type: 'boolean', default: false},
  },
  allowPositionals: true,
});

const effort = {isQuick: values.quick, isLong: values.long};
const rows: Row[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const part = parts[name];
  if (!part) throw new Error(`no part "${name}": ${Object.keys(parts).join(', ')}`);
  process.stderr.write(`${name} …\n`);
  rows.push(...(await part(effort)));
}

const date = new Date().toISOString().slice(0, 10);
const circumstances =
  `${date}, Node ${process.versions.node}, ${availableParallelism()} cores of ` +
  `${cpus()[0]?.model.trim() ?? 'unknown model'}.`;
const result = `${circumstances}\n\n${markdownTable(rows)}`;
process.stdout.write(`${result}\n`);
if (values.write) writeResult(result);

function writeResult(text: string): void {
  const readme = new URL('README.md', import.meta.url);
  const before = readFileSync(readme, 'utf8');
  const after = before.replace(
    /(<!-- result -->\n)[^]*(<!-- \/result -->)/,
    (_whole, head: string, tail: string) => `${head}\n${text}\n\n${tail}`,
  );
  writeFileSync(readme, after);
}
