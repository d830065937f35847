// All that a frame is drawn from: what the model knows at one moment, what the operator has done to
// the view, and where things stand on a terminal of this size.
import type {Snapshot} from '../../model/monitor-model.ts';
import type {Source} from '../keys/key-binding.ts';
import type {Theme} from '../theme.ts';
import {layoutFor, type Layout, type Size} from './layout.ts';
import type {ReplayState} from './replay.ts';
import {visibleRuns, type View} from './view.ts';

/** What stays as it is while the program runs. */
export interface About {
  readonly monitorUrl: string;
  readonly receiverName: string;
  readonly isRegistering: boolean;
}

export interface ScreenState {
  /** What is shown: frozen while paused. */
  readonly snapshot: Snapshot;
  /** What holds now, paused or not. */
  readonly live: Snapshot;
  readonly view: View;
  readonly layout: Layout;
  readonly about: About;
  readonly theme: Theme;
  /** Message types on the number keys in place of the standard ones. */
  readonly keyTypes: readonly string[] | undefined;
  /** Where the replay is, if it is one. */
  readonly replay: ReplayState | undefined;
}

/** What changes the view, besides the view itself. */
export interface ReducerContext extends ScreenState {
  /** A snapshot that stays; taken when the view is paused. */
  readonly freeze: () => Snapshot;
  /** Lines of the overlay, as texts. */
  readonly overlayLines: () => readonly string[];
}

/** @param live what holds now; the frozen snapshot of a paused view keeps its own ages going. */
export function screenState(
  live: Snapshot,
  view: View,
  size: Size,
  rest: Pick<ScreenState, 'about' | 'theme' | 'keyTypes' | 'replay'>,
): ScreenState {
  const snapshot = view.paused ? {...view.paused, now: live.now} : live;
  const layout = layoutFor(size, {
    focus: view.focus,
    isZoomed: view.isZoomed,
    hasAlerts: live.alerts.some(({isAcknowledged}) => !isAcknowledged),
    runs: visibleRuns(snapshot, view.scope).length,
  });
  return {...rest, snapshot, live, view, layout};
}

/** What is shown: a stream, or a recording of one. */
export const sourceOf = ({replay}: Pick<ScreenState, 'replay'>): Source =>
  replay ? 'replay' : 'live';
