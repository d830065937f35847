// The view after an action. Pure.
import {timeModes} from '../../time.ts';
import type {ViewAction} from './actions.ts';
import {chosenTypes, isFilterable, standardTypes} from './filter-choice.ts';
import {sheetRows, toggled} from './filter-sheet.ts';
import {find, findNext} from './find.ts';
import {paneNames} from './layout.ts';
import {inScope, step} from './message-window.ts';
import {move} from './move.ts';
import type {ReducerContext} from './screen-state.ts';
import {searchFor} from './search.ts';
import {selectedEntry, selectedRun, type Overlay, type View} from './view.ts';

type Update<Action extends ViewAction> = (
  view: View,
  action: Action,
  context: ReducerContext,
) => Partial<View>;

const updates: {
  readonly [Kind in ViewAction['kind']]: Update<Extract<ViewAction, {kind: Kind}>>;
} = {
  move,
  focus: (view, {by}) => {
    const index = paneNames.indexOf(view.focus) + by + paneNames.length;
    return {focus: paneNames[index % paneNames.length]!};
  },
  open: (view, _action, context) => open(view, context),
  back: view => {
    if (view.overlay) return {overlay: undefined, scrollTop: 0, isUnfolded: false};
    if (view.search) return {search: undefined};
    if (view.isZoomed) return {isZoomed: false};
    if (view.messages) return {messages: undefined};
    return {notice: 'nothing is open; q quits'};
  },
  help: view => toggleOverlay(view, {kind: 'help'}),
  alerts: view => toggleOverlay(view, {kind: 'alerts'}),
  'toggle-bell': ({isMuted}) => ({
    isMuted: !isMuted,
    notice: isMuted ? 'the bell rings for alerts' : 'the bell is mute',
  }),
  'toggle-pause': (view, _action, {freeze}) =>
    view.paused ? {paused: undefined, messages: undefined} : {paused: freeze()},
  'toggle-zoom': view => ({isZoomed: !view.isZoomed}),
  'toggle-scope': (view, _action, context) => toggleScope(view, context),
  'toggle-lifecycle': view => ({includesLifecycle: !view.includesLifecycle}),
  'open-input': (_view, {input}) => ({input: {kind: input, text: ''}}),
  type: (_view, {input}) => ({
    input,
    ...(input.kind === 'search' ? {search: searchFor(input.text)} : {}),
  }),
  'close-input': ({input}) => ({
    input: undefined,
    ...(input?.kind === 'search' ? {search: undefined} : {}),
  }),
  find,
  'find-next': findNext,
  'filter-sheet': openSheet,
  'toggle-row': toggleRow,
  add,
  neighbour,
  'toggle-fold': ({overlay, isUnfolded}) =>
    overlay?.kind === 'message'
      ? {isUnfolded: !isUnfolded}
      : {notice: 'nothing is folded here; Esc goes back'},
  'next-time': view => ({
    time: timeModes[(timeModes.indexOf(view.time) + 1) % timeModes.length]!,
  }),
};

/** @returns the view after `action`. */
export function reduceView(view: View, action: ViewAction, context: ReducerContext): View {
  const update = updates[action.kind] as Update<ViewAction>;
  return {...view, notice: undefined, ...update(view, action, context)};
}

function toggleOverlay({overlay}: View, wanted: Overlay): Partial<View> {
  return {overlay: overlay?.kind === wanted.kind ? undefined : wanted, scrollTop: 0};
}

function open(view: View, {snapshot}: ReducerContext): Partial<View> {
  if (view.focus === 'connection') return {overlay: {kind: 'history'}, scrollTop: 0};
  if (view.focus === 'runs') {
    const run = selectedRun(view, snapshot);
    if (!run) return {notice: 'no run to open yet'};
    return {overlay: {kind: 'run', key: run.key}, scrollTop: 0};
  }
  const entry = selectedEntry(view, snapshot);
  if (!entry) return {notice: 'no message to open yet'};
  return {overlay: {kind: 'message', entry}, scrollTop: 0};
}

function toggleScope(view: View, {snapshot}: ReducerContext): Partial<View> {
  if (view.scope !== undefined) return {scope: undefined, notice: 'all namespaces'};
  const entry = selectedEntry(view, snapshot);
  const namespace =
    view.focus === 'messages' && entry?.kind === 'message'
      ? entry.message.namespace
      : selectedRun(view, snapshot)?.namespace;
  if (namespace === undefined) return {notice: 'the selection names no namespace'};
  return {scope: namespace, run: undefined, messages: undefined};
}

/** The filter as it is, or is about to be, to be changed. */
function openSheet(
  {overlay, includesLifecycle}: View,
  _action: unknown,
  {live, keyTypes: standard = standardTypes}: ReducerContext,
): Partial<View> {
  if (overlay?.kind === 'filter') return {overlay: undefined, scrollTop: 0};
  const filter = live.health.requested ?? live.health.filter;
  const draft = {...filter, types: chosenTypes(filter, includesLifecycle)};
  return {overlay: {kind: 'filter', sheet: {standard, draft, cursor: 0}}, scrollTop: 0};
}

function toggleRow({overlay}: View, _action: unknown, {snapshot}: ReducerContext): Partial<View> {
  if (overlay?.kind !== 'filter') return {};
  const {sheet} = overlay;
  const row = sheetRows(snapshot, sheet)[sheet.cursor];
  return row ? {overlay: {kind: 'filter', sheet: toggled(sheet, row)}} : {};
}

/** Names that were typed, parted by commas, into the section where the cursor is. */
function add(
  {overlay}: View,
  {text}: {readonly text: string},
  {snapshot}: ReducerContext,
): Partial<View> {
  if (overlay?.kind !== 'filter') return {input: undefined};
  const {sheet} = overlay;
  const {section} = sheetRows(snapshot, sheet)[sheet.cursor] ?? {section: 'types'};
  const names = text.split(/[,\s]+/).filter(name => name !== '');
  const wrong = names.find(name => !isFilterable(name));
  if (wrong !== undefined)
    return {input: undefined, notice: `${wrong}: no such name can be asked for`};
  const values = [...new Set([...sheet.draft[section], ...names])];
  const next = {...sheet, draft: {...sheet.draft, [section]: values}};
  const cursor = sheetRows(snapshot, next).findIndex(
    row => row.section === section && row.value === names.at(-1),
  );
  return {
    input: undefined,
    overlay: {kind: 'filter', sheet: {...next, cursor: Math.max(0, cursor)}},
  };
}

/** The message before or after the opened one. */
function neighbour(
  {overlay, scope}: View,
  {by}: {readonly by: 1 | -1},
  {snapshot: {log}}: ReducerContext,
): Partial<View> {
  if (overlay?.kind !== 'message') return {notice: 'open a message first'};
  const {id} = overlay.entry;
  const next = step(log, id, by, inScope(scope));
  const entry = log.get(next);
  if (!entry || next === id) {
    return {notice: by < 0 ? 'this is the first that is kept' : 'this is the last'};
  }
  const messages = {selected: next, top: next, anchor: entry};
  return {overlay: {kind: 'message', entry}, scrollTop: 0, messages};
}
