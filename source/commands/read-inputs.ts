// What the settings are made from: flags, the process's environment, `~/.env` and the settings file.
import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {AccessRenewal} from '../settings/access-renewal.ts';
import {parseEnvFile} from '../settings/env-file.ts';
import type {Flags} from '../settings/flag-table.ts';
import {readSettingsFile, settingsFilePath, type SettingsFile} from '../settings/settings-file.ts';
import {loadSettings, type Environment, type Inputs, type Settings} from '../settings/settings.ts';

export type AllInputs = Inputs & {readonly file: SettingsFile};

export async function readInputs(flags: Flags): Promise<AllInputs> {
  const file = await readSettingsFile(settingsFilePath(process.env, homedir()));
  return {flags, environment: process.env, envFile: envFileOrNone(), file};
}

/** @throws SettingsError */
export async function readSettings(flags: Flags): Promise<Settings> {
  const inputs = await readInputs(flags);
  const settings = loadSettings(inputs, isTerminal());
  const renewal = new AccessRenewal(inputs, settings);
  const renewAccess = () => {
    try {
      return renewal.renew(readEnvFile());
    } catch (error) {
      const notes = [`~/.env cannot be read: ${(error as Error).message}`];
      return {access: renewal.access, notes};
    }
  };
  return Object.freeze({...settings, renewAccess});
}

/** Whether a person sits before both stdin and stdout. */
export const isTerminal = (): boolean => process.stdout.isTTY && process.stdin.isTTY;

/** @throws Error when it is there and cannot be read. */
function readEnvFile(): Environment {
  try {
    return parseEnvFile(readFileSync(join(homedir(), '.env'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

function envFileOrNone(): Environment {
  try {
    return readEnvFile();
  } catch (error) {
    process.stderr.write(`swfmon: ~/.env is left aside: ${(error as Error).message}\n`);
    return {};
  }
}
