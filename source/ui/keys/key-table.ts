// The one key table: the dispatcher, the footer, the help and the README's table all come from it.
import type {KeyBinding, KeyGroup, Place, Source} from './key-binding.ts';

/** The groups with the bindings that are valid there. */
export function groupsOf(source: Source): readonly KeyGroup[] {
  return keyGroups
    .map(({title, bindings}) => ({
      title,
      bindings: bindings.filter(({only = source}) => only === source),
    }))
    .filter(({bindings}) => bindings.length > 0);
}

/** The bindings that are valid there. */
export const bindingsOf = (source: Source): readonly KeyBinding[] =>
  groupsOf(source).flatMap(({bindings}) => bindings);

const noServer = 'asks the server, and this is a recording';

const everywhere: readonly Place[] = ['panes', 'overlay', 'sheet'];
const views: readonly Place[] = ['panes', 'overlay'];

/** -1 for the keys listed here, 1 for the others of their binding. */
const direction =
  (...backwards: readonly string[]) =>
  (key: string): 1 | -1 =>
    backwards.includes(key) ? -1 : 1;

const up = direction('up', 'k', 'pageup', 'g', 'home');

const leaving: readonly KeyBinding[] = [
  {
    keys: ['?'],
    label: '?',
    help: 'this help',
    hint: '? help',
    where: everywhere,
    action: {kind: 'help'},
  },
  {
    keys: ['q', 'ctrl+c'],
    label: 'q Ctrl-C',
    help: 'quit',
    hint: 'q quit',
    where: everywhere,
    action: {kind: 'quit'},
  },
  {
    keys: ['escape'],
    label: 'Esc',
    help: 'back one level; never quits',
    hint: 'Esc back',
    where: everywhere,
    hintWhere: ['overlay', 'sheet'],
    action: {kind: 'back'},
  },
];

const filtering: readonly KeyBinding[] = [
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    label: '1 … 9',
    help: 'ask the server for a message type, or no longer (see the chips)',
    where: views,
    notInReplay: noServer,
    action: key => ({kind: 'toggle-type', index: Number(key) - 1}),
  },
  {
    keys: ['0'],
    label: '0',
    help: 'no filter: ask the server for everything',
    where: views,
    notInReplay: noServer,
    action: {kind: 'clear-filter'},
  },
  {
    keys: ['f'],
    label: 'f',
    help: 'the filter sheet: types, agents and runs, as seen or as typed',
    hint: 'f filter',
    where: everywhere,
    notInReplay: noServer,
    action: {kind: 'filter-sheet'},
  },
  {
    keys: ['space'],
    label: 'Space',
    help: 'on the filter sheet: take it in or out',
    hint: 'Space toggle',
    where: ['sheet'],
    action: {kind: 'toggle-row'},
  },
  {
    keys: ['return'],
    label: 'Enter',
    help: 'on the filter sheet: apply; on “another …”: type a name',
    hint: 'Enter apply',
    where: ['sheet'],
    action: {kind: 'choose'},
  },
  {
    keys: ['a'],
    label: 'a',
    help: 'ask the server for the selected message’s agent alone, or no longer',
    spareHint: 'a agent',
    where: views,
    notInReplay: noServer,
    action: {kind: 'toggle-agent'},
  },
  {
    keys: ['r'],
    label: 'r',
    help: 'ask the server for the selected run alone, or no longer',
    spareHint: 'r run',
    where: views,
    notInReplay: noServer,
    action: {kind: 'toggle-run'},
  },
  {
    keys: ['l'],
    label: 'l',
    help: 'run lifecycle rides along with a type filter, or not',
    where: views,
    notInReplay: noServer,
    action: {kind: 'toggle-lifecycle'},
  },
  {
    keys: ['s'],
    label: 's',
    help: 'show the selection’s namespace alone, or all (not on the server)',
    spareHint: 's scope',
    where: ['panes'],
    action: {kind: 'toggle-scope'},
  },
];

const looking: readonly KeyBinding[] = [
  {
    keys: ['space'],
    label: 'Space',
    help: 'pause the view and resume; the receiver runs on',
    hint: 'Space pause',
    where: views,
    only: 'live',
    action: {kind: 'toggle-pause'},
  },
  {
    keys: ['/'],
    label: '/',
    help: 'search what is shown: text or /regular expression/; Esc ends it',
    hint: '/ search',
    where: views,
    action: {kind: 'open-input', input: 'search'},
  },
  {
    keys: ['n', 'N'],
    label: 'n N',
    help: 'the next that is found, and the one before',
    where: views,
    action: key => ({kind: 'find-next', by: direction('N')(key)}),
  },
  {
    keys: ['tab', 'shift+tab'],
    label: 'Tab S-Tab',
    help: 'next pane, and the one before',
    hint: 'Tab pane',
    where: ['panes'],
    action: key => ({kind: 'focus', by: direction('shift+tab')(key)}),
  },
  {
    keys: ['z'],
    label: 'z',
    help: 'the focused pane alone, or all',
    spareHint: 'z zoom',
    where: ['panes'],
    action: {kind: 'toggle-zoom'},
  },
  {
    keys: ['up', 'k', 'down', 'j'],
    label: '↑ ↓ k j',
    help: 'up and down',
    hint: '↑↓ move',
    hintWhere: ['overlay', 'sheet'],
    where: everywhere,
    action: key => ({kind: 'move', by: up(key), unit: 'row'}),
  },
  {
    keys: ['pageup', 'pagedown'],
    label: 'PgUp PgDn',
    help: 'a page up and down',
    where: everywhere,
    action: key => ({kind: 'move', by: up(key), unit: 'page'}),
  },
  {
    keys: ['g', 'home', 'G', 'end'],
    label: 'g G',
    help: 'first and last (Home, End); at the last, messages follow the stream',
    where: everywhere,
    action: key => ({kind: 'move', by: up(key), unit: 'all'}),
  },
  {
    keys: ['return'],
    label: 'Enter',
    help: 'open the selected message, run, or the connection’s history',
    hint: 'Enter open',
    where: ['panes'],
    action: {kind: 'open'},
  },
  {
    keys: ['return'],
    label: 'Enter',
    help: 'in an opened message: long values whole, or folded again',
    where: ['overlay'],
    action: {kind: 'toggle-fold'},
  },
  {
    keys: ['left', 'right'],
    label: '← →',
    help: 'in an opened message: the one before, and the next',
    spareHint: '←→ next',
    where: ['overlay'],
    action: key => ({kind: 'neighbour', by: direction('left')(key)}),
  },
  {
    keys: ['t'],
    label: 't',
    help: 'times: local, UTC, lab (America/New_York), age',
    spareHint: 't times',
    where: views,
    action: {kind: 'next-time'},
  },
];

const keeping: readonly KeyBinding[] = [
  {
    keys: ['A'],
    label: 'A',
    help: 'the alerts: what is wrong or was, since when',
    spareHint: 'A alerts',
    where: views,
    action: {kind: 'alerts'},
  },
  {
    keys: ['x'],
    label: 'x',
    help: 'acknowledge the alerts: those that are over go',
    where: views,
    action: {kind: 'acknowledge'},
  },
  {
    keys: ['b'],
    label: 'b',
    help: 'mute the bell that rings for alerts, or not',
    where: views,
    notInReplay: 'mutes a bell, and what was recorded rings none',
    action: {kind: 'toggle-bell'},
  },
  {
    keys: ['m'],
    label: 'm',
    help: 'leave a mark with a line of text, for the next shift',
    spareHint: 'm mark',
    where: views,
    notInReplay: 'would be a mark of today in a recording of then',
    action: {kind: 'open-input', input: 'mark'},
  },
  {
    keys: ['c'],
    label: 'c',
    help: 'copy the selected message, the run’s report, or the shift’s (in the connection pane)',
    spareHint: 'c copy',
    where: views,
    action: {kind: 'copy'},
  },
  {
    keys: ['w'],
    label: 'w',
    help: 'write the run’s report, the shift’s (in the connection pane) or the messages to a file',
    spareHint: 'w write',
    where: views,
    action: {kind: 'write'},
  },
];

const connecting: readonly KeyBinding[] = [
  {
    keys: ['ctrl+r'],
    label: 'Ctrl-R',
    help: 'a new stream now; nothing is lost while the old one works',
    where: everywhere,
    notInReplay: noServer,
    action: {kind: 'reconnect'},
  },
  {
    keys: ['ctrl+l'],
    label: 'Ctrl-L',
    help: 'redraw the screen',
    where: everywhere,
    action: {kind: 'redraw'},
  },
  {
    keys: ['ctrl+z'],
    label: 'Ctrl-Z',
    help: 'suspend; fg comes back (nothing is received meanwhile)',
    where: everywhere,
    action: {kind: 'suspend'},
  },
];

const replaying: readonly KeyBinding[] = [
  {
    keys: ['space'],
    label: 'Space',
    help: 'in a replay: pause it, and go on',
    hint: 'Space pause',
    where: views,
    only: 'replay',
    action: {kind: 'play', command: 'pause'},
  },
  {
    keys: ['.'],
    label: '.',
    help: 'in a replay: one message or event, and pause',
    where: views,
    only: 'replay',
    action: {kind: 'play', command: 'step'},
  },
  {
    keys: ['>', '<'],
    label: '> <',
    help: 'in a replay: faster and slower',
    hint: '> speed',
    where: views,
    only: 'replay',
    action: key => ({kind: 'play', command: key === '>' ? 'faster' : 'slower'}),
  },
  {
    keys: ['e'],
    label: 'e',
    help: 'in a replay: to the next alert or gap, and pause',
    hint: 'e jump',
    where: views,
    only: 'replay',
    action: {kind: 'play', command: 'jump'},
  },
  {
    keys: ['R'],
    label: 'R',
    help: 'in a replay: from the beginning',
    where: views,
    only: 'replay',
    action: {kind: 'play', command: 'restart'},
  },
];

const keyGroups: readonly KeyGroup[] = [
  {title: 'Help, and the way out', bindings: leaving},
  {title: 'What the server is asked for', bindings: filtering},
  {title: 'What is shown', bindings: looking},
  {title: 'Alerts, and what you keep', bindings: keeping},
  {title: 'The stream and the terminal', bindings: connecting},
  {title: 'A recording that plays', bindings: replaying},
];

export const keyTable: readonly KeyBinding[] = keyGroups.flatMap(({bindings}) => bindings);
