// `~/.env` as it is on the disk: what it gives, and in words what is to be known of it.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseEnvFile} from './env-file.ts';
import {homeDirectory} from './home.ts';
import {settingKeys, settingOf, type Environment} from './setting-table.ts';

export interface ReadEnvFile {
  readonly values: Environment;
  /** Of variables that settings come from, and of the file as a whole; no value in them. */
  readonly warnings: readonly string[];
  /** The file is there and could not be read. */
  readonly isUnreadable: boolean;
}

/** @param environment the process's own. */
export function readEnvFile(environment: Environment): ReadEnvFile {
  const home = homeDirectory(environment);
  if (home === undefined) {
    return nothingWith('HOME is not set to a directory: ~/.env is not read', false);
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(home, '.env'));
  } catch (error) {
    const {code = '', message} = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return nothing;
    const why = code === 'EISDIR' ? 'it is a directory' : message;
    return nothingWith(`~/.env is not read: ${why}`, true);
  }
  const {values, notes} = parseEnvFile(decoded(bytes), {...environment, HOME: home});
  const warnings = notes
    .filter(({name}) => variables.has(name))
    .map(({line, name, text}) => `~/.env line ${line}: ${name} ${text}`);
  return {values, warnings, isUnreadable: false};
}

const nothing: ReadEnvFile = {values: {}, warnings: [], isUnreadable: false};

const nothingWith = (warning: string, isUnreadable: boolean): ReadEnvFile => ({
  values: {},
  warnings: [warning],
  isUnreadable,
});

/** What settings come from. */
const variables: ReadonlySet<string> = new Set(
  settingKeys.flatMap(key => settingOf(key).variables ?? []),
);

/** UTF-8, or UTF-16 where its mark says so: some editors write that. */
function decoded(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
