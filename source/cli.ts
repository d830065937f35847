// The command line: subcommands and flags, one line of dispatch each.
import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import meow from 'meow';
import {config} from './commands/config.ts';
import {demo} from './commands/demo.ts';
import {tail} from './commands/tail.ts';
import {watch} from './commands/watch.ts';
import {writeError} from './commands/write-error.ts';
import {parseEnvFile} from './settings/env-file.ts';
import {readSettingsFile, settingsFilePath} from './settings/settings-file.ts';
import type {Environment} from './settings/setting-table.ts';
import {demoSettings, loadSettings, SettingsError} from './settings/settings.ts';

declare const SWFMON_VERSION: string;

const help = `
  Examples
    $ swfmon                              watch everything, full screen
    $ swfmon --message stf_gen,end_run    ask the server for these types only
    $ swfmon --run 100013                 one run
    $ swfmon tail                         one line a message
    $ swfmon tail --json | jq .filename   one message a line, byte for byte as received
    $ swfmon tail --count 10              stop after ten messages
    $ swfmon demo                         a simulated testbed on this machine, no account needed
    $ swfmon demo recorded.sse            a recorded stream instead
    $ swfmon config                       the settings in force, and where each comes from

  Usage
    $ swfmon [watch | tail | demo [FILE] | config] [options]

  Filter (on the server; commas or repeated)
    --message TYPE    message types (also --msg-type)
    --agent NAME      agents, as processed_by: hides the run lifecycle and every stf_gen
    --run NUMBER      runs

  Monitor
    --monitor-url URL base URL                     SWF_MONITOR_PROD_URL
    --name NAME       this receiver's name         SWF_SSE_RECEIVER_NAME (required)
    --namespace NAME  register under it and show only its messages
    --ca-file FILE    trusted certificates (PEM)   REQUESTS_CA_BUNDLE, SSL_CERT_FILE
    --no-register     do not register as a receiver
    The token comes from SWF_API_TOKEN (required). Variables may stand in ~/.env.

  Output
    --json            messages as they are, one a line, no screen; config: as JSON
    --plain           one readable line a message, no screen
    --count N         tail: stop after N messages
    --time ZONE       local, utc, lab (America/New_York) or age
    --alert NAME=N    thresholds of the alerts: imminent, silence, settle, unfilled (seconds),
                      intervals (of a run's STFs); off: never
    --fps N           frames a second at most, 1 to 30 (10)
    --ascii           no characters beyond ASCII
    --version, --help

  Settings file
    ~/.config/swfmon/config.json (or in $XDG_CONFIG_HOME) holds defaults for these options, and
    "keys", "alerts", "theme". Flags go over the environment, that over ~/.env, that over the file.
`;

const commands = {watch, tail, demo, config} as const;

const isCommand = (word: string): word is keyof typeof commands => Object.hasOwn(commands, word);

async function main(): Promise<number> {
  const {input, flags} = meow(help, {
    importMeta: import.meta,
    pkg: {name: 'swfmon', version: SWFMON_VERSION},
    description: false,
    allowUnknownFlags: false,
    // What is not said on the command line is for the other sources to say.
    booleanDefault: undefined,
    flags: {
      message: {type: 'string', isMultiple: true, aliases: ['msgType']},
      agent: {type: 'string', isMultiple: true},
      run: {type: 'string', isMultiple: true},
      monitorUrl: {type: 'string'},
      name: {type: 'string'},
      namespace: {type: 'string'},
      caFile: {type: 'string'},
      register: {type: 'boolean'},
      json: {type: 'boolean'},
      plain: {type: 'boolean'},
      count: {type: 'number'},
      time: {type: 'string'},
      fps: {type: 'number'},
      ascii: {type: 'boolean'},
      alert: {type: 'string', isMultiple: true},
    },
  });
  const [word = 'watch', ...operands] = input;
  if (!isCommand(word)) throw new SettingsError(`unknown command "${word}"`, 'swfmon --help');
  const most = word === 'demo' ? 1 : 0;
  if (operands.length > most) {
    throw new SettingsError(`${word} takes no "${operands[most]}"`, 'swfmon --help');
  }
  const isTerminal = process.stdout.isTTY && process.stdin.isTTY;
  const file = await readSettingsFile(settingsFilePath(process.env, homedir()));
  const inputs = {flags, environment: process.env, file};
  if (word === 'demo') {
    return demo(operands[0], monitor => demoSettings(inputs, isTerminal, monitor));
  }
  const all = {...inputs, envFile: envFile()};
  if (word === 'config') return config(all, flags.json === true);
  const settings = loadSettings(all, isTerminal);
  return commands[settings.output === 'screen' ? word : 'tail'](settings);
}

function envFile(): Environment {
  try {
    return parseEnvFile(readFileSync(join(homedir(), '.env'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      process.stderr.write(`swfmon: ~/.env is left aside: ${(error as Error).message}\n`);
    }
  }
  return {};
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  writeError(error);
  process.exitCode = 2;
}
