// How the selection and the page move: in the messages, the runs, and in what is open above them.
import type {ViewAction} from './actions.ts';
import {nextSection, sheetRows, type FilterSheet} from './filter-sheet.ts';
import {firstOfPage, inScope, step, type MessagePlace} from './message-window.ts';
import type {ReducerContext} from './screen-state.ts';
import {visibleRuns, type View} from './view.ts';

export function move(view: View, action: Move, context: ReducerContext): Partial<View> {
  if (view.overlay?.kind === 'filter') {
    return {overlay: {kind: 'filter', sheet: moveSheet(view.overlay.sheet, action, context)}};
  }
  if (view.overlay) return moveOverlay(view, action, context);
  if (view.focus === 'runs') return moveRun(view, action, context);
  if (view.focus === 'messages') return moveMessage(view, action, context);
  return {notice: 'nothing to move here; Enter opens the history'};
}

/** @returns `selected`, on a page that moves as little as it can. */
export function placed(view: View, selected: number, context: ReducerContext): MessagePlace {
  const {log} = context.snapshot;
  const accepts = inScope(view.scope);
  const rows = pageOf(context.layout.panes.messages.height, 1);
  const newest = step(log, log.last + 1, -1, accepts);
  const top = view.messages?.top ?? firstOfPage(log, newest, rows, accepts);
  const bottomTop = firstOfPage(log, selected, rows, accepts);
  return {
    selected,
    top: Math.min(selected, Math.max(top, bottomTop)),
    anchor: log.get(selected),
  };
}

function moveSheet(sheet: FilterSheet, {by, unit}: Move, {snapshot}: ReducerContext): FilterSheet {
  const rows = sheetRows(snapshot, sheet);
  if (unit === 'page') {
    return {...sheet, cursor: nextSection(rows, sheet.cursor, by < 0 ? -1 : 1)};
  }
  const distance = unit === 'all' ? rows.length : 1;
  const cursor = Math.min(rows.length - 1, Math.max(0, sheet.cursor + by * distance));
  return {...sheet, cursor};
}

export type Move = Extract<ViewAction, {kind: 'move'}>;

/** @returns the rows of a pane below its titles. */
export const pageOf = (height: number, titles: number) => Math.max(1, height - titles);

function moveOverlay(view: View, {by, unit}: Move, context: ReducerContext): Partial<View> {
  const page = pageOf(context.layout.body.height, 1);
  const last = Math.max(0, context.overlayLines().length - page);
  if (unit === 'all') return {scrollTop: by < 0 ? 0 : last};
  const top = view.scrollTop + by * (unit === 'page' ? page : 1);
  return {scrollTop: Math.min(last, Math.max(0, top))};
}

function moveRun(view: View, {by, unit}: Move, {snapshot, layout}: ReducerContext): Partial<View> {
  const runs = visibleRuns(snapshot, view.scope);
  if (runs.length === 0) return {notice: 'no runs yet'};
  const current = Math.max(
    0,
    runs.findIndex(run => run.key === view.run),
  );
  const distance = {row: 1, page: pageOf(layout.panes.runs.height, 2), all: runs.length}[unit];
  const index = Math.min(runs.length - 1, Math.max(0, current + by * distance));
  return {run: runs[index]?.key};
}

function moveMessage(view: View, {by, unit}: Move, context: ReducerContext): Partial<View> {
  const {log} = context.snapshot;
  const accepts = inScope(view.scope);
  const rows = pageOf(context.layout.panes.messages.height, 1);
  if (unit === 'all' && by > 0) return {messages: undefined};
  const newest = step(log, log.last + 1, -1, accepts);
  if (newest === log.last + 1) return {notice: 'no messages yet'};
  const from = view.messages?.selected ?? newest;
  const distance = {row: 1, page: rows, all: Infinity}[unit];
  const selected = step(log, from, by * distance, accepts);
  // Stepping down from the newest: back to following.
  if (by > 0 && selected === newest && from === newest) return {messages: undefined};
  return {messages: placed(view, selected, context)};
}
