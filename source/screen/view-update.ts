// What the operator asks for makes the next view. Pure.
import {timeModes} from '../time.ts';
import {chosenTypes, isFilterable, standardTypes} from './filter-choice.ts';
import {sheetRows, toggled} from './filter-sheet.ts';
import type {ViewIntent} from './intent.ts';
import {paneNames} from './layout.ts';
import {inScope, step} from './message-window.ts';
import {searchFor} from './search.ts';
import {move} from './view-move.ts';
import {find, findNext} from './view-search.ts';
import type {ViewContext} from './view-context.ts';
import {selectedEntry, selectedRun, type Overlay, type View} from './view.ts';

type Update<Intent extends ViewIntent> = (
  view: View,
  intent: Intent,
  context: ViewContext,
) => Partial<View>;

const updates: {
  readonly [Kind in ViewIntent['kind']]: Update<Extract<ViewIntent, {kind: Kind}>>;
} = {
  move,
  focus: (view, {by}) => {
    const index = paneNames.indexOf(view.focus) + by + paneNames.length;
    return {focus: paneNames[index % paneNames.length]!};
  },
  open: (view, _intent, context) => open(view, context),
  back: view => {
    if (view.overlay) return {overlay: undefined, overlayTop: 0, isUnfolded: false};
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
  'toggle-pause': (view, _intent, {freeze}) =>
    view.paused ? {paused: undefined, messages: undefined} : {paused: freeze()},
  'toggle-zoom': view => ({isZoomed: !view.isZoomed}),
  'toggle-scope': (view, _intent, context) => toggleScope(view, context),
  'toggle-lifecycle': view => ({lifecycleRides: !view.lifecycleRides}),
  ask: (_view, {field}) => ({field: {kind: field, text: ''}}),
  type: (_view, {field}) => ({
    field,
    ...(field.kind === 'search' ? {search: searchFor(field.text)} : {}),
  }),
  'leave-field': ({field}) => ({
    field: undefined,
    ...(field?.kind === 'search' ? {search: undefined} : {}),
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

/** The view after `intent`. */
export function updateView(view: View, intent: ViewIntent, context: ViewContext): View {
  const update = updates[intent.kind] as Update<ViewIntent>;
  return {...view, notice: undefined, ...update(view, intent, context)};
}

function toggleOverlay({overlay}: View, wanted: Overlay): Partial<View> {
  return {overlay: overlay?.kind === wanted.kind ? undefined : wanted, overlayTop: 0};
}

function open(view: View, {snapshot}: ViewContext): Partial<View> {
  if (view.focus === 'connection') return {overlay: {kind: 'history'}, overlayTop: 0};
  if (view.focus === 'runs') {
    const run = selectedRun(view, snapshot);
    if (!run) return {notice: 'no run to open yet'};
    return {overlay: {kind: 'run', key: run.key}, overlayTop: 0};
  }
  const entry = selectedEntry(view, snapshot);
  if (!entry) return {notice: 'no message to open yet'};
  return {overlay: {kind: 'message', entry}, overlayTop: 0};
}

function toggleScope(view: View, {snapshot}: ViewContext): Partial<View> {
  if (view.scope !== undefined) return {scope: undefined, notice: 'all namespaces'};
  const entry = selectedEntry(view, snapshot);
  const namespace =
    view.focus === 'messages' && entry?.kind === 'message'
      ? entry.message.namespace
      : selectedRun(view, snapshot)?.namespace;
  if (namespace === undefined) return {notice: 'the selection names no namespace'};
  return {scope: namespace, run: undefined, messages: undefined};
}

/** The filter as it is, or is on its way to be, to be changed. */
function openSheet(
  {overlay, lifecycleRides}: View,
  _intent: unknown,
  {live, keyTypes: standard = standardTypes}: ViewContext,
): Partial<View> {
  if (overlay?.kind === 'filter') return {overlay: undefined, overlayTop: 0};
  const filter = live.health.requested ?? live.health.filter;
  const draft = {...filter, types: chosenTypes(filter, lifecycleRides)};
  return {overlay: {kind: 'filter', sheet: {standard, draft, cursor: 0}}, overlayTop: 0};
}

function toggleRow({overlay}: View, _intent: unknown, {snapshot}: ViewContext): Partial<View> {
  if (overlay?.kind !== 'filter') return {};
  const {sheet} = overlay;
  const row = sheetRows(snapshot, sheet)[sheet.cursor];
  return row ? {overlay: {kind: 'filter', sheet: toggled(sheet, row)}} : {};
}

/** Names that were typed, parted by commas, into the section where the cursor stands. */
function add(
  {overlay}: View,
  {text}: {readonly text: string},
  {snapshot}: ViewContext,
): Partial<View> {
  if (overlay?.kind !== 'filter') return {field: undefined};
  const {sheet} = overlay;
  const {section} = sheetRows(snapshot, sheet)[sheet.cursor] ?? {section: 'types'};
  const names = text.split(/[,\s]+/).filter(name => name !== '');
  const wrong = names.find(name => !isFilterable(name));
  if (wrong !== undefined)
    return {field: undefined, notice: `${wrong}: no such name can be asked for`};
  const values = [...new Set([...sheet.draft[section], ...names])];
  const next = {...sheet, draft: {...sheet.draft, [section]: values}};
  const cursor = sheetRows(snapshot, next).findIndex(
    row => row.section === section && row.value === names.at(-1),
  );
  return {
    field: undefined,
    overlay: {kind: 'filter', sheet: {...next, cursor: Math.max(0, cursor)}},
  };
}

/** The message before or after the opened one. */
function neighbour(
  {overlay, scope}: View,
  {by}: {readonly by: 1 | -1},
  {snapshot: {log}}: ViewContext,
): Partial<View> {
  if (overlay?.kind !== 'message') return {notice: 'open a message first'};
  const {id} = overlay.entry;
  const next = step(log, id, by, inScope(scope));
  const entry = log.get(next);
  if (!entry || next === id) {
    return {notice: by < 0 ? 'this is the first that is kept' : 'this is the last'};
  }
  const messages = {selected: next, top: next, anchor: entry};
  return {overlay: {kind: 'message', entry}, overlayTop: 0, messages};
}
