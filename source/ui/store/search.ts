// What the operator looks for in the view: text, whatever its case, or a regular expression between
// slashes.
import type {LogEntry} from '../../model/message-log.ts';
import type {Run} from '../../model/run.ts';

export interface Search {
  readonly query: string;
  /** With the flags g and u. */
  readonly pattern: RegExp;
}

/** Text is searched so far, in UTF-16 units: an expression can take its time. */
const maxLength = 1000;

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
  // Unlike `test`, `search` leaves no `lastIndex` from which the next match would begin.
  return text.slice(0, maxLength).search(pattern) !== -1;
}

/** @returns `text` in pieces, those that are found marked so. */
export function piecesOf(
  text: string,
  search: Search | undefined,
): readonly {readonly text: string; readonly isFound: boolean}[] {
  if (!search) return [{text, isFound: false}];
  const pieces: {text: string; isFound: boolean}[] = [];
  let from = 0;
  for (const {0: found, index} of text.slice(0, maxLength).matchAll(search.pattern)) {
    if (found === '') continue;
    pieces.push({text: text.slice(from, index), isFound: false}, {text: found, isFound: true});
    from = index + found.length;
  }
  pieces.push({text: text.slice(from), isFound: false});
  return pieces.filter(piece => piece.text !== '');
}

/** What of an entry is searched: all that its row says, cut or not. */
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
