// Completion for bash (4 or newer): a function that looks at the words so far.
import {flagOf, type Flag} from '../../settings/flag-table.ts';
import {commandNames, commandOf, defaultCommand, type CommandName} from '../command-table.ts';
import {flagsOf, flagWord, valueFlags, wordsOf} from '../flag-words.ts';
import {quote} from './quote.ts';

export function bashCompletion(): string {
  const names = commandNames.join('|');
  return `# Completion for bash, made by: swfmon completion bash
_swfmon() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command=${defaultCommand} isNamed= index flags operand
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index - 1]} in ${valueFlags.flatMap(wordsOf).join('|')}) continue ;; esac
    case \${COMP_WORDS[index]} in ${names}) command=\${COMP_WORDS[index]} isNamed=yes; break ;; esac
  done
  case $previous in
${valueFlags.map(name => `    ${wordsOf(name).join('|')}) ${fill(flagOf(name).completes)}; return ;;`).join('\n')}
  esac
  case $command in
${commandNames.map(name => `    ${name}) flags=${flagsFor(name)} operand=${operandFor(name)} ;;`).join('\n')}
  esac
  if [[ $current == -* ]]; then _swfmon_words "$flags"
  elif [[ ! $isNamed ]]; then _swfmon_words ${quote(commandNames.join(' '))}
  elif [[ $operand == file ]]; then _swfmon_files -f
  else _swfmon_words "$operand"
  fi
}

_swfmon_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }

_swfmon_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen "$1" -- "$current")
}

complete -F _swfmon swfmon
`;
}

const flagsFor = (command: CommandName): string =>
  quote(flagsOf([command]).map(flagWord).join(' '));

function operandFor(command: CommandName): string {
  const completes = commandOf(command).operand?.completes ?? [];
  return quote(typeof completes === 'string' ? completes : completes.join(' '));
}

/** What fills in the value of a flag; `:` nothing. */
function fill(completes: Flag['completes']): string {
  if (completes === undefined) return ':';
  if (completes === 'file') return '_swfmon_files -f';
  if (completes === 'directory') return '_swfmon_files -d';
  const words = `_swfmon_words ${quote(completes.join(' '))}`;
  return completes.some(word => word.endsWith('=')) ? `compopt -o nospace; ${words}` : words;
}
