// `--help`, of the whole and of one command: examples first.
import {flagGroups, flagOf, type FlagGroup} from '../settings/flag-table.ts';
import {commandNames, commandOf, usageOf, type CommandName} from './command-table.ts';
import {flagMeaning, flagsOf, flagUsage} from './flag-words.ts';

/** Columns of a line, at most, and of what stands before it. */
const width = 80;
const margin = 4;

type Row = readonly [term: string, meaning: string];

/** @param command whose help it is; undefined: that of the whole. */
export function renderHelp(command?: CommandName): string {
  const commands = command === undefined ? commandNames : [command];
  return [
    section('Examples', aligned(examplesOf(commands))),
    ...(command === undefined
      ? [section('About', paragraph(about)), section('Commands', aligned(usagesOf(commands)))]
      : [usage(command)]),
    ...groupsOf(commands, command),
    ...(command === undefined ? [section('Settings file', paragraph(settingsFile))] : []),
  ].join('\n');
}

const about =
  'swfmon watches the ePIC streaming workflow testbed: its runs, messages and agents, live in the ' +
  'terminal.';

const settingsFile =
  '~/.config/swfmon/config.json (or in $XDG_CONFIG_HOME) holds defaults for these options, and ' +
  '"keys", "alerts", "theme". Flags go over the environment, that over ~/.env, that over the file.';

function section(title: string, lines: readonly string[]): string {
  return [`  ${title}`, ...lines, ''].join('\n');
}

function examplesOf(commands: readonly CommandName[]): readonly Row[] {
  return commands.flatMap(name =>
    commandOf(name).examples.map(([line, does]): Row => [`$ swfmon ${line}`.trimEnd(), does]),
  );
}

const usagesOf = (commands: readonly CommandName[]): readonly Row[] =>
  commands.map(name => [usageOf(name), commandOf(name).summary]);

const usage = (command: CommandName): string =>
  section('Usage', [
    `    $ ${usageOf(command)} [options]`,
    ...paragraph(commandOf(command).summary),
  ]);

/** Each group of which one of `commands` takes a flag. */
function groupsOf(commands: readonly CommandName[], command?: CommandName): readonly string[] {
  const flags = flagsOf(commands);
  return (Object.keys(flagGroups) as FlagGroup[]).flatMap(group => {
    const {title, note}: {readonly title: string; readonly note?: string} = flagGroups[group];
    const rows = flags
      .filter(name => flagOf(name).group === group)
      .map((name): Row => [flagUsage(name), flagMeaning(name, command)]);
    if (rows.length === 0) return [];
    return section(title, [...aligned(rows), ...(note === undefined ? [] : paragraph(note))]);
  });
}

/** Terms in a column, their meanings beside them. */
function aligned(rows: readonly Row[]): readonly string[] {
  const column = Math.max(...rows.map(([term]) => term.length)) + 2;
  return rows.flatMap(([term, meaning]) =>
    wrapped(meaning, width - margin - column).map(
      (line, index) => ' '.repeat(margin) + (index === 0 ? term : '').padEnd(column) + line,
    ),
  );
}

const paragraph = (text: string): readonly string[] =>
  wrapped(text, width - margin).map(line => ' '.repeat(margin) + line);

/** Broken at blanks alone: a word that is longer than a line stays whole. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
