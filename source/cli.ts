// The command line: one line of dispatch for each command of the table.
import {parse} from './command-line/parse.ts';
import {renderHelp} from './command-line/help.ts';
import type {CommandName} from './command-line/command-table.ts';
import type {Shell} from './command-line/completions/shells.ts';
import {readInputs, readSettings} from './commands/read-inputs.ts';
import {writeError} from './commands/write-error.ts';
import type {Flags} from './settings/flag-table.ts';
import {SettingsError} from './settings/settings-error.ts';

declare const SWFMON_VERSION: string;

type Run = (flags: Flags, operands: readonly string[]) => Promise<number>;

/** Each answers the exit status; what a command needs is loaded with it. */
const commands: Readonly<Record<CommandName, Run>> = {
  watch: async flags => (await import('./commands/show.ts')).show(await readSettings(flags)),
  tail: async (flags, files) => {
    if (files.length === 0 && flags.since === undefined) {
      return (await import('./commands/tail.ts')).tail(await readSettings(flags));
    }
    return (await import('./commands/replay.ts')).printRecordings(files, flags);
  },
  report: async (flags, files) => (await import('./commands/report.ts')).report(files, flags),
  replay: async (flags, files) => (await import('./commands/replay.ts')).replay(files, flags),
  demo: async (flags, [file]) => (await import('./commands/demo.ts')).demo(file, flags),
  send: async flags => (await import('./commands/send.ts')).send(flags),
  serve: async flags => (await import('./commands/serve.ts')).serve(flags),
  config: async flags => (await import('./commands/config.ts')).config(await readInputs(flags)),
  doctor: async flags =>
    (await import('./commands/doctor.ts')).doctor(await readInputs(flags), SWFMON_VERSION),
  completion: async (_flags, [shell]) =>
    (await import('./commands/completion.ts')).completion(shell as Shell),
};

async function main(): Promise<number> {
  const {command, isNamed, operands, flags} = parse(process.argv.slice(2));
  if (flags.version === true) return print(`${SWFMON_VERSION}\n`);
  if (flags.help === true) return print(renderHelp(isNamed ? command : undefined));
  return commands[command](flags, operands);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  writeError(error);
  process.exitCode = 2;
}
