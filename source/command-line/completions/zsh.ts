// Completion for zsh: the flags and the operand of each command, as `_arguments` takes them.
import {flagOf, type Flag, type FlagName} from '../../settings/flag-table.ts';
import {commandNames, commandOf, defaultCommand, type CommandName} from '../command-table.ts';
import {flagMeaning, flagsOf, flagWord, valueFlags, wordsOf} from '../flag-words.ts';
import {quote} from './quote.ts';

export function zshCompletion(): string {
  const described = commandNames.map(name => quote(`${name}:${commandOf(name).summary}`));
  return `#compdef swfmon
# Completion for zsh, made by: swfmon completion zsh
_swfmon_commands() {
  local -a commands=(
    ${described.join('\n    ')}
  )
  _describe command commands
}

_swfmon() {
  local command=${defaultCommand} index
  local -a specs
  for ((index = 2; index < CURRENT; index++)); do
    case $words[index-1] in ${valueFlags.flatMap(wordsOf).join('|')}) continue ;; esac
    case $words[index] in ${commandNames.join('|')}) command=$words[index]; break ;; esac
  done
  case $command in
${commandNames.map(caseOf).join('\n')}
  esac
  _arguments : $specs '1: :_swfmon_commands'
}

# Loaded from $fpath it is the function itself; sourced it makes itself known.
if [[ $funcstack[1] == _swfmon ]]; then _swfmon "$@"; else compdef _swfmon swfmon; fi
`;
}

function caseOf(command: CommandName): string {
  const specs = flagsOf([command]).map(name => flagSpec(name, command));
  const {operand} = commandOf(command);
  if (operand) specs.push(`*:${operand.name}:${action(operand.completes)}`);
  return `    ${command})\n      specs=(\n${specs.map(spec => `        ${quote(spec)}\n`).join('')}      )\n      ;;`;
}

/** `*--message=[message types]:TYPE:`; a star: more than once. */
function flagSpec(name: FlagName, command: CommandName): string {
  const {value, completes, isMultiple} = flagOf(name);
  const star = isMultiple ? '*' : '';
  const help = `[${escaped(flagMeaning(name, command))}]`;
  if (value === undefined) return `${star}${flagWord(name)}${help}`;
  return `${star}${flagWord(name)}=${help}:${escaped(value)}:${action(completes)}`;
}

function action(completes: Flag['completes']): string {
  if (completes === undefined) return ' ';
  if (completes === 'file') return '_files';
  if (completes === 'directory') return '_directories';
  const isOpen = completes.some(word => word.endsWith('='));
  return isOpen ? `compadd -S '' -- ${completes.join(' ')}` : `(${completes.join(' ')})`;
}

const escaped = (text: string): string => text.replace(/[:[\]]/g, '\\$&');
