// What the operator looks for in the view: text, whatever its case, or a regular expression between
// slashes.
import type {LogEntry} from '../model/message-log.ts';
import type {Run} from '../model/run.ts';
import type {Segment} from './row.ts';
import type {Style} from './theme.ts';

export interface Search {
  readonly query: string;
  /** With the flags g and u. */
  readonly pattern: RegExp;
}

/** Longest text that is looked through, in UTF-16 units: an expression can take its time. */
const longest = 1000;

/** Undefined for an empty query and for one that is no regular expression. */
export function searchFor(query: string): Search | undefined {
  if (query === '') return undefined;
  const expression = /^\/(.+)\/$/u.exec(query)?.[1];
  try {
    return {query, pattern: new RegExp(expression ?? escaped(query), 'giu')};
  } catch {
    // Half of an expression, or a wrong one: the footer says that it finds nothing.
    return undefined;
  }
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

export function finds({pattern}: Search, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text.slice(0, longest));
}

/** The segments with everything that is found in them in `style`. */
export function highlighted(
  segments: readonly Segment[],
  search: Search | undefined,
  style: Style,
): readonly Segment[] {
  if (!search) return segments;
  return segments.flatMap(([text, own]): readonly Segment[] => {
    const parts: Segment[] = [];
    let from = 0;
    for (const {0: found, index} of text.slice(0, longest).matchAll(search.pattern)) {
      if (found === '') continue;
      parts.push([text.slice(from, index), ...rest(own)], [found, style]);
      from = index + found.length;
    }
    return parts.length === 0
      ? [[text, ...rest(own)]]
      : [...parts, [text.slice(from), ...rest(own)]];
  });
}

const rest = (style: Style | undefined) =>
  style === undefined ? ([] as const) : ([style] as const);

/** What of an entry is looked through: all that its row says, cut or not. */
export function wordsOf(entry: LogEntry): string {
  switch (entry.kind) {
    case 'message': {
      const {type, runId, agent, namespace, text, file} = entry.message;
      return [type, runId, agent, namespace, text, file].filter(Boolean).join(' ');
    }
    case 'gap':
      return `gap ${entry.reason}`;
    case 'hole':
      return `STF ${entry.first}–${entry.last} ${entry.runId}`;
    case 'mark':
      return `mark ${entry.text}`;
  }
}

export function runWords({runId, namespace, executionId, phase, lastType}: Run): string {
  return [runId, namespace, executionId, phase, lastType].filter(Boolean).join(' ');
}

export interface Found {
  readonly index: number;
  /** How many are found in all. */
  readonly total: number;
  /** It lies past the end, or before the beginning. */
  readonly isAnew: boolean;
}

/**
 * The next of `count` things that is found, from `index` in the direction `by`, past the end from
 * the beginning; undefined when none is.
 */
export function nextFound(
  count: number,
  index: number,
  by: 1 | -1,
  isFound: (index: number) => boolean,
): Found | undefined {
  let next: number | undefined;
  let total = 0;
  for (let distance = 1; distance <= count; distance += 1) {
    const at = (((index + by * distance) % count) + count) % count;
    if (!isFound(at)) continue;
    total += 1;
    next ??= index + by * distance;
  }
  if (next === undefined) return undefined;
  return {index: ((next % count) + count) % count, total, isAnew: next < 0 || next >= count};
}
