// What the operator has done to the view: focus, selection, pause, what is open. Pure: an intent
// makes the next view.
import type {LogEntry} from '../model/message-log.ts';
import type {Snapshot} from '../model/monitor-model.ts';
import type {Run} from '../model/run.ts';
import {timeModes, type TimeMode} from '../time.ts';
import type {ViewIntent} from './intent.ts';
import {paneNames, type Layout, type PaneName} from './layout.ts';
import {firstOfPage, inScope, step} from './message-window.ts';

export type Overlay =
  | {readonly kind: 'message'; readonly entry: LogEntry}
  | {readonly kind: 'run'; readonly key: string}
  | {readonly kind: 'history'}
  | {readonly kind: 'alerts'}
  | {readonly kind: 'help'};

export interface View {
  readonly focus: PaneName;
  readonly isZoomed: boolean;
  /** What the frozen view shows; undefined while it is live. */
  readonly paused: Snapshot | undefined;
  readonly overlay: Overlay | undefined;
  /** First line of the overlay that is shown. */
  readonly overlayTop: number;
  /** The selected message and the first on the page; undefined: the newest, following the stream. */
  readonly messages: {readonly selected: number; readonly top: number} | undefined;
  /** Key of the selected run; undefined: the first. */
  readonly run: string | undefined;
  readonly time: TimeMode;
  /** Only this namespace is shown. */
  readonly scope: string | undefined;
  /** The run lifecycle rides along with a filter of types. */
  readonly lifecycleRides: boolean;
  /** The bell does not ring for alerts. */
  readonly isMuted: boolean;
  /** One line in the footer, until the next key. */
  readonly notice: string | undefined;
}

export function newView(time: TimeMode, scope: string | undefined): View {
  return {
    focus: 'messages',
    isZoomed: false,
    paused: undefined,
    overlay: undefined,
    overlayTop: 0,
    messages: undefined,
    run: undefined,
    time,
    scope,
    lifecycleRides: true,
    isMuted: false,
    notice: undefined,
  };
}

export interface ViewContext {
  /** What is on the screen: the frozen snapshot when paused. */
  readonly snapshot: Snapshot;
  readonly layout: Layout;
  /** A snapshot that stays; asked for when the view is paused. */
  readonly freeze: () => Snapshot;
  /** Lines of the open overlay. */
  readonly overlayHeight: number;
}

type Update<Intent extends ViewIntent> = (
  view: View,
  intent: Intent,
  context: ViewContext,
) => Partial<View>;

const updates: {
  readonly [Kind in ViewIntent['kind']]: Update<Extract<ViewIntent, {kind: Kind}>>;
} = {
  move: (view, intent, context) => {
    if (view.overlay) return moveOverlay(view, intent, context);
    if (view.focus === 'runs') return moveRun(view, intent, context);
    if (view.focus === 'messages') return moveMessage(view, intent, context);
    return {notice: 'nothing to move here; Enter opens the history'};
  },
  focus: (view, {by}) => {
    const index = paneNames.indexOf(view.focus) + by + paneNames.length;
    return {focus: paneNames[index % paneNames.length]!};
  },
  open: (view, _intent, context) => open(view, context),
  back: view => {
    if (view.overlay) return {overlay: undefined, overlayTop: 0};
    if (view.isZoomed) return {isZoomed: false};
    if (view.messages) return {messages: undefined};
    return {};
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

type Move = Extract<ViewIntent, {kind: 'move'}>;

/** Rows of a pane below its title. */
const pageOf = (height: number, titles: number) => Math.max(1, height - titles);

function moveOverlay(view: View, {by, unit}: Move, context: ViewContext): Partial<View> {
  const page = pageOf(context.layout.body.height, 1);
  const last = Math.max(0, context.overlayHeight - page);
  if (unit === 'all') return {overlayTop: by < 0 ? 0 : last};
  const top = view.overlayTop + by * (unit === 'page' ? page : 1);
  return {overlayTop: Math.min(last, Math.max(0, top))};
}

function moveRun(view: View, {by, unit}: Move, {snapshot, layout}: ViewContext): Partial<View> {
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

function moveMessage(view: View, {by, unit}: Move, context: ViewContext): Partial<View> {
  const {log} = context.snapshot;
  const accepts = inScope(view.scope);
  const rows = pageOf(context.layout.panes.messages.height, 1);
  if (unit === 'all' && by > 0) return {messages: undefined};
  const newest = step(log, log.last + 1, -1, accepts);
  if (newest === log.last + 1) return {notice: 'no messages yet'};
  const top = view.messages?.top ?? firstOfPage(log, newest, rows, accepts);
  const from = view.messages?.selected ?? newest;
  const distance = {row: 1, page: rows, all: Infinity}[unit];
  const selected = step(log, from, by * distance, accepts);
  // Stepping down from the newest: back to following.
  if (by > 0 && selected === newest && from === newest) return {messages: undefined};
  const bottomTop = firstOfPage(log, selected, rows, accepts);
  return {messages: {selected, top: Math.min(selected, Math.max(top, bottomTop))}};
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

/** The selected message, or the newest while following. */
export function selectedEntry(view: View, {log}: Snapshot): LogEntry | undefined {
  const accepts = inScope(view.scope);
  const id = view.messages?.selected ?? step(log, log.last + 1, -1, accepts);
  return log.get(Math.max(id, log.first));
}

/** The selected run, or the first. */
export function selectedRun({run, scope}: View, snapshot: Snapshot): Run | undefined {
  const runs = visibleRuns(snapshot, scope);
  return runs.find(({key}) => key === run) ?? runs[0];
}

/** The runs that the view shows, in the order of the snapshot. */
export function visibleRuns(snapshot: Snapshot, scope: string | undefined): Snapshot['runs'] {
  if (scope === undefined) return snapshot.runs;
  return snapshot.runs.filter(run => run.namespace === undefined || run.namespace === scope);
}
