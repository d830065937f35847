// A day of a busy shift: 10 messages a second and a fault about every ten minutes. The heap at its
// end is that of its first hour. It takes minutes, so it is of the long form.
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {describe, expect, it} from 'vitest';
import {isLong} from '../sizes.ts';
import {Shift} from './shift.ts';

const hour = 3_600_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

describe('a day of a busy shift', () => {
  it.skipIf(!isLong)('leaves the heap within 10 % of the first hour’s', async () => {
    const shift = new Shift(1, {chatter: 10});
    const heaps: number[] = [];
    await shift.run(24 * hour, hour / 4, () => heaps.push(heapUsed()));
    await shift.stop();
    const ratio = heaps.at(-1)! / heaps[0]!;
    process.stdout.write(
      `heap by hour, MB: ${heaps.map(heap => Math.round(heap / 1e6)).join(' ')}\n`,
    );
    expect(shift.model.snapshot(shift.clock.now()).health.messages).toBeGreaterThan(500_000);
    expect(ratio).toBeLessThan(1.1);
  });
});
