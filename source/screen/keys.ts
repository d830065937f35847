// The one key table: the dispatcher, the footer, the help and the README's table come from it.
import type {Intent} from './intent.ts';
import type {View} from './view.ts';

export interface KeyBinding {
  /** Names as `key-names.ts` gives them. */
  readonly keys: readonly string[];
  /** As the operator reads it. */
  readonly label: string;
  readonly help: string;
  /** Key and word for the footer, where room is scarce; without it the key is in the help only. */
  readonly hint?: string;
  readonly where: Where;
  readonly intent: Intent | ((key: string) => Intent);
}

/** `panes`: nothing is open above the panes. `overlay`: a detail or the help is. */
export type Where = 'everywhere' | 'panes' | 'overlay';

const step = (by: number): Intent => ({kind: 'move', by, unit: 'row'});
const page = (by: number): Intent => ({kind: 'move', by, unit: 'page'});

export const keyTable: readonly KeyBinding[] = [
  {
    keys: ['?'],
    label: '?',
    help: 'this help',
    hint: '? help',
    where: 'everywhere',
    intent: {kind: 'help'},
  },
  {
    keys: ['q', 'ctrl+c'],
    label: 'q Ctrl-C',
    help: 'quit',
    hint: 'q quit',
    where: 'everywhere',
    intent: {kind: 'quit'},
  },
  {
    keys: ['escape'],
    label: 'Esc',
    help: 'back one level; never quits',
    hint: 'Esc back',
    where: 'everywhere',
    intent: {kind: 'back'},
  },
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    label: '1 … 9',
    help: 'ask the server for a message type, or no longer (see the chips)',
    hint: '1-9 filter',
    where: 'everywhere',
    intent: key => ({kind: 'toggle-type', index: Number(key) - 1}),
  },
  {
    keys: ['0'],
    label: '0',
    help: 'no filter: ask the server for everything',
    where: 'everywhere',
    intent: {kind: 'clear-filter'},
  },
  {
    keys: ['l'],
    label: 'l',
    help: 'run lifecycle rides along with a type filter, or not',
    where: 'everywhere',
    intent: {kind: 'toggle-lifecycle'},
  },
  {
    keys: ['s'],
    label: 's',
    help: 'show the selection’s namespace alone, or all (not on the server)',
    where: 'panes',
    intent: {kind: 'toggle-scope'},
  },
  {
    keys: ['space'],
    label: 'Space',
    help: 'pause the view and resume; the receiver runs on',
    hint: 'Space pause',
    where: 'everywhere',
    intent: {kind: 'toggle-pause'},
  },
  {
    keys: ['tab'],
    label: 'Tab',
    help: 'next pane',
    hint: 'Tab pane',
    where: 'panes',
    intent: {kind: 'focus', by: 1},
  },
  {
    keys: ['shift+tab'],
    label: 'Shift-Tab',
    help: 'previous pane',
    where: 'panes',
    intent: {kind: 'focus', by: -1},
  },
  {
    keys: ['z'],
    label: 'z',
    help: 'the focused pane alone, or all',
    where: 'panes',
    intent: {kind: 'toggle-zoom'},
  },
  {
    keys: ['up', 'k'],
    label: '↑ k',
    help: 'up',
    where: 'everywhere',
    intent: step(-1),
  },
  {keys: ['down', 'j'], label: '↓ j', help: 'down', where: 'everywhere', intent: step(1)},
  {
    keys: ['pageup'],
    label: 'PgUp',
    help: 'a page up',
    where: 'everywhere',
    intent: page(-1),
  },
  {
    keys: ['pagedown'],
    label: 'PgDn',
    help: 'a page down',
    where: 'everywhere',
    intent: page(1),
  },
  {
    keys: ['g', 'home'],
    label: 'g Home',
    help: 'first',
    where: 'everywhere',
    intent: {kind: 'move', by: -1, unit: 'all'},
  },
  {
    keys: ['G', 'end'],
    label: 'G End',
    help: 'last; messages follow the stream again',
    where: 'everywhere',
    intent: {kind: 'move', by: 1, unit: 'all'},
  },
  {
    keys: ['return'],
    label: 'Enter',
    help: 'open the selected message, run, or the connection’s history',
    hint: 'Enter open',
    where: 'panes',
    intent: {kind: 'open'},
  },
  {
    keys: ['A'],
    label: 'A',
    help: 'the alerts: what is wrong or was, since when',
    where: 'everywhere',
    intent: {kind: 'alerts'},
  },
  {
    keys: ['x'],
    label: 'x',
    help: 'acknowledge the alerts: those that are over go',
    where: 'everywhere',
    intent: {kind: 'acknowledge'},
  },
  {
    keys: ['b'],
    label: 'b',
    help: 'mute the bell that rings for alerts, or not',
    where: 'everywhere',
    intent: {kind: 'toggle-bell'},
  },
  {
    keys: ['c'],
    label: 'c',
    help: 'copy the selected message, or the selected run’s report',
    where: 'everywhere',
    intent: {kind: 'copy'},
  },
  {
    keys: ['w'],
    label: 'w',
    help: 'write the run’s report (Markdown) or the messages (NDJSON) to a file here',
    where: 'everywhere',
    intent: {kind: 'write'},
  },
  {
    keys: ['t'],
    label: 't',
    help: 'times: local, UTC, lab (America/New_York), age',
    where: 'everywhere',
    intent: {kind: 'next-time'},
  },
  {
    keys: ['ctrl+r'],
    label: 'Ctrl-R',
    help: 'a new stream now; nothing is lost while the old one works',
    where: 'everywhere',
    intent: {kind: 'reconnect'},
  },
  {
    keys: ['ctrl+l'],
    label: 'Ctrl-L',
    help: 'paint the screen anew',
    where: 'everywhere',
    intent: {kind: 'repaint'},
  },
];

/** What `key` means in this view; undefined when nothing. */
export function intentFor(key: string, view: View): Intent | undefined {
  const place: Where = view.overlay === undefined ? 'panes' : 'overlay';
  const binding = keyTable.find(
    ({keys, where}) => keys.includes(key) && (where === 'everywhere' || where === place),
  );
  if (!binding) return undefined;
  return typeof binding.intent === 'function' ? binding.intent(key) : binding.intent;
}
