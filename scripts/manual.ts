// The manual page, swfmon(1), made from the tables of commands, flags, settings and keys, in the
// macros of man(7).
import {commandNames, commandOf, usageOf} from '../source/command-line/command-table.ts';
import {flagMeaning, flagsOf, flagUsage} from '../source/command-line/flag-words.ts';
import {settingRows} from '../source/command-line/setting-words.ts';
import {keyTable} from '../source/ui/keys/key-table.ts';
import {flagGroups, flagOf, type FlagGroup} from '../source/settings/flag-table.ts';

export function renderManual(version: string): string {
  return [
    `.TH SWFMON 1 "" "swfmon ${text(version)}" "User Commands"\n`,
    // Neither stretched nor hyphenated: what is to be typed stays whole.
    '.ad l\n.nh\n',
    section('NAME', [text('swfmon - live monitor for the ePIC streaming workflow testbed')]),
    section('SYNOPSIS', synopsis()),
    section('DESCRIPTION', description.map(paragraph)),
    section('COMMANDS', commands()),
    section('OPTIONS', options()),
    section('KEYS', keys()),
    section('ENVIRONMENT', [
      paragraph(
        'Flags go over the environment, that over ~/.env (lines of export KEY=value), that over ' +
          'the settings file.',
      ),
      ...settingRows()
        .filter(({variables}) => variables.length > 0)
        .map(({variables, meaning}) => entry(variables.join(', '), meaning)),
    ]),
    section(
      'FILES',
      files.map(([file, what]) => entry(file, what)),
    ),
    section(
      'EXIT STATUS',
      statuses.map(([status, when]) => entry(status, when)),
    ),
    section('EXAMPLES', examples()),
  ].join('');
}

const description = [
  'swfmon receives the workflow messages that the swf-monitor relays over HTTPS (Server-Sent ' +
    'Events), and shows runs, messages, alerts and the health of the connection on a full screen. ' +
    'Where there is no terminal it prints lines, or JSON.',
  'It never confuses quiet with dead: the top line says what holds, since when, and what happens ' +
    'next. Every interruption stays on the screen as a gap, with what could be caught up and what ' +
    'could not. It reconnects by itself, for ever.',
];

const files = [
  ['~/.config/swfmon/config.json', 'settings, all of them optional; swfmon config prints them'],
  ['~/.env', 'variables that the environment does not set; the token belongs here (chmod 600)'],
] as const;

const statuses = [
  ['0', 'quit, --count reached, or nobody reads any more'],
  ['1', 'a check of doctor has failed, or the screen itself'],
  ['2', 'a setting is missing or wrong; a command or flag is unknown'],
  ['128 + n', 'ended by signal n'],
] as const;

function synopsis(): readonly string[] {
  return commandNames.map(name => `.B ${text(usageOf(name))}\n[options]\n.br`);
}

function commands(): readonly string[] {
  return commandNames.map(name => entry(usageOf(name), commandOf(name).summary));
}

/** Each group as a subsection; what a flag means to one command alone stands below it. */
function options(): readonly string[] {
  return (Object.keys(flagGroups) as FlagGroup[]).map(group => {
    const {title, note}: {readonly title: string; readonly note?: string} = flagGroups[group];
    const flags = flagsOf(commandNames).filter(name => flagOf(name).group === group);
    const entries = flags.map(name => {
      const own = commandNames.flatMap(command => {
        const help = commandOf(command).flagHelp?.[name];
        return help === undefined ? [] : `${command}: ${help}`;
      });
      return entry(flagUsage(name), [flagMeaning(name), ...own].join('; '));
    });
    const head = note ? `.SS ${text(title)}\n${paragraph(note)}` : `.SS ${text(title)}`;
    return `${head}\n${entries.join('\n')}`;
  });
}

const keys = (): readonly string[] => keyTable.map(({label, help}) => entry(label, help));

function examples(): readonly string[] {
  return commandNames.flatMap(name =>
    commandOf(name).examples.map(([line, does]) => entry(`swfmon ${line}`.trimEnd(), does)),
  );
}

const section = (title: string, lines: readonly string[]): string =>
  `.SH ${title}\n${lines.join('\n')}\n`;

const paragraph = (words: string): string => `.PP\n${text(words)}`;

const entry = (term: string, meaning: string): string => `.TP\n.B ${text(term)}\n${text(meaning)}`;

/** Characters that roff takes for its own, or that a terminal without UTF-8 lacks. */
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '’': '\\(cq',
  '“': '\\(lq',
  '”': '\\(rq',
  '…': '...',
  '↑': '\\(ua',
  '↓': '\\(da',
  '←': '\\(<-',
  '→': '\\(->',
};

/** `words` as roff prints them; a point at the beginning is no request. */
const text = (words: string): string =>
  Array.from(words, character => escapes[character] ?? character)
    .join('')
    .replace(/^\./, '\\&.');
