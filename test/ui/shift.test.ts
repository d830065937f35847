// Twelve hours of a shift on one screen that Ink draws: what is kept does not grow. It takes
// minutes, so it is of the long form.
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, it} from 'vitest';
import {opening, runEvents, start} from '../model/happenings.ts';
import {isLong} from '../sizes.ts';
import {middle} from './golden-scenes.ts';
import {InkTerminal} from './ink-terminal.ts';
import {Session} from './session.ts';

const minute = 60_000;
const hours = 12;
/** A run a minute: as many as a shift has seen, many times over. */
const runs = hours * 60;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it.skipIf(!isLong)('leaves the heap as it was after the third hour', async () => {
  const session = new Session({size: middle, hasColour: true}).hear(opening(start));
  const terminal = new InkTerminal(session);
  const heaps: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedAt = start + run * minute;
    const events = runEvents({runNumber: 100_013 + run, startedAt});
    // A frame for every ten events: the screen of a terminal that is looked at every few seconds.
    for (let from = 0; from < events.length; from += 10) {
      session.hear(events.slice(from, from + 10));
      await terminal.screen();
    }
    if (run % 60 === 30) session.press('?', 'pagedown', 'escape', 'shift+tab', 'return', 'escape');
    if (run % 60 !== 59) continue;
    collect();
    collect();
    heaps.push(process.memoryUsage().heapUsed);
  }
  terminal.close();
  process.stdout.write(
    `heap by hour, MB: ${heaps.map(heap => Math.round(heap / 1e6)).join(' ')}\n`,
  );
  expect(session.model.snapshot(session.now).health.messages).toBeGreaterThan(runs * 50);
  expect(heaps.at(-1)! / heaps[2]!).toBeLessThan(1.1);
});
