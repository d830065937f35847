// The bound that slow readers and tables have.
import {expect, test} from 'vitest';
import {NewestQueue} from '../../source/testbed/newest-queue.ts';

test('keeps the newest, in order, and counts the rest', () => {
  const queue = new NewestQueue<number>(100);
  for (let item = 0; item < 5000; item += 1) queue.push(item);
  expect([...queue]).toEqual(Array.from({length: 100}, (_, index) => 4900 + index));
  expect([queue.size, queue.dropped, queue.shift(), queue.size]).toEqual([100, 4900, 4900, 99]);
});

test('may be without a bound', () => {
  const queue = new NewestQueue<number>(Infinity);
  for (let item = 0; item < 5000; item += 1) queue.push(item);
  for (let item = 0; item < 5000; item += 1) expect(queue.shift()).toBe(item);
  expect([queue.shift(), queue.dropped]).toEqual([undefined, 0]);
});
