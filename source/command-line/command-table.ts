// The one table of commands: dispatch, help, the README's table, manual page and completions all
// come from it.
import type {FlagName} from '../settings/flag-table.ts';
import {shells} from './completions/shells.ts';

export interface Command {
  /** One line. */
  readonly summary: string;
  readonly operand?: Operand;
  readonly flags: readonly FlagName[];
  /** What a flag means here, where that is not what it means elsewhere. */
  readonly flagHelp?: Readonly<Partial<Record<FlagName, string>>>;
  /** Lines to type, without `swfmon `, and what each does: the head of the help. */
  readonly examples: readonly (readonly [line: string, does: string])[];
}

/** What may stand behind the command. */
export interface Operand {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** What a shell can fill in; a list: nothing else is taken. */
  readonly completes: 'file' | readonly string[];
}

const filter = ['message', 'agent', 'run'] as const;
const monitor = ['monitorUrl', 'caFile'] as const;
const receiver = ['name', 'namespace', 'register'] as const;
const lines = ['json', 'plain', 'count', 'time'] as const;
const broker = [
  'brokerHost',
  'brokerPort',
  'brokerUser',
  'brokerTls',
  'brokerCaFile',
  'topic',
] as const;
const sending = ['oneshot', 'interval', 'probe', 'wait'] as const;
const serving = ['host', 'port', 'basePath', 'tlsCert', 'tlsKey', 'plainHttp'] as const;
const screen = ['alert', 'fps', 'ascii'] as const;
const recording = ['record', 'recordTotal'] as const;

export const commandTable = {
  watch: {
    summary: 'the full screen; lines when stdout is no terminal',
    flags: [...filter, ...monitor, ...receiver, ...lines, ...screen, ...recording],
    examples: [
      ['', 'watch everything, full screen'],
      ['--message stf_gen,end_run', 'ask the server for these types only'],
      ['--run 100013', 'one run'],
      ['--record ~/shifts', 'keep everything for replay and report'],
    ],
  },
  tail: {
    summary: 'one line a message, diagnostics on stderr; of what was recorded, with FILE',
    operand: {name: 'FILE', least: 0, most: Infinity, completes: 'file'},
    flags: [...filter, ...monitor, ...receiver, ...lines, ...recording, 'since'],
    examples: [
      ['tail', 'one line a message'],
      ['tail --json | jq .filename', 'messages byte for byte as received'],
      ['tail --count 10', 'stop after ten messages'],
      ['tail ~/shifts --since 8h', 'the messages of the last shift'],
    ],
  },
  replay: {
    summary: 'what was recorded, on the screen as it was; lines without a terminal',
    operand: {name: 'FILE', least: 1, most: Infinity, completes: 'file'},
    flags: ['since', 'speed', 'namespace', ...lines, ...screen],
    flagHelp: {namespace: 'show only its messages'},
    examples: [
      ['replay ~/shifts', 'what was recorded there, as it was'],
      ['replay ~/shifts --speed 10', 'ten times as fast'],
    ],
  },
  report: {
    summary: 'the handover of what was recorded: runs, gaps, alerts, marks, as Markdown',
    operand: {name: 'FILE', least: 1, most: Infinity, completes: 'file'},
    flags: ['since', 'namespace', 'json', 'time', 'alert'],
    flagHelp: {namespace: 'runs of this namespace alone', json: 'as JSON'},
    examples: [['report ~/shifts --since 8h', 'for the e-log, of the last eight hours']],
  },
  demo: {
    summary: 'a simulated testbed, or a recorded stream, on this machine',
    operand: {name: 'FILE', least: 0, most: 1, completes: 'file'},
    flags: [...filter, ...receiver, ...lines, ...screen, ...recording],
    flagHelp: {name: 'what the receiver is called there (swfmon-demo)'},
    examples: [
      ['demo', 'a simulated testbed here, no account needed'],
      ['demo recorded.sse', 'a recorded stream instead'],
    ],
  },
  send: {
    summary: 'test messages over the broker, and whether they come back',
    flags: ['namespace', ...broker, ...sending, ...monitor, 'json', 'time'],
    flagHelp: {
      namespace: 'what the messages carry',
      json: 'what was sent, or found out, as JSON',
      monitorUrl: 'base URL, for --probe',
    },
    examples: [
      ['send --oneshot', 'one batch of test messages over the broker'],
      ['send --probe', 'does a message come back on the stream, and when'],
    ],
  },
  serve: {
    summary: 'a monitor of your own, to develop agents with',
    flags: [...serving, 'simulate', ...broker, 'time'],
    examples: [
      ['serve', 'a monitor on this machine'],
      ['serve --simulate', 'with a simulated DAQ'],
    ],
  },
  config: {
    summary: 'the settings in force, and where each comes from',
    flags: [
      ...filter,
      ...monitor,
      ...receiver,
      'json',
      'time',
      ...screen,
      ...recording,
      ...broker,
      'oneshot',
      'interval',
      'wait',
      ...serving,
    ],
    flagHelp: {json: 'as JSON'},
    examples: [['config', 'what is set, and where each setting comes from']],
  },
  doctor: {
    summary: 'what is in order between here and the monitor, and what to do where it is not',
    flags: [...monitor, ...receiver, 'json', 'ascii'],
    flagHelp: {json: 'as JSON'},
    examples: [['doctor', 'why does it not connect?']],
  },
  completion: {
    summary: 'what bash, zsh or fish need to complete commands and flags',
    operand: {name: 'SHELL', least: 1, most: 1, completes: shells},
    flags: [],
    examples: [['completion bash', 'to be sourced in ~/.bashrc']],
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof commandTable;
export const commandNames = Object.keys(commandTable) as readonly CommandName[];
export const isCommand = (word: string): word is CommandName => Object.hasOwn(commandTable, word);

/** Any command of the table. */
export const commandOf = (name: CommandName): Command => commandTable[name];

/** What runs when no command is named. */
export const defaultCommand: CommandName = 'watch';

/** `swfmon demo [FILE]`, as it is typed. */
export function usageOf(name: CommandName): string {
  const {operand} = commandOf(name);
  const words = ['swfmon', ...(name === defaultCommand ? [] : [name])];
  return operand ? [...words, operandUsage(operand)].join(' ') : words.join(' ');
}

function operandUsage({name, least, most}: Operand): string {
  const once = most > 1 ? `${name} ...` : name;
  return least === 0 ? `[${once}]` : once;
}
