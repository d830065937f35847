// The settings file: where it is, and what it gives. A missing one gives nothing.
import {readFileSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';
import type {Environment} from './setting-table.ts';
import {SettingsError} from './settings-error.ts';
import {noSource, type Source} from './sources.ts';

export interface SettingsFile extends Source {
  readonly path: string;
  readonly isThere: boolean;
}

/** The XDG base directories: a relative `XDG_CONFIG_HOME` is none. */
export function settingsFilePath({XDG_CONFIG_HOME}: Environment, home: string): string {
  const isSet = XDG_CONFIG_HOME !== undefined && isAbsolute(XDG_CONFIG_HOME);
  return join(isSet ? XDG_CONFIG_HOME : join(home, '.config'), 'swfmon', 'config.json');
}

export async function readSettingsFile(path: string): Promise<SettingsFile> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {...noSource, path, isThere: false};
    const fault = new SettingsError(`${path} cannot be read: ${message}`);
    return {...noSource, path, isThere: true, faults: [fault]};
  }
  // The parser costs the start something: only who has the file pays.
  const {parseSettingsFile} = await import('./parse-settings-file.ts');
  return {...parseSettingsFile(text, path), path, isThere: true};
}
