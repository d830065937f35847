// When a working stream is replaced without anybody asking.
import {describe, expect, it} from 'vitest';
import {Renewals} from '../../source/receiver/renewals.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';
import {TurnedClock} from '../simulation/turned-clock.ts';

const second = 1000;

function renewals() {
  const clock = new TurnedClock(0);
  const renewed: number[] = [];
  const watched = new Renewals({
    clock,
    timings: {...defaultTimings, deafRenewal: 60 * second, longestDeafRenewal: 600 * second},
    renew: () => renewed.push(clock.now() / second),
  });
  watched.opened();
  return {clock, renewed, watched};
}

describe('a deaf stream', () => {
  it('is renewed at once, then when its time has come, ever more rarely', () => {
    const {clock, renewed, watched} = renewals();
    for (let now = 0; now < 300; now += 10) {
      clock.turnTo(now * second);
      watched.deaf(0);
    }
    expect(renewed).toEqual([0, 60, 180]);
  });

  it('is renewed when its time has come though nobody says again that it is deaf', () => {
    const {clock, renewed, watched} = renewals();
    watched.deaf(0);
    clock.turnTo(10 * second);
    watched.deaf(0);
    clock.turnTo(59 * second);
    expect(renewed).toEqual([0]);
    clock.turnTo(60 * second);
    expect(renewed).toEqual([0, 60]);
  });

  it.each(['heard', 'opened', 'stop'] as const)('is renewed no more once it has %s', what => {
    const {clock, renewed, watched} = renewals();
    watched.deaf(0);
    watched.deaf(0);
    watched[what]();
    clock.turnTo(600 * second);
    expect(renewed).toEqual([0]);
  });
});
