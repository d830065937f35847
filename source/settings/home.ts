// The home directory that settings are read from.
import {homedir} from 'node:os';
import {isAbsolute} from 'node:path';
import type {Environment} from './setting.ts';

/** Undefined: there is none. An empty or relative HOME is none: what is below it would be anywhere. */
export function homeDirectory({HOME}: Environment): string | undefined {
  if (HOME !== undefined) return isAbsolute(HOME) ? HOME : undefined;
  try {
    const home = homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    // The account is in no list, as in containers.
    return undefined;
  }
}
