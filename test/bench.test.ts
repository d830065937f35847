// Every measurement runs, short. What is measured is of no account here, so it is of the long form.
import {spawnSync} from 'node:child_process';
import {expect, it} from 'vitest';
import {isLong} from './sizes.ts';

it.skipIf(!isLong)('measures every goal, and says so in a table', () => {
  const {status, stdout, stderr} = spawnSync(process.execPath, ['bench/run.ts', '--quick'], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  expect(stderr.trim().split('\n').at(-1)).toBe('many …');
  expect(status).toBe(0);
  const subjects = stdout
    .split('\n')
    .filter(line => line.startsWith('| ') && !line.startsWith('| |'))
    .slice(1)
    .map(line => line.split(' | ')[0]!.slice(2));
  for (const expected of [
    'ingest: `tail --json` to bare',
    'ingest: `tail --json` to Python',
    'ingest: `tail --json` to curl and jq',
    'load: watch at 0/s',
    'load: watch at 1/s',
    'load: watch at 10/s',
    'load: watch at 70/s',
    'flood: watch at 2,000/s for 1 s, messages lost',
    'flood: watch at 2,000/s, frames and CPU',
    'key to screen at 0/s: median, 90 %, 99 %',
    'key to screen at 10/s: median, 90 %, 99 %',
    'key to screen at 5,000/s: median, 90 %, 99 %',
    'start: exec to first frame',
    'start: to bare Node',
    'memory: watch after 100 messages',
    'memory: watch after 1,000 messages',
    'sent to stdout at 10/s: median, 99 %',
    'sent to stdout at 1,000/s: median, 99 %',
    'sent to screen at 1,000/s: median, 99 %',
    'many: 20 receivers at 70/s, messages lost',
    'many: 20 receivers at 70/s, sent to received: median, 99 %',
    'many: 20 receivers at 70/s, CPU and memory of `serve`',
    'many: 20 receivers at 200/s, messages lost',
    'many: 20 receivers at 200/s, sent to received: median, 99 %',
    'many: 20 receivers at 200/s, CPU and memory of `serve`',
  ]) {
    expect(subjects).toContain(expected);
  }
});
