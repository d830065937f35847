// Where a search leads: to the messages, the runs or the lines that it finds.
import {inScope} from './message-window.ts';
import {finds, nextFound, runWords, searchFor, wordsOf, type Found, type Search} from './search.ts';
import {pageOf, placed} from './move.ts';
import type {ReducerContext} from './screen-state.ts';
import {selectedEntry, visibleRuns, type View} from './view.ts';

/** The query is complete: goes to what is found at the selection or before it. */
export function find(
  view: View,
  {query}: {readonly query: string},
  context: ReducerContext,
): Partial<View> {
  const search = searchFor(query);
  if (!search) {
    const notice = query === '' ? 'the search is off' : `${query} is no regular expression`;
    return {input: undefined, search: undefined, notice};
  }
  return {input: undefined, search, ...toNext(view, search, -1, context, true)};
}

export function findNext(
  view: View,
  {by}: {readonly by: 1 | -1},
  context: ReducerContext,
): Partial<View> {
  if (!view.search) return {notice: '/ searches first'};
  return toNext(view, view.search, by, context, false);
}

function toNext(
  view: View,
  search: Search,
  by: 1 | -1,
  context: ReducerContext,
  canStay: boolean,
): Partial<View> {
  const go = view.overlay ? toLine : view.focus === 'runs' ? toRun : toMessage;
  return go(view, search, by, context, canStay) ?? {notice: `${search.query}: nothing found`};
}

/** @returns what a step of a search says; one that was just typed may begin anywhere. */
function foundWords({total, isAnew}: Found, by: 1 | -1, canStay: boolean): string {
  const anew = by > 0 ? ', from the first again' : ', from the last again';
  return `${total} found${isAnew && !canStay ? anew : ''}`;
}

type Go = (...args: Parameters<typeof toNext>) => Partial<View> | undefined;

const toLine: Go = (view, search, by, context, canStay) => {
  const overlayLines = context.overlayLines();
  // A search that was just typed begins with the first line.
  const from = canStay ? overlayLines.length : view.scrollTop;
  const direction = canStay ? 1 : by;
  const found = nextFound(overlayLines.length, canStay ? -1 : from, direction, line =>
    finds(search, overlayLines[line] ?? ''),
  );
  if (!found) return undefined;
  const notice = foundWords(found, by, canStay);
  const last = Math.max(0, overlayLines.length - pageOf(context.layout.body.height, 1));
  return {scrollTop: Math.min(last, found.index), notice};
};

const toRun: Go = (view, search, by, {snapshot}, canStay) => {
  const runs = visibleRuns(snapshot, view.scope);
  const selected = Math.max(
    0,
    runs.findIndex(({key}) => key === view.run),
  );
  const found = nextFound(runs.length, canStay ? selected - by : selected, by, at =>
    finds(search, runWords(runs[at]!)),
  );
  return found && {run: runs[found.index]!.key, notice: foundWords(found, by, canStay)};
};

const toMessage: Go = (view, search, by, context, canStay) => {
  const {log} = context.snapshot;
  const accepts = inScope(view.scope);
  const selected = selectedEntry(view, context.snapshot)?.id ?? log.last;
  const count = log.last - log.first + 1;
  const from = selected - log.first;
  const found = nextFound(count, canStay ? from - by : from, by, at => {
    const entry = log.get(log.first + at);
    return entry !== undefined && accepts(entry) && finds(search, wordsOf(entry));
  });
  if (!found) return undefined;
  const notice = foundWords(found, by, canStay);
  return {focus: 'messages', messages: placed(view, log.first + found.index, context), notice};
};
