// A flag in words, for the help, the manual page and the completions.
import {flagNames, flagOf, typed, type FlagName} from '../settings/flag-table.ts';
import {settingKeys, settingOf} from '../settings/setting-table.ts';
import {commandOf, type CommandName} from './command-table.ts';

/** Flags that every command takes. */
export const commonFlags: readonly FlagName[] = ['help', 'version'];

/** What one of `commands` takes, in the table's order. */
export function flagsOf(commands: readonly CommandName[]): readonly FlagName[] {
  const taken = new Set([...commands.flatMap(name => commandOf(name).flags), ...commonFlags]);
  return flagNames.filter(name => taken.has(name));
}

/** All words for it: `--message`, `--msg-type`. */
export function wordsOf(name: FlagName): readonly string[] {
  const {alias} = flagOf(name);
  return alias === undefined ? [typed(name)] : [typed(name), typed(alias)];
}

/** Those that take a value. */
export const valueFlags: readonly FlagName[] = flagNames.filter(
  name => flagOf(name).type !== 'boolean',
);

/** As the help tells of it: `--no-register`. */
export const flagWord = (name: FlagName): string => typed(name, flagOf(name).isNegated);

/** `--monitor-url URL` */
export function flagUsage(name: FlagName): string {
  const {value} = flagOf(name);
  return value === undefined ? flagWord(name) : `${flagWord(name)} ${value}`;
}

/** What it does, the variables that do the same, and what holds without any of them. */
export function flagMeaning(name: FlagName, command?: CommandName): string {
  const {help} = flagOf(name);
  const own = command === undefined ? undefined : commandOf(command).flagHelp?.[name];
  const key = settingKeys.find(key => settingOf(key).flag === name);
  if (key === undefined) return own ?? help;
  const {variables = [], fallback} = settingOf(key);
  const without = fallback({});
  const isTold = typeof without === 'string' || typeof without === 'number';
  return [
    own ?? help,
    ...(variables.length > 0 ? [`[${variables.join(', ')}]`] : []),
    ...(isTold ? [`(${without})`] : []),
  ].join(' ');
}
