// Whether the program was started by `nohup`. Node takes every signal's default back when it starts, so that
// a hang-up is no longer ignored and nothing tells that it was: what nohup leaves behind has to.
import {fstatSync, readSync, statSync} from 'node:fs';
import {basename} from 'node:path';

/**
 * By the variable `_`, in which bash, zsh and ksh name the command that they start, or by stdin: where that
 * was a terminal, nohup puts a /dev/null there that can only be written to.
 */
export function isUnderNohup({_: started = ''}: NodeJS.ProcessEnv, stdin = 0): boolean {
  return basename(started) === 'nohup' || isUnreadableNull(stdin);
}

function isUnreadableNull(file: number): boolean {
  try {
    if (fstatSync(file).rdev !== statSync('/dev/null').rdev) return false;
    readSync(file, new Uint8Array(1));
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EBADF';
  }
}
