// The one table of flags: what the command line takes, what help, manual page and completions say.
// Which command takes which stands in the table of commands.
import {thresholdNames} from '../thresholds.ts';
import {timeModes} from '../time.ts';

export interface Flag {
  /** `boolean`: takes no value, and is undone by `--no-…`. */
  readonly type: 'string' | 'number' | 'boolean';
  /** Given several times, all count; of the others the last. */
  readonly isMultiple?: true;
  /** Another name, as in `msgType`. */
  readonly alias?: string;
  /** On by default: it is the `--no-…` that is told of. */
  readonly isNegated?: true;
  /** What its value is called; all but `boolean` have one. */
  readonly value?: string;
  readonly group: FlagGroup;
  readonly help: string;
  /** What a shell can fill in. */
  readonly completes?: 'file' | 'directory' | readonly string[];
}

/** Groups in the order of the help, with their titles and what is to be known beside the flags. */
export const flagGroups = {
  filter: {title: 'Filter (on the server; commas or repeated)'},
  monitor: {
    title: 'Monitor',
    note: 'The token comes from SWF_API_TOKEN (required). Variables may stand in ~/.env.',
  },
  receiver: {title: 'Receiver'},
  broker: {
    title: 'Broker (ActiveMQ, over STOMP)',
    note: 'The password comes from ACTIVEMQ_PASSWORD.',
  },
  send: {title: 'Sending'},
  serve: {
    title: 'Serving',
    note:
      'The token comes from SWF_API_TOKEN; without one, one is made and printed. Other machines ' +
      'are let in by --host alone, with TLS.',
  },
  output: {title: 'Output'},
  recording: {title: 'Recording'},
  about: {title: 'About'},
} as const;

export type FlagGroup = keyof typeof flagGroups;

export const flagTable = {
  message: {
    type: 'string',
    isMultiple: true,
    alias: 'msgType',
    value: 'TYPE',
    group: 'filter',
    help: 'message types (also --msg-type)',
  },
  agent: {
    type: 'string',
    isMultiple: true,
    value: 'NAME',
    group: 'filter',
    help: 'agents, as processed_by: hides the run lifecycle and every stf_gen',
  },
  run: {type: 'string', isMultiple: true, value: 'NUMBER', group: 'filter', help: 'runs'},
  monitorUrl: {type: 'string', value: 'URL', group: 'monitor', help: 'base URL'},
  caFile: {
    type: 'string',
    value: 'FILE',
    group: 'monitor',
    help: 'trusted certificates, PEM: a file or a directory',
    completes: 'file',
  },
  name: {type: 'string', value: 'NAME', group: 'receiver', help: "this receiver's name, required"},
  namespace: {
    type: 'string',
    value: 'NAME',
    group: 'receiver',
    help: 'register under it and show only its messages',
  },
  register: {
    type: 'boolean',
    isNegated: true,
    group: 'receiver',
    help: 'do not register as a receiver',
  },
  json: {
    type: 'boolean',
    group: 'output',
    help: 'messages as received, one a line, no screen',
  },
  plain: {type: 'boolean', group: 'output', help: 'one readable line a message, no screen'},
  count: {type: 'number', value: 'N', group: 'output', help: 'lines: stop after N messages'},
  time: {
    type: 'string',
    value: 'ZONE',
    group: 'output',
    help: 'local, utc, lab (America/New_York) or age',
    completes: timeModes,
  },
  alert: {
    type: 'string',
    isMultiple: true,
    value: 'NAME=N',
    group: 'output',
    help:
      'thresholds of the alerts: imminent, silence, settle, unfilled (seconds), ' +
      "intervals (of a run's STFs); off: never",
    completes: thresholdNames.map(name => `${name}=`),
  },
  fps: {type: 'number', value: 'N', group: 'output', help: 'frames a second at most, 1 to 30'},
  ascii: {type: 'boolean', group: 'output', help: 'no characters beyond ASCII'},
  record: {
    type: 'string',
    value: 'DIR',
    group: 'recording',
    help: 'record everything that happens to files there, for replay and report',
    completes: 'directory',
  },
  recordTotal: {
    type: 'number',
    value: 'MB',
    group: 'recording',
    help: 'room for all recordings there; the oldest files go',
  },
  since: {
    type: 'string',
    value: 'TIME',
    group: 'recording',
    help: 'of a recording, what came in the last 8h, 30m, 2d of it, or from 2026-11-23T22:00 on',
  },
  speed: {
    type: 'string',
    value: 'N',
    group: 'recording',
    help: 'recorded seconds a second, or max',
    completes: ['1', '10', '60', 'max'],
  },
  brokerHost: {type: 'string', value: 'HOST', group: 'broker', help: 'where the broker runs'},
  brokerPort: {type: 'number', value: 'N', group: 'broker', help: 'its STOMP port'},
  brokerUser: {type: 'string', value: 'NAME', group: 'broker', help: 'who logs in there'},
  brokerTls: {type: 'boolean', group: 'broker', help: 'STOMP inside TLS'},
  brokerCaFile: {
    type: 'string',
    value: 'FILE',
    group: 'broker',
    help: 'certificates to trust there, PEM',
    completes: 'file',
  },
  topic: {type: 'string', value: 'TOPIC', group: 'broker', help: 'where the messages are'},
  oneshot: {type: 'boolean', group: 'send', help: 'one batch, and the end'},
  interval: {type: 'number', value: 'SECONDS', group: 'send', help: 'between two batches'},
  probe: {
    type: 'boolean',
    group: 'send',
    help: "one message, awaited on the monitor's stream; 0 when it comes, else 1",
  },
  wait: {type: 'number', value: 'SECONDS', group: 'send', help: 'how long --probe waits'},
  host: {type: 'string', value: 'ADDRESS', group: 'serve', help: 'where to listen'},
  port: {type: 'number', value: 'N', group: 'serve', help: 'at which port; 0: any'},
  basePath: {type: 'string', value: 'PATH', group: 'serve', help: 'path of the monitor'},
  tlsCert: {
    type: 'string',
    value: 'FILE',
    group: 'serve',
    help: 'certificate with its chain, PEM: https',
    completes: 'file',
  },
  tlsKey: {
    type: 'string',
    value: 'FILE',
    group: 'serve',
    help: 'its key, PEM',
    completes: 'file',
  },
  plainHttp: {
    type: 'boolean',
    group: 'serve',
    help: 'other machines without TLS: the token travels in the open',
  },
  simulate: {type: 'boolean', group: 'serve', help: 'runs of a simulated DAQ and its agents'},
  help: {type: 'boolean', group: 'about', help: 'this help; after a command, its own'},
  version: {type: 'boolean', group: 'about', help: 'the version'},
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof flagTable;
export const flagNames = Object.keys(flagTable) as readonly FlagName[];
export const isFlag = (name: string): name is FlagName => Object.hasOwn(flagTable, name);

/** Any flag of the table, whatever its value. */
export const flagOf = (name: FlagName): Flag => flagTable[name];

interface ValueTypes {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}
type ValueOf<Row extends Flag> = Row extends {readonly isMultiple: true}
  ? readonly ValueTypes[Row['type']][]
  : ValueTypes[Row['type']];

/** What the command line gave; undefined where it said nothing. */
export type Flags = {
  readonly [Name in FlagName]?: ValueOf<(typeof flagTable)[Name]> | undefined;
};

/** `monitorUrl` as it is typed: `--monitor-url`. */
export const typed = (name: string, isNegated = false): string =>
  `--${isNegated ? 'no-' : ''}${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
