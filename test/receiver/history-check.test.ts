// Which executions are asked about when there are more than the bound.
import {expect, it} from 'vitest';
import {Delivered} from '../../source/receiver/delivered.ts';
import {checkHistory} from '../../source/receiver/history-check.ts';
import {everything} from '../../source/wire/filter.ts';

const base = 'https://monitor.example/swf-monitor';
const running = (day: number) => ({
  execution_id: `running-${day}`,
  start_time: `2026-11-${String(day).padStart(2, '0')}T14:18:23.598149-05:00`,
});
const heard = (count: number) => Array.from({length: count}, (_, index) => `heard-${index}`);

/** Asks a monitor with `days` running executions, listed oldest first. */
async function askedAbout(days: number, executions: readonly string[]) {
  const asked: string[] = [];
  const result = await checkHistory({
    base,
    fetch: url => {
      const id = url.searchParams.get('execution_id');
      if (id !== null) asked.push(id);
      const list = Array.from({length: days}, (_, index) => running(index + 1));
      return Promise.resolve(Response.json(id === null ? list : []));
    },
    filter: everything,
    delivered: new Delivered(),
    executions,
    request: {timeout: 1000},
  });
  return {asked, leftOut: result.leftOut};
}

it('asks about the running ones, newest first, and those heard of, each once', async () => {
  const {asked, leftOut} = await askedAbout(3, ['heard-0', 'running-3']);
  expect(asked).toEqual(['running-3', 'heard-0', 'running-2', 'running-1']);
  expect(leftOut).toBe(0);
});

it.each([
  [30, 50],
  [30, 2],
])('leaves neither out for the other: %i running, %i heard of', async (days, count) => {
  const {asked, leftOut} = await askedAbout(days, heard(count));
  expect(asked).toEqual(expect.arrayContaining(['running-30', 'running-29', 'heard-0', 'heard-1']));
  expect(asked).toHaveLength(Math.min(50, days + count));
  expect(leftOut).toBe(days + count - asked.length);
});
