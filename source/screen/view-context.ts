// What the view's changes depend on besides the view itself.
import type {Snapshot} from '../model/monitor-model.ts';
import type {Layout} from './layout.ts';

export interface ViewContext {
  /** What is on the screen: the frozen snapshot when paused. */
  readonly snapshot: Snapshot;
  readonly layout: Layout;
  /** A snapshot that stays; asked for when the view is paused. */
  readonly freeze: () => Snapshot;
  /** What holds now, paused or not. */
  readonly live: Snapshot;
  /** Message types on the number keys in place of the standard ones. */
  readonly keyTypes: readonly string[] | undefined;
  /** Lines of what is open, as texts. */
  readonly overlayLines: readonly string[];
}
