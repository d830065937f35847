// When REST is asked, in seconds.
import {expect, it} from 'vitest';
import {LookTimes} from '../../source/receiver/look-times.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';

const second = 1000;

/** When looks are made in `seconds`, one tick of five seconds after the other. */
function looks(
  times: LookTimes,
  seconds: number,
  {isSilent = false, answer = true, each = (_now: number) => {}} = {},
): number[] {
  const made: number[] = [];
  for (let now = 0; now <= seconds; now += 5) {
    each(now);
    if (!times.isDue(now * second, () => isSilent)) continue;
    made.push(now);
    times.begin(now * second);
    if (answer) times.answered(now * second);
    else times.failed();
  }
  return made;
}

it('asks every five minutes while all is well', () => {
  expect(looks(new LookTimes(defaultTimings), 900)).toEqual([0, 300, 600, 900]);
});

it('asks ever more rarely while nothing is answered', () => {
  const made = looks(new LookTimes(defaultTimings), 900, {answer: false});
  expect(made).toEqual([0, 40, 120, 280, 580, 880]);
});

it('asks ever more rarely while a run is silent', () => {
  const made = looks(new LookTimes(defaultTimings), 900, {isSilent: true});
  expect(made).toEqual([0, 20, 60, 140, 300, 600, 900]);
});

it('asks again soon for a minute after the stream was doubted', () => {
  const times = new LookTimes(defaultTimings);
  const each = (now: number) => {
    if (now === 300) times.doubted(now * second);
  };
  expect(looks(times, 700, {each})).toEqual([0, 300, 320, 340, 640]);
});

it('asks at once for what is missing, but no more than one tick after the other', () => {
  const times = new LookTimes(defaultTimings);
  const each = (now: number) => {
    if (now === 35 || now === 105) times.wanted();
  };
  expect(looks(times, 200, {each})).toEqual([0, 35, 105]);
  times.begin(200 * second);
  times.wanted();
  expect(times.isDue(204.9 * second, () => false)).toBe(false);
  expect(times.isDue(205 * second, () => false)).toBe(true);
});
