// Days of random faults in seconds: at the end nothing that the screen says is false. A failure
// names its seed: SWFMON_SEED=n runs it alone, SWFMON_SEEDS=n and SWFMON_HOURS=n run more and
// longer ones.
import {describe, expect, it} from 'vitest';
import type {Run} from '../../source/model/run.ts';
import {Shift} from './shift.ts';
import type {Content} from './simulated-server.ts';

const hour = 3_600_000;
const hours = Number(process.env['SWFMON_HOURS'] ?? 4);
const only = process.env['SWFMON_SEED'];
const count = Number(process.env['SWFMON_SEEDS'] ?? 200);
const seeds =
  only === undefined ? Array.from({length: count}, (_, index) => index + 1) : [Number(only)];

interface Truth {
  readonly types: ReadonlySet<unknown>;
  readonly sequences: ReadonlySet<unknown>;
}

function truthOf(shift: Shift, {runId, namespace}: Run): Truth {
  const rows = shift.server.rows.filter(
    ({content}) => content['run_id'] === runId && content['namespace'] === namespace,
  );
  const generated = rows.filter(({content}) => content['msg_type'] === 'stf_gen');
  return {
    types: new Set(rows.map(({content}) => content['msg_type'])),
    sequences: new Set(generated.map(({content}) => content['sequence'])),
  };
}

/** What is false in what the model says; empty when all is true. */
function falsehoods(shift: Shift): readonly string[] {
  const {runs, health, log} = shift.model.snapshot(shift.clock.now());
  const found: string[] = [...shift.untrue];
  const shown = new Set(shift.shown);
  if (health.word !== 'LIVE') found.push(`calm, and it says ${health.word}`);
  if (health.gapFrom !== undefined) found.push('a gap stays open');
  if (shown.size !== shift.shown.length) found.push('a message was shown twice');
  for (const run of runs) {
    const {types, sequences} = truthOf(shift, run);
    const who = `run ${run.runId}`;
    const seen = [...sequences].filter(number =>
      run.pipeline.generated.numbers.has(Number(number)),
    );
    if (seen.length !== run.pipeline.generated.numbers.count)
      found.push(`${who}: STFs that were never made`);
    if (run.phase === 'ended' && !types.has('end_run')) found.push(`${who}: ended too early`);
    if (types.has('end_run') && run.phase !== 'ended') found.push(`${who}: its end was not seen`);
    if (run.pipeline.generated.numbers.count !== sequences.size) {
      found.push(`${who}: ${run.pipeline.generated.numbers.count} of ${sequences.size} STFs`);
    }
    if (types.has('run_imminent') && run.isJoinedLate) found.push(`${who}: begin not seen`);
  }
  // What an execution lists is here, all of it, whatever was away or deaf; but for runs before the
  // first that anything told of.
  const runOf = ({content}: {readonly content: Content}) => Number(content['run_id']);
  const listed = shift.server.rows.filter(({content}) => content['execution_id'] !== undefined);
  const wasShown = ({content}: {readonly content: Content}) => shown.has(content.serial);
  const first = Math.min(...listed.filter(wasShown).map(runOf));
  const lacking = listed.filter(row => !wasShown(row) && runOf(row) >= first);
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
  it.each(seeds)('says nothing false with seed %i', async seed => {
    const shift = new Shift(seed);
    await shift.run(hours * hour, hour / 4);
    const found = falsehoods(shift);
    await shift.stop();
    expect({seed, found, faults: found.length > 0 ? shift.faults : []}).toEqual({
      seed,
      found: [],
      faults: [],
    });
  });
});
