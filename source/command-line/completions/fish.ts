// Completion for fish: a line for each command and flag, each with the commands that it is for.
import {flagNames, flagOf, type Flag, type FlagName} from '../../settings/flag-table.ts';
import {commandNames, commandOf, defaultCommand, type CommandName} from '../command-table.ts';
import {flagMeaning, flagsOf, flagWord, valueFlags, wordsOf} from '../flag-words.ts';
import {quoteFish as quote} from './quote.ts';

export function fishCompletion(): string {
  return `# Completion for fish, made by: swfmon completion fish
function __swfmon_command
    set -l before
    for word in (commandline -opc)
        if not contains -- "$before" ${valueFlags.flatMap(wordsOf).join(' ')}
            and contains -- $word ${commandNames.join(' ')}
            echo $word
            return
        end
        set before $word
    end
end

function __swfmon_runs
    set -l command (__swfmon_command)
    test -n "$command"; or set command ${defaultCommand}
    contains -- $command $argv
end

complete -c swfmon -f
${[...commandNames.map(commandLine), ...commandNames.flatMap(operandLine), ...flagNames.map(flagLine)].join('\n')}
`;
}

const commandLine = (name: CommandName): string =>
  `complete -c swfmon -n 'test -z (__swfmon_command)' -a ${name} -d ${quote(commandOf(name).summary)}`;

function operandLine(name: CommandName): readonly string[] {
  const {operand} = commandOf(name);
  if (!operand) return [];
  return [`complete -c swfmon -n '__swfmon_runs ${name}' ${filling(operand.completes)}`];
}

function flagLine(name: FlagName): string {
  const {value, completes} = flagOf(name);
  const takers = commandNames.filter(command => flagsOf([command]).includes(name));
  return [
    `complete -c swfmon -n '__swfmon_runs ${takers.join(' ')}' -l ${flagWord(name).slice(2)}`,
    ...(value === undefined ? [] : ['-r', filling(completes)]),
    `-d ${quote(flagMeaning(name))}`,
  ].join(' ');
}

/** Without files, but where they are wanted. */
function filling(completes: Flag['completes']): string {
  if (completes === undefined) return '-f';
  if (completes === 'file') return '-F';
  if (completes === 'directory') return "-f -a '(__fish_complete_directories (commandline -ct))'";
  return `-f -a ${quote(completes.join(' '))}`;
}
