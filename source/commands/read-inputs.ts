// What the settings are made from: flags, the process's environment, `~/.env` and the settings file.
import {AccessRenewal} from '../settings/access-renewal.ts';
import type {Flags} from '../settings/flag-table.ts';
import {homeDirectory} from '../settings/home.ts';
import {readEnvFile} from '../settings/read-env-file.ts';
import {readSettingsFile, settingsFilePath, type SettingsFile} from '../settings/settings-file.ts';
import {loadSettings, type Inputs, type Settings} from '../settings/settings.ts';
import {sanitise} from '../wire/sanitise.ts';
import {writeWarnings} from './write-error.ts';

export type AllInputs = Inputs & {
  readonly file: SettingsFile;
  /** What is to be known of `~/.env` and of the settings file; no secret in them. */
  readonly warnings: readonly string[];
};

export async function readInputs(flags: Flags): Promise<AllInputs> {
  const {env: environment} = process;
  const file = await readSettingsFile(settingsFilePath(environment, homeDirectory(environment)));
  const {values: envFile, warnings} = readEnvFile(environment);
  const known = [...warnings, ...file.warnings].map(warning => sanitise(warning));
  return {flags, environment, envFile, file, warnings: known};
}

/** The same for a command that has no other place to say what is to be known: it goes to stderr. */
export async function readInputsAloud(flags: Flags): Promise<AllInputs> {
  const inputs = await readInputs(flags);
  writeWarnings(inputs.warnings);
  return inputs;
}

/** @throws SettingsError after what is to be known of the files is on stderr. */
export async function readSettings(flags: Flags): Promise<Settings> {
  const inputs = await readInputs(flags);
  const settings = settingsOf(inputs);
  const renewal = new AccessRenewal(inputs, settings);
  const renewAccess = () => {
    const {values, warnings, isUnreadable} = readEnvFile(process.env);
    if (isUnreadable) return {access: renewal.access, notes: warnings};
    const {access, notes} = renewal.renew(values);
    return {access, notes: [...warnings, ...notes]};
  };
  return Object.freeze({...settings, warnings: inputs.warnings, renewAccess});
}

function settingsOf(inputs: AllInputs): Settings {
  try {
    return loadSettings(inputs, isTerminal());
  } catch (error) {
    writeWarnings(inputs.warnings);
    throw error;
  }
}

/** Whether a person sits before both stdin and stdout. */
export const isTerminal = (): boolean => process.stdout.isTTY && process.stdin.isTTY;
