// What the operator has done to the view: focus, selection, pause, what is open, what is searched.
import type {LogEntry} from '../../model/message-log.ts';
import type {Snapshot} from '../../model/monitor-model.ts';
import type {Run} from '../../model/run.ts';
import type {TimeMode} from '../../time.ts';
import type {FilterSheet} from './filter-sheet.ts';
import type {PaneName} from './layout.ts';
import {inScope, step, type MessagePlace} from './message-window.ts';
import type {Search} from './search.ts';
import type {TextInput} from './text-input.ts';

export type Overlay =
  | {readonly kind: 'message'; readonly entry: LogEntry}
  | {readonly kind: 'run'; readonly key: string}
  | {readonly kind: 'history'}
  | {readonly kind: 'alerts'}
  | {readonly kind: 'filter'; readonly sheet: FilterSheet}
  | {readonly kind: 'help'};

export interface View {
  readonly focus: PaneName;
  readonly isZoomed: boolean;
  /** What the frozen view shows; undefined while it is live. */
  readonly paused: Snapshot | undefined;
  readonly overlay: Overlay | undefined;
  /** First line of the overlay that is shown. */
  readonly scrollTop: number;
  /** The selected message and the first on the page; undefined: the newest, following the stream. */
  readonly messages: MessagePlace | undefined;
  /** Key of the selected run; undefined: the first. */
  readonly run: string | undefined;
  readonly time: TimeMode;
  /** Only this namespace is shown. */
  readonly scope: string | undefined;
  /** A filter of types includes the run lifecycle. */
  readonly includesLifecycle: boolean;
  /** The bell does not ring for alerts. */
  readonly isMuted: boolean;
  /** Open for typing, in the footer. */
  readonly input: TextInput | undefined;
  /** What is highlighted, and what n and N go to. */
  readonly search: Search | undefined;
  /** Long values of an opened message are shown whole. */
  readonly isUnfolded: boolean;
  /** One line in the footer, until the next key. */
  readonly notice: string | undefined;
}

export function newView(time: TimeMode, scope: string | undefined): View {
  return {
    focus: 'messages',
    isZoomed: false,
    paused: undefined,
    overlay: undefined,
    scrollTop: 0,
    messages: undefined,
    run: undefined,
    time,
    scope,
    includesLifecycle: true,
    isMuted: false,
    input: undefined,
    search: undefined,
    isUnfolded: false,
    notice: undefined,
  };
}

/** @returns the selected message, or the newest while following. */
export function selectedEntry(view: View, {log}: Snapshot): LogEntry | undefined {
  const accepts = inScope(view.scope);
  const id = view.messages?.selected ?? step(log, log.last + 1, -1, accepts);
  return log.get(Math.max(id, log.first));
}

/** @returns the selected run, or the first. */
export function selectedRun({run, scope}: View, snapshot: Snapshot): Run | undefined {
  const runs = visibleRuns(snapshot, scope);
  return runs.find(({key}) => key === run) ?? runs[0];
}

/** @returns the runs that the view shows, in the order of the snapshot. */
export function visibleRuns(snapshot: Snapshot, scope: string | undefined): Snapshot['runs'] {
  if (scope === undefined) return snapshot.runs;
  return snapshot.runs.filter(run => run.namespace === undefined || run.namespace === scope);
}
