// The command line: one line of dispatch for each command of the table.
import {parse} from './command-line/parse.ts';
import {renderHelp} from './command-line/help.ts';
import type {CommandName} from './command-line/command-table.ts';
import type {Shell} from './command-line/completions/shells.ts';
import {ignoreHangUp} from './commands/endings.ts';
import {isUnderNohup} from './commands/nohup.ts';
import {outliveStderr, output, OutputError} from './commands/output.ts';
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

/** What is read line by line by others: that nobody reads any more is a usual end. */
const readByLine: ReadonlySet<CommandName> = new Set(['watch', 'tail', 'replay', 'report', 'demo']);

async function main(): Promise<number> {
  const {command, isNamed, operands, flags} = parse(process.argv.slice(2));
  if (flags.version === true) return printed(`${SWFMON_VERSION}\n`);
  if (flags.help === true) return printed(renderHelp(isNamed ? command : undefined));
  const run = commands[command](flags, operands);
  return finished(run, readByLine.has(command));
}

const printed = (text: string): Promise<number> =>
  finished(
    Promise.resolve().then(() => {
      output.write(text);
      return 0;
    }),
  );

/**
 * The status of a command once its output is taken, else 1.
 * @param mayBeClosed that nobody reads any more is no failure.
 */
async function finished(run: Promise<number>, mayBeClosed = false): Promise<number> {
  // Who ends the process before its output is taken ends it with the command's status.
  process.exitCode = await run.catch((error: unknown) => {
    if (error instanceof OutputError) return 0;
    throw error;
  });
  const status = process.exitCode;
  // A signal waits for no reader.
  if (status > 128) return status;
  const error = await output.finished();
  if (!error || (error.isClosed && mayBeClosed)) return status;
  writeError({message: error.message, remedy: undefined});
  return 1;
}

outliveStderr();
if (isUnderNohup(process.env)) ignoreHangUp();
try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  writeError(error);
  process.exitCode = 2;
}
