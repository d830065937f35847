// What happens to time, and how it is told apart.
import {describe, expect, it} from 'vitest';
import {wallTime, type TimeChange} from '../../source/receiver/clock.ts';
import {Machine} from './machine.ts';

const second = 1000;
const hour = 3600 * second;

function watched(options?: {readonly tellsUptime: boolean}) {
  const machine = new Machine(options);
  const changes: TimeChange[] = [];
  const end = machine.clock.watch(change => changes.push(change));
  return {machine, clock: machine.clock, changes, end};
}

describe('the clock', () => {
  it('reports nothing while time goes on', async () => {
    const {machine, changes} = watched();
    await machine.pass(hour);
    expect(changes).toEqual([]);
  });

  it.each([-hour, -5 * second, 5 * second, hour])(
    'takes a wall clock that was set by %i ms for that, and shows it within a second',
    async by => {
      const {machine, clock, changes} = watched();
      await machine.pass(10 * second);
      const [moment, wall] = [clock.monotonic(), clock.now()];
      machine.setWall(by);
      expect(clock.now()).toBe(wall);
      await machine.pass(second);
      expect(changes).toEqual([{kind: 'clock-stepped', by}]);
      expect(clock.monotonic() - moment).toBe(second);
      expect(clock.now() - wall).toBe(second + by);
      expect(wallTime(clock, moment)).toBe(wall + by);
    },
  );

  it('follows no correction of less than a second', async () => {
    const {machine, changes} = watched();
    machine.setWall(900);
    await machine.pass(10 * second);
    expect(changes).toEqual([]);
  });

  it('tells sleep from a step, and counts it as time', async () => {
    const {machine, clock, changes} = watched();
    const moment = clock.monotonic();
    machine.sleep(hour);
    await machine.pass(second);
    expect(changes).toEqual([{kind: 'stood-still', duration: hour}]);
    expect(clock.monotonic() - moment).toBe(hour + second);
  });

  it('tells both where the clock was set in the sleep', async () => {
    const {machine, changes} = watched();
    machine.sleep(hour);
    machine.setWall(-10 * second);
    await machine.pass(second);
    expect(changes).toEqual([
      {kind: 'stood-still', duration: hour},
      {kind: 'clock-stepped', by: -10 * second},
    ]);
  });

  it('takes sleep for a step where the system tells no uptime', async () => {
    const {machine, changes} = watched({tellsUptime: false});
    machine.sleep(hour);
    await machine.pass(second);
    expect(changes).toEqual([{kind: 'clock-stepped', by: hour}]);
  });

  it('notices a process that was stopped', async () => {
    const {machine, changes} = watched();
    machine.stop(600 * second);
    await machine.pass(0);
    expect(changes).toEqual([{kind: 'stood-still', duration: 600 * second}]);
  });

  it('looks at once when asked to, and no more once nobody watches', async () => {
    const {machine, clock, changes, end} = watched();
    machine.setWall(hour);
    clock.check();
    expect(changes).toHaveLength(1);
    end();
    machine.setWall(hour);
    await machine.pass(10 * second);
    clock.check();
    expect(changes).toHaveLength(1);
  });
});

describe('a time-out', () => {
  it('comes after so much time', async () => {
    const {machine, clock} = watched();
    let fired: number | undefined;
    const began = clock.monotonic();
    clock.timeout(20 * second, () => (fired = clock.monotonic() - began));
    await machine.pass(60 * second);
    expect(fired).toBe(20 * second);
  });

  it.each(['stop', 'sleep'] as const)('does not count time in which there was a %s', async what => {
    const {machine, clock} = watched();
    let isOver = false;
    clock.timeout(20 * second, () => (isOver = true));
    await machine.pass(15 * second);
    machine[what](hour);
    await machine.pass(4 * second);
    expect(isOver).toBe(false);
    await machine.pass(2 * second);
    expect(isOver).toBe(true);
  });

  it('is cancelled, also once it has stood still', async () => {
    const {machine, clock} = watched();
    let isOver = false;
    const cancel = clock.timeout(20 * second, () => (isOver = true));
    machine.stop(hour);
    await machine.pass(5 * second);
    cancel();
    await machine.pass(hour);
    expect(isOver).toBe(false);
  });
});
