// The settings file: where it is, and what it gives. A missing one gives nothing.
import {readFileSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';
import type {Environment} from './setting-table.ts';
import {SettingsError} from './settings-error.ts';
import {noSource, type Source} from './sources.ts';

export interface SettingsFile extends Source {
  readonly path: string;
  readonly isThere: boolean;
  /** What is to be known though the program goes on. */
  readonly warnings: readonly string[];
}

const none = {...noSource, isThere: false, warnings: []} as const;

/** The XDG base directories: a relative `XDG_CONFIG_HOME` is none. Undefined: there is no home either. */
export function settingsFilePath(
  {XDG_CONFIG_HOME}: Environment,
  home: string | undefined,
): string | undefined {
  const isSet = XDG_CONFIG_HOME !== undefined && isAbsolute(XDG_CONFIG_HOME);
  if (isSet) return join(XDG_CONFIG_HOME, 'swfmon', 'config.json');
  return home === undefined ? undefined : join(home, '.config', 'swfmon', 'config.json');
}

export async function readSettingsFile(path: string | undefined): Promise<SettingsFile> {
  if (path === undefined) return {...none, path: '~/.config/swfmon/config.json'};
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {...none, path};
    if (code === 'EISDIR') {
      return {...none, path, warnings: [`${path} is not read: it is a directory`]};
    }
    const fault = new SettingsError(`${path} cannot be read: ${message}`);
    return {...none, path, isThere: true, faults: [fault]};
  }
  // The parser costs the start something: only who has the file pays.
  const {parseSettingsFile} = await import('./parse-settings-file.ts');
  return {...none, ...parseSettingsFile(text, path), path, isThere: true};
}
