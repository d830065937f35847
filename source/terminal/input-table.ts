// The state machine that tells keys and pastes from everything else that a terminal sends, as one table:
// what is done with a byte of each class in each state, and which state follows.
import type {SequenceKind} from './key-sequences.ts';

/** Longest gap inside one key, ms: 100 ms and what a busy terminal adds. A lone Esc takes this long. */
const keyGapMs = 120;
/** Longest gap inside a report that has certainly begun: what is left of it would be taken for keys. */
const reportGapMs = 500;
/** After so long without input, ms, a paste or a string of the terminal has no end. */
const unendedMs = 1000;

export type ByteClass =
  | 'ctrlC' // 0x03
  | 'bel' // 0x07
  | 'cancel' // 0x18, 0x1a (Ctrl-Z): end every sequence
  | 'esc' // 0x1b
  | 'control' // the other C0 controls, and DEL
  | 'dollar' // the final byte of some keys of rxvt, elsewhere an intermediate
  | 'intermediate' // the rest of 0x20 to 0x2f
  | 'digit'
  | 'parameter' // : ; < = > ?
  | 'bracket' // [ begins CSI
  | 'letterO' // O begins SS3
  | 'letterM' // CSI M begins an X10 mouse report
  | 'opener' // ] P X ^ _ begin OSC, DCS, SOS, PM, APC
  | 'backslash' // ends them after ESC
  | 'final' // the rest of 0x40 to 0x7e
  | 'lead' // the first byte of a character beyond ASCII
  | 'continuation'; // 0x80 to 0xbf

/** What an action finds out is an event too. */
export type Event = ByteClass | 'timeout' | SequenceKind | 'altKey' | 'pasteEnd' | 'pasteFull';

export type State =
  | 'ground'
  | 'escape' // ESC
  | 'escapeTwice' // ESC ESC
  | 'altCharacter' // ESC and the first byte of a character
  | 'csi' // ESC [
  | 'csiDigit' // ESC [ 5
  | 'csiParameters'
  | 'linux' // ESC [ [
  | 'ss3' // ESC O
  | 'complete' // a whole sequence is held
  | 'mouse1' // ESC [ M, and three bytes follow
  | 'mouse2'
  | 'mouse3'
  | 'stringStart' // ESC ]: a string, or Alt-]
  | 'string'
  | 'stringEscape' // ESC in a string
  | 'paste'
  | 'pasteRest'; // beyond the limit

export type Action =
  | 'text' // a byte of a character that was typed
  | 'control' // the byte is a key
  | 'restart' // the byte is the first that is held
  | 'hold' // keeps the byte with those that are held
  | 'finish' // the byte ends the sequence that is held; says what kind it is
  | 'send' // the sequence is a key
  | 'pressEsc' // ESC was the key Esc
  | 'pressEscTwice'
  | 'drop' // the byte and what is held are nothing
  | 'retry' // what is held is nothing; the byte is looked at again in the next state
  | 'collect' // keeps a byte of a paste; says when its end is there, or the limit
  | 'skip' // a byte of the paste's rest; says when its end is there
  | 'paste' // what was collected is a paste
  | 'pasteFull' // so is what was collected up to the limit
  | 'focusIn'
  | 'focusOut';

type Cell = readonly [Action, State];

export interface Row extends Readonly<Partial<Record<Event, Cell>>> {
  /** For the events that the row does not name. */
  readonly otherwise: Cell;
  /** After so long without a byte, ms, the event `timeout` comes; undefined: never. */
  readonly gapMs?: number;
}

const ctrlC: Cell = ['control', 'ground'];
const nothing: Cell = ['drop', 'ground'];
const retry: Cell = ['retry', 'ground'];
const whole: Cell = ['finish', 'complete'];
const parameters: Cell = ['hold', 'csiParameters'];
/** Bytes that no sequence holds: they end it and count for themselves. */
const aborts = {
  ctrlC,
  esc: ['restart', 'escape'],
  bel: retry,
  cancel: retry,
  control: retry,
  lead: retry,
  continuation: retry,
} as const satisfies Partial<Record<Event, Cell>>;
const inString = {
  ctrlC,
  esc: ['restart', 'stringEscape'],
  bel: nothing,
  cancel: retry,
  otherwise: ['drop', 'string'],
} as const satisfies Row;
const afterEsc = {
  ctrlC,
  esc: ['hold', 'escapeTwice'],
  bracket: ['hold', 'csi'],
  letterO: ['hold', 'ss3'],
} as const satisfies Partial<Record<Event, Cell>>;
const inMouse = {ctrlC, esc: aborts.esc, gapMs: reportGapMs, timeout: nothing} as const;

// prettier-ignore
export const table: Readonly<Record<State, Row>> = {
  ground: {
    ctrlC, esc: ['restart', 'escape'], bel: ['control', 'ground'], cancel: ['control', 'ground'],
    control: ['control', 'ground'], otherwise: ['text', 'ground'],
  },
  // ESC and a character at once is that character with Alt; ESC alone is the key.
  escape: {
    ...afterEsc, opener: ['drop', 'stringStart'], lead: ['drop', 'altCharacter'],
    otherwise: nothing, gapMs: keyGapMs, timeout: ['pressEsc', 'ground'],
  },
  // Esc twice, Esc held down, or Alt with a key that is a sequence.
  escapeTwice: {
    ...afterEsc, esc: ['pressEsc', 'escapeTwice'],
    opener: ['pressEsc', 'stringStart'], lead: ['pressEsc', 'altCharacter'],
    otherwise: ['pressEsc', 'ground'], gapMs: keyGapMs, timeout: ['pressEscTwice', 'ground'],
  },
  altCharacter: {continuation: ['drop', 'altCharacter'], otherwise: retry},
  csi: {
    ...aborts, letterM: ['drop', 'mouse1'], bracket: ['hold', 'linux'], digit: ['hold', 'csiDigit'],
    parameter: parameters, intermediate: parameters, dollar: parameters,
    otherwise: whole, gapMs: reportGapMs, timeout: nothing,
  },
  csiDigit: {
    ...aborts, digit: parameters, parameter: parameters, intermediate: parameters, dollar: whole,
    otherwise: whole, gapMs: reportGapMs, timeout: nothing,
  },
  csiParameters: {
    ...aborts, digit: parameters, parameter: parameters, intermediate: parameters, dollar: parameters,
    otherwise: whole, gapMs: reportGapMs, timeout: nothing,
  },
  linux: {
    ...aborts, digit: ['hold', 'linux'], otherwise: whole, gapMs: reportGapMs, timeout: nothing,
  },
  ss3: {
    ...aborts, digit: ['hold', 'ss3'], parameter: ['hold', 'ss3'],
    otherwise: whole, gapMs: keyGapMs, timeout: nothing,
  },
  complete: {
    key: ['send', 'ground'], altKey: nothing, report: nothing, pasteStart: ['drop', 'paste'],
    focusIn: ['focusIn', 'ground'], focusOut: ['focusOut', 'ground'], otherwise: nothing,
  },
  mouse1: {...inMouse, otherwise: ['drop', 'mouse2']},
  mouse2: {...inMouse, otherwise: ['drop', 'mouse3']},
  mouse3: {...inMouse, otherwise: nothing},
  stringStart: {...inString, gapMs: keyGapMs, timeout: nothing},
  string: {...inString, gapMs: unendedMs, timeout: nothing},
  // Another sequence ends the string.
  stringEscape: {
    ...afterEsc, backslash: nothing, opener: ['drop', 'stringStart'], lead: ['drop', 'altCharacter'],
    otherwise: nothing, gapMs: unendedMs, timeout: nothing,
  },
  // What is pasted goes into one line of text, which has no use for Ctrl-C: it is the operator's.
  paste: {
    ctrlC, pasteEnd: ['paste', 'ground'], pasteFull: ['pasteFull', 'pasteRest'],
    otherwise: ['collect', 'paste'], gapMs: unendedMs, timeout: ['paste', 'ground'],
  },
  pasteRest: {
    ctrlC, pasteEnd: nothing, otherwise: ['skip', 'pasteRest'], gapMs: unendedMs, timeout: nothing,
  },
};

const named: Readonly<Record<number, ByteClass>> = {
  0x03: 'ctrlC',
  0x07: 'bel',
  0x18: 'cancel',
  0x1a: 'cancel',
  0x1b: 'esc',
  0x24: 'dollar',
  0x4d: 'letterM',
  0x4f: 'letterO',
  0x50: 'opener',
  0x58: 'opener',
  0x5b: 'bracket',
  0x5c: 'backslash',
  0x5d: 'opener',
  0x5e: 'opener',
  0x5f: 'opener',
  0x7f: 'control',
};
/** The other classes by their first bytes, the highest first. */
const ranges: readonly (readonly [number, ByteClass])[] = [
  [0xc0, 'lead'],
  [0x80, 'continuation'],
  [0x40, 'final'],
  [0x3a, 'parameter'],
  [0x30, 'digit'],
  [0x20, 'intermediate'],
  [0x00, 'control'],
];

export const classOf = (byte: number): ByteClass =>
  named[byte] ?? ranges.find(([first]) => byte >= first)![1];
