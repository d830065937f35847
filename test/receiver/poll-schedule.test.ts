// When REST is asked, in seconds.
import {expect, it} from 'vitest';
import {PollSchedule} from '../../source/receiver/poll-schedule.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';

const second = 1000;

/** When looks are made in `seconds`, one tick of five seconds after the other. */
function looks(
  times: PollSchedule,
  seconds: number,
  {answer = true, each = (_now: number) => {}} = {},
): number[] {
  const made: number[] = [];
  for (let now = 0; now <= seconds; now += 5) {
    each(now);
    if (!times.isDue(now * second)) continue;
    made.push(now);
    times.begin(now * second);
    if (answer) times.answered(now * second);
    else times.failed();
  }
  return made;
}

it('asks every five minutes while all is well', () => {
  expect(looks(new PollSchedule(defaultTimings), 900)).toEqual([0, 300, 600, 900]);
});

it('asks ever more rarely while nothing is answered', () => {
  const made = looks(new PollSchedule(defaultTimings), 900, {answer: false});
  expect(made).toEqual([0, 40, 120, 280, 580, 880]);
});

it('asks once for many changes of the filter, 20 s after the last time', () => {
  const times = new PollSchedule(defaultTimings);
  const each = (now: number) => {
    if (now === 5 || now === 10 || now === 15 || now === 200) times.filterWidened();
  };
  expect(looks(times, 400, {each})).toEqual([0, 20, 200]);
});

it('asks again soon for a minute after the stream was doubted', () => {
  const times = new PollSchedule(defaultTimings);
  const each = (now: number) => {
    if (now === 300) times.doubted(now * second);
  };
  expect(looks(times, 700, {each})).toEqual([0, 300, 320, 340, 640]);
});

it('asks at once for what is missing, but no more than one tick after the other', () => {
  const times = new PollSchedule(defaultTimings);
  const each = (now: number) => {
    if (now === 35 || now === 105) times.wanted();
  };
  expect(looks(times, 200, {each})).toEqual([0, 35, 105]);
  times.begin(200 * second);
  times.wanted();
  expect(times.isDue(204.9 * second)).toBe(false);
  expect(times.isDue(205 * second)).toBe(true);
});
