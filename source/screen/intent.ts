// What a key can ask for. The first group changes the view alone; the second leaves the screen.

import type {Field, FieldKind} from './field.ts';
import type {ReplayDeed} from './replay.ts';

export type ViewIntent =
  | {readonly kind: 'move'; readonly by: number; readonly unit: 'row' | 'page' | 'all'}
  | {readonly kind: 'focus'; readonly by: 1 | -1}
  | {readonly kind: 'open'}
  | {readonly kind: 'back'}
  | {readonly kind: 'help'}
  | {readonly kind: 'alerts'}
  | {readonly kind: 'toggle-bell'}
  | {readonly kind: 'toggle-pause'}
  | {readonly kind: 'toggle-zoom'}
  | {readonly kind: 'toggle-scope'}
  | {readonly kind: 'toggle-lifecycle'}
  | {readonly kind: 'next-time'}
  /** Opens a field. */
  | {readonly kind: 'ask'; readonly field: FieldKind}
  /** The field as typed so far. */
  | {readonly kind: 'type'; readonly field: Field}
  | {readonly kind: 'leave-field'}
  | {readonly kind: 'find'; readonly query: string}
  | {readonly kind: 'find-next'; readonly by: 1 | -1}
  | {readonly kind: 'filter-sheet'}
  | {readonly kind: 'toggle-row'}
  | {readonly kind: 'add'; readonly text: string}
  /** The message after (1) or before (-1) the opened one. */
  | {readonly kind: 'neighbour'; readonly by: 1 | -1}
  | {readonly kind: 'toggle-fold'};

export type OutwardIntent =
  /** The type on the number key `index + 1`. */
  | {readonly kind: 'toggle-type'; readonly index: number}
  | {readonly kind: 'clear-filter'}
  /** The server's filter to the selected message's agent, to the selected run, or off again. */
  | {readonly kind: 'toggle-agent'}
  | {readonly kind: 'toggle-run'}
  /** The lifecycle was put into, or taken out of, the filter of types. */
  | {readonly kind: 'apply-lifecycle'}
  /** The filter sheet's draft becomes the filter. */
  | {readonly kind: 'apply'}
  | {readonly kind: 'mark'; readonly text: string}
  | {readonly kind: 'suspend'}
  | {readonly kind: 'acknowledge'}
  | {readonly kind: 'copy'}
  | {readonly kind: 'write'}
  | {readonly kind: 'reconnect'}
  | {readonly kind: 'repaint'}
  /** To the replay of a recording. */
  | {readonly kind: 'play'; readonly deed: ReplayDeed}
  | {readonly kind: 'quit'};

/** What only the store can tell apart. */
export type StoreIntent =
  /** Enter on the filter sheet: applies it, or opens the field for another name. */
  {readonly kind: 'choose'};

export type Intent = ViewIntent | OutwardIntent | StoreIntent;
