// What a key can do. The first group changes the view alone; the second has effects outside it.
import type {ReplayCommand} from './replay.ts';
import type {TextInput, InputKind} from './text-input.ts';

export type ViewAction =
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
  /** Opens a text input. */
  | {readonly kind: 'open-input'; readonly input: InputKind}
  /** The input as typed so far. */
  | {readonly kind: 'type'; readonly input: TextInput}
  | {readonly kind: 'close-input'}
  | {readonly kind: 'find'; readonly query: string}
  | {readonly kind: 'find-next'; readonly by: 1 | -1}
  | {readonly kind: 'filter-sheet'}
  | {readonly kind: 'toggle-row'}
  | {readonly kind: 'add'; readonly text: string}
  /** The message after (1) or before (-1) the opened one. */
  | {readonly kind: 'neighbour'; readonly by: 1 | -1}
  | {readonly kind: 'toggle-fold'};

export type EffectAction =
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
  | {readonly kind: 'redraw'}
  /** To the replay of a recording. */
  | {readonly kind: 'play'; readonly command: ReplayCommand}
  | {readonly kind: 'quit'};

/** What only the store can tell apart. */
export type StoreAction =
  /** Enter on the filter sheet: applies it, or opens the field for another name. */
  {readonly kind: 'choose'};

export type Action = ViewAction | EffectAction | StoreAction;
