// Days of random faults in seconds: at the end nothing that the screen says is false. A failure
// names its seed: SWFMON_SEED=n runs it alone, SWFMON_SEEDS=n and SWFMON_HOURS=n run more and
// longer ones.
import {describe, expect, it} from 'vitest';
import {seeds, shiftHours} from '../sizes.ts';
import {Shift} from './shift.ts';
import type {Content} from './simulated-server.ts';

const hour = 3_600_000;
const only = process.env['SWFMON_SEED'];
const chosen =
  only === undefined ? Array.from({length: seeds}, (_, index) => index + 1) : [Number(only)];

/** What is false in what the model says; empty when all is true. */
function falsehoods(shift: Shift): string[] {
  const {health, log} = shift.model.snapshot(shift.clock.now());
  const found: string[] = [...shift.untrue];
  const shown = new Set(shift.shown);
  if (health.word !== 'LIVE') found.push(`calm, and it says ${health.word}`);
  if (health.gapFrom !== undefined) found.push('a gap stays open');
  if (shown.size !== shift.shown.length) found.push('a message was shown twice');
  found.push(...shift.falsehoodsOfRuns());
  // What an execution lists is here, all of it, whatever was away or deaf; but for runs before the
  // first that anything told of.
  const isOver = ({endedAt = Infinity}) => endedAt <= shift.joinedAt;
  const before = new Set<unknown>(shift.runs.filter(isOver).map(({executionId}) => executionId));
  const listed = shift.server.rows
    .filter(({content}) => content['execution_id'] !== undefined)
    .filter(({content}) => !before.has(content['execution_id']));
  const wasShown = ({content}: {readonly content: Content}) => shown.has(content.serial);
  const first = listed.find(wasShown)?.content['execution_id'];
  const from = listed.findIndex(({content}) => content['execution_id'] === first);
  const lacking = listed.slice(Math.max(0, from)).filter(row => !wasShown(row));
  if (lacking.length > 0) found.push(`${lacking.length} listed messages not shown`);
  const gaps = Array.from({length: log.last - log.first + 1}, (_, index) =>
    log.get(log.first + index),
  );
  for (const entry of gaps) {
    if (entry?.kind === 'gap' && entry.to === undefined) found.push('a gap line stays open');
  }
  return found;
}

describe('a simulated shift', () => {
  it.each(chosen)('says nothing false with seed %i', async seed => {
    const shift = new Shift(seed);
    await shift.run(shiftHours * hour, hour / 4);
    const found = falsehoods(shift);
    await shift.stop();
    // One of a kind says enough.
    found.splice(10);
    expect({seed, found, faults: found.length > 0 ? shift.faults : []}).toEqual({
      seed,
      found: [],
      faults: [],
    });
  });
});
