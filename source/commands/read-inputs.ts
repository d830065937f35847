// What the settings are made from: flags, the process's environment, `~/.env` and the settings file.
import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {parseEnvFile} from '../settings/env-file.ts';
import type {Flags} from '../settings/flag-table.ts';
import {readSettingsFile, settingsFilePath, type SettingsFile} from '../settings/settings-file.ts';
import {loadSettings, type Environment, type Inputs, type Settings} from '../settings/settings.ts';

export type AllInputs = Inputs & {readonly file: SettingsFile};

export async function readInputs(flags: Flags): Promise<AllInputs> {
  const file = await readSettingsFile(settingsFilePath(process.env, homedir()));
  return {flags, environment: process.env, envFile: readEnvFile(), file};
}

/** @throws SettingsError */
export const readSettings = async (flags: Flags): Promise<Settings> =>
  loadSettings(await readInputs(flags), isTerminal());

/** Whether a person sits before both stdin and stdout. */
export const isTerminal = (): boolean => process.stdout.isTTY && process.stdin.isTTY;

function readEnvFile(): Environment {
  try {
    return parseEnvFile(readFileSync(join(homedir(), '.env'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      process.stderr.write(`swfmon: ~/.env is left aside: ${(error as Error).message}\n`);
    }
  }
  return {};
}
