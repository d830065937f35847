// `swfmon completion SHELL`: prints what the shell needs to complete commands and flags.
import {completions} from '../command-line/completions/completions.ts';
import {output} from './output.ts';
import type {Shell} from '../command-line/completions/shells.ts';

/** Exit status: 0. */
export function completion(shell: Shell): number {
  output.write(completions[shell].render());
  return 0;
}
