// Finds the band of rows that has moved up or down as a whole between two frames: a terminal moves
// it by itself, for a few bytes, and only the rows that came in are left to be written.
import type {Frame} from '../screen/frame.ts';

/** Rows `top` to `bottom` (from 0, both included) move up by `by`, or down when it is negative. */
export interface Scroll {
  readonly top: number;
  readonly bottom: number;
  readonly by: number;
}

/** Fewer rows than this are written anew as cheaply. */
const fewest = 3;

/** The scroll that brings most rows of `after` into their place; undefined when none helps. */
export function scrollBetween(before: Frame, after: Frame): Scroll | undefined {
  const placeBefore = new Map<string, number>();
  // Rows that stay need no way, and those that are there twice, as blank ones, show none.
  for (const [index, row] of before.entries()) {
    if (row === after[index]) continue;
    placeBefore.set(row, placeBefore.has(row) ? -1 : index);
  }
  const moved = new Map<number, number[]>();
  for (const [index, row] of after.entries()) {
    if (row === before[index]) continue;
    const place = placeBefore.get(row) ?? -1;
    if (place < 0) continue;
    const rows = moved.get(place - index) ?? [];
    moved.set(place - index, [...rows, index]);
  }
  let best: Scroll | undefined;
  let most = fewest - 1;
  for (const [by, rows] of moved) {
    const scroll = spanning(rows, by);
    const gain = rows.length - standing(scroll, before, after);
    if (gain > most) {
      most = gain;
      best = scroll;
    }
  }
  return best;
}

/** The rows after the terminal has done it; what came in is blank. */
export function scrolled<Row>(rows: readonly Row[], {top, bottom, by}: Scroll, blank: Row): Row[] {
  const band = Array.from({length: bottom - top + 1}, (_, index) => {
    const from = top + index + by;
    return from >= top && from <= bottom ? rows[from]! : blank;
  });
  return [...rows.slice(0, top), ...band, ...rows.slice(bottom + 1)];
}

function spanning(rows: readonly number[], by: number): Scroll {
  const first = rows[0]!;
  const last = rows.at(-1)!;
  return {top: Math.min(first, first + by), bottom: Math.max(last, last + by), by};
}

/** Rows of the band that stood where they belong, and would be moved away. */
function standing({top, bottom}: Scroll, before: Frame, after: Frame): number {
  let count = 0;
  for (let row = top; row <= bottom; row += 1) if (before[row] === after[row]) count += 1;
  return count;
}
