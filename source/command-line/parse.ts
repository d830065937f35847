// What was typed: a command with its operands and flags, or a refusal that says what to type.
import {closestMatch} from 'leven';
import meow from 'meow';
import {
  flagNames,
  flagOf,
  isFlag,
  typed,
  type FlagName,
  type Flags,
} from '../settings/flag-table.ts';
import {settingTable} from '../settings/setting-table.ts';
import {SettingsError} from '../settings/settings-error.ts';
import {
  commandNames,
  commandOf,
  defaultCommand,
  isCommand,
  usageOf,
  type CommandName,
} from './command-table.ts';
import {flagsOf, valueFlags, wordsOf} from './flag-words.ts';

export interface Invocation {
  readonly command: CommandName;
  /** Whether it was typed, or is the one that runs when none is. */
  readonly isNamed: boolean;
  readonly operands: readonly string[];
  readonly flags: Flags;
}

/**
 * @param argv without the program.
 * @throws SettingsError on an unknown command or flag, a flag or an operand that the command does
 * not take, an operand that it needs, a flag without its value.
 */
export function parse(argv: readonly string[]): Invocation {
  const {input, flags: given} = meow({
    argv,
    importMeta: import.meta,
    pkg: {name: 'swfmon'},
    description: false,
    autoHelp: false,
    autoVersion: false,
    // Unknown ones are told below, in our own words.
    allowUnknownFlags: true,
    // What is not said on the command line is for the other sources to say.
    booleanDefault: undefined,
    flags: Object.fromEntries(flagNames.map(name => [name, forMeow(name)])),
  });
  const [word, ...operands] = input;
  const command = word ?? defaultCommand;
  if (!isCommand(command)) throw unknownCommand(command);
  const flags = checkFlags(command, given);
  checkValues(argv, command);
  if (flags.help !== true && flags.version !== true) checkOperands(command, operands);
  return {command, isNamed: word !== undefined, operands, flags};
}

/** Single values are read as lists too: of several the last counts. */
function forMeow(name: FlagName) {
  const {type, alias} = flagOf(name);
  return {
    type,
    isMultiple: type !== 'boolean',
    ...(alias === undefined ? {} : {aliases: [alias]}),
    ...(name === 'help' ? {shortFlag: 'h'} : {}),
  };
}

function checkFlags(command: CommandName, given: Readonly<Record<string, unknown>>): Flags {
  const takes = flagsOf([command]);
  const flags: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    const word = key.length === 1 ? `-${key}` : typed(key, value === false);
    if (!isFlag(key)) throw unknownFlag(word, command, takes);
    if (!takes.includes(key)) throw refusal(`${command} takes no ${word}`, command);
    const {isMultiple} = flagOf(key);
    flags[key] = Array.isArray(value) && !isMultiple ? (value as unknown[]).at(-1) : value;
  }
  return flags;
}

/** meow takes a flag at the end, or before another one, for not given. */
function checkValues(argv: readonly string[], command: CommandName): void {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  for (const [index, word] of words.entries()) {
    const name = valueFlags.find(name => wordsOf(name).includes(word));
    if (name === undefined) continue;
    const value = words[index + 1];
    if (value === undefined || /^-\D/.test(value)) {
      throw refusal(`${word} takes a value: ${word} ${flagOf(name).value}`, command);
    }
  }
}

function checkOperands(command: CommandName, operands: readonly string[]): void {
  const {operand} = commandOf(command);
  const extra = operands[operand?.most ?? 0];
  if (extra !== undefined) throw refusal(`${command} takes no "${extra}"`, command);
  if (!operand) return;
  const {least, completes} = operand;
  if (operands.length < least) {
    throw refusal(`${command} needs more: ${usageOf(command)}`, command);
  }
  if (completes === 'file') return;
  const wrong = operands.find(given => !completes.includes(given));
  if (wrong !== undefined) {
    throw refusal(`${command} takes one of ${completes.join(', ')}, not "${wrong}"`, command);
  }
}

const refusal = (message: string, command: CommandName): SettingsError =>
  new SettingsError(message, helpLine(command));

const helpLine = (command: CommandName): string =>
  command === defaultCommand ? 'swfmon --help' : `swfmon ${command} --help`;

function unknownCommand(word: string): SettingsError {
  const near = closestMatch(word, commandNames, {maxDistance: 2});
  return new SettingsError(`unknown command "${word}"`, `swfmon ${near ?? '--help'}`);
}

function unknownFlag(
  flag: string,
  command: CommandName,
  takes: readonly FlagName[],
): SettingsError {
  if (flag === '--token') {
    return new SettingsError(
      'the token is taken from SWF_API_TOKEN alone: a command line can be read by others',
      settingTable.token.remedy,
    );
  }
  const near = closestMatch(flag, takes.flatMap(wordsOf), {maxDistance: 2});
  const hint = near === undefined ? '' : `: is it ${near}?`;
  return refusal(`unknown flag ${flag}${hint}`, command);
}
