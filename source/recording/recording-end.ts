// When a recording ends, without reading all of it.
import type {Recording} from './find-recordings.ts';
import {decodeLine} from './format.ts';
import {linesOf} from './lines.ts';

/** Time of the last event, ms; undefined when there is none. */
export function endOf(files: readonly Recording[]): number | undefined {
  for (const {path} of files.toReversed()) {
    let end: number | undefined;
    let last: string | undefined;
    for (const {text, isWhole} of linesOf(path)) {
      if (isWhole) last = text;
    }
    const line = last === undefined ? undefined : decodeLine(last);
    if (line?.kind === 'event') end = line.event.at;
    if (end !== undefined) return end;
  }
  return undefined;
}
