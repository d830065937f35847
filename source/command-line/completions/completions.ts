// The completions of each shell, made from the tables of commands and flags.
import {bashCompletion} from './bash.ts';
import {fishCompletion} from './fish.ts';
import type {Shell} from './shells.ts';
import {zshCompletion} from './zsh.ts';

interface Completion {
  /** As the shell looks for it in its own folder. */
  readonly file: string;
  readonly render: () => string;
}

export const completions: Readonly<Record<Shell, Completion>> = {
  bash: {file: 'swfmon.bash', render: bashCompletion},
  zsh: {file: '_swfmon', render: zshCompletion},
  fish: {file: 'swfmon.fish', render: fishCompletion},
};
