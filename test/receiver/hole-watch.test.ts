// Holes in a run's sequence numbers: told once, a moment after, and of what did not come alone.
import {expect, it} from 'vitest';
import {HoleWatch} from '../../source/receiver/hole-watch.ts';
import {messageFrom} from '../model/happenings.ts';
import {TurnedClock} from '../simulation/turned-clock.ts';

const grace = 2000;

function holesAfter(...sequences: readonly number[]): readonly (readonly [number, number])[] {
  const clock = new TurnedClock(0);
  const holes: [number, number][] = [];
  const watch = new HoleWatch({clock, grace, found: ({first, last}) => holes.push([first, last])});
  for (const sequence of sequences) {
    watch.heard(messageFrom({msg_type: 'stf_gen', run_id: '7', sequence}));
  }
  clock.turnTo(grace - 1);
  expect(holes).toEqual([]);
  clock.turnTo(grace);
  return holes;
}

it('a number that comes again has numbers of its own', () => {
  const clock = new TurnedClock(0);
  const holes: [number, number][] = [];
  const watch = new HoleWatch({clock, grace, found: ({first, last}) => holes.push([first, last])});
  const hear = (msg_type: string, execution_id: string, sequence?: number) =>
    watch.heard(
      messageFrom({msg_type, run_id: '7', execution_id, ...(sequence !== undefined && {sequence})}),
    );
  for (const sequence of [1, 2, 3, 4]) hear('stf_gen', 'e1', sequence);
  // Another execution, without the end of the first; then the same again.
  for (const sequence of [1, 2, 4]) hear('stf_gen', 'e2', sequence);
  hear('run_imminent', 'e2');
  for (const sequence of [1, 3]) hear('stf_gen', 'e2', sequence);
  clock.turnTo(grace);
  expect(holes).toEqual([
    [3, 3],
    [2, 2],
  ]);
});

it.each<[readonly number[], readonly (readonly [number, number])[]]>([
  [[1, 2, 3], []],
  [[4, 5], []],
  [[1, 2, 6], [[3, 5]]],
  [[1, 2, 6, 3, 4, 5], []],
  [
    [1, 2, 9, 4],
    [
      [3, 3],
      [5, 8],
    ],
  ],
  [
    [1, 4, 7],
    [
      [2, 3],
      [5, 6],
    ],
  ],
  [[1, 5000], [[2, 4999]]],
  [
    [1, 5000, 3],
    [
      [2, 2],
      [4, 4999],
    ],
  ],
  [[1, Number.MAX_SAFE_INTEGER], [[2, Number.MAX_SAFE_INTEGER - 1]]],
])('after %j these did not come: %j', (sequences, holes) => {
  expect(holesAfter(...sequences)).toEqual(holes);
});
