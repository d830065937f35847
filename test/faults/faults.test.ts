// Every fault: what the operator reads, that messages go on once it is gone, that nothing grew
// without bound, and that the token went nowhere.
import {describe, expect, it} from 'vitest';
import {eventually} from '../eventually.ts';
import {hasOpenssl} from '../wire/certificates.ts';
import {faultTable} from './fault-table.ts';
import type {Fault} from './fault.ts';
import {pageOf, type Finding} from './page.ts';
import {token, Trial, type Sight} from './trial.ts';

const findings: Finding[] = [];

describe.skipIf(!hasOpenssl)('the receiver, when there is (needs openssl):', () => {
  it.each(faultTable)('$name', async fault => {
    const {setting, isFirst = false, words, says} = fault;
    const trial = await Trial.of(typeof setting === 'function' ? await setting() : setting);
    if (!isFirst) await trial.live();
    await fault.strike?.(trial);
    const sight = await expectSight(trial, says);
    await fault.during?.(trial);
    expect(wordsOf(trial)).toEqual(words);
    await fault.heal?.(trial);
    await trial.messagesFlow('after_the_fault');
    await trial.live();
    await fault.after?.(trial);
    expectWithinBounds(trial);
    expectWithinBackoff(trial);
    expectNoToken(trial);
    findings.push(findingOf(fault, sight, trial));
  });

  it('is told on the page', async () => {
    expect(findings.map(({fault}) => fault)).toEqual(faultTable.map(({name}) => name));
    await expect(await pageOf(findings)).toMatchFileSnapshot('../../docs/faults.md');
  });
});

/** What the operator read when the fault showed. */
async function expectSight(trial: Trial, says: Fault['says']): Promise<Sight> {
  const seen = () =>
    trial.sights.find(
      ({word, reason, header}) =>
        word === says.word &&
        (says.reason === undefined || reason === says.reason) &&
        (says.header === undefined || header === says.header),
    );
  await eventually(() => {
    const headers = [...new Set(trial.sights.map(({header}) => header))];
    expect(seen() ? undefined : headers).toBeUndefined();
  }, 20_000);
  const sight = seen()!;
  if (says.reason !== undefined) expect(sight.remedy).toBe(says.remedy);
  const shown = [sight.word, sight.reason ?? '', sight.remedy ?? ''];
  for (const text of shown) expect(sight.header).toContain(text);
  return sight;
}

/** In the order of their first coming. */
const wordsOf = (trial: Trial) => [
  ...new Set(trial.sights.map(({word}) => word).filter(word => word !== 'CONNECTING')),
];

function expectWithinBounds(trial: Trial): void {
  const {health, log, types, runs, executions} = trial.snapshot;
  expect(log.last - log.first).toBeLessThan(5000);
  expect(types.size).toBeLessThanOrEqual(257);
  expect(runs.length).toBeLessThanOrEqual(1000);
  expect(executions.size).toBeLessThanOrEqual(500);
  expect(health.history.length).toBeLessThanOrEqual(200);
}

/** One request an attempt, and no attempt before its time. */
function expectWithinBackoff(trial: Trial): void {
  const {firstRetry, longestRetry, refusedRetry} = trial.timings;
  const attempts = trial.of('connecting');
  expect(trial.streamRequests).toBeLessThanOrEqual(attempts.length);
  for (const {at, retryAt, attempt} of trial.of('retrying')) {
    const least = Math.min(longestRetry, firstRetry * 2 ** (attempt - 1));
    expect(retryAt - at).toBeGreaterThanOrEqual(least);
  }
  for (const {at, retryAt} of trial.of('refused')) expect(retryAt - at).toBe(refusedRetry);
  const waits = [...trial.of('retrying'), ...trial.of('refused')];
  for (const {at, retryAt} of waits) {
    // A timer of Node's can be a millisecond early.
    const early = attempts.filter(next => next.at > at && next.at < retryAt - 2);
    expect(early).toEqual([]);
  }
  const retries = attempts.filter(({why}) => why === 'retry');
  expect(retries.length).toBeLessThanOrEqual(waits.length);
}

function expectNoToken(trial: Trial): void {
  expect(JSON.stringify(trial.events)).not.toContain(token);
  expect(trial.leaks).toBe(0);
  expect(JSON.stringify([trial.sights, trial.frame()])).not.toContain(token);
  expect(trial.paths.join(' ')).not.toContain(token);
}

function findingOf({name, note}: Fault, sight: Sight, trial: Trial): Finding {
  const {losses, deafs, caughtUp} = trial.snapshot.health;
  const hasGap = trial.of('gap-opened').length > 0;
  const again = [
    deafs > 0
      ? 'yes, on a new stream beside the old one'
      : sight.word === 'NO HEARTBEAT'
        ? trial.of('connecting').some(({why}) => why === 'heartbeat')
          ? 'yes, on a new stream beside the old one'
          : 'yes, on the same stream'
        : sight.word === 'REFUSED'
          ? 'yes, at the next slow try'
          : sight.word === 'RETRYING'
            ? 'yes, at the next try'
            : 'was never away',
    ...(hasGap && (losses > 0 || deafs > 0) ? ['gap marked'] : []),
    ...(caughtUp > 0 ? [`${caughtUp} caught up from REST`] : []),
  ];
  return {fault: name, screen: sight.header, again: again.join(', '), note};
}
