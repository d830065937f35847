// Where settings come from: what the flags and the variables give.
import {isThreshold, thresholdNames} from '../thresholds.ts';
import {WrongValue} from './checks.ts';
import {typed, type Flags} from './flag-table.ts';
import {
  isSetting,
  settingKeys,
  settingOf,
  type Environment,
  type SettingKey,
  type Value,
} from './setting-table.ts';
import {SettingsError} from './settings-error.ts';

export type Origin = 'flag' | 'environment' | '~/.env' | 'file' | 'default';

/** A setting as one source gives it. */
export interface Given {
  readonly origin: Origin;
  /** What to look for there: `--fps`, `SWF_API_TOKEN`, `line 3`. */
  readonly name: string;
  /** @throws SettingsError when it is wrong. */
  readonly read: () => Value;
}

export interface Source {
  readonly given: ReadonlyMap<SettingKey, Given>;
  /** What is wrong with it, whether another source decides or not. */
  readonly faults: readonly SettingsError[];
}

export const noSource: Source = {given: new Map(), faults: []};

export function flagSource(flags: Flags): Source {
  const {given, faults} = alertFlags(flags.alert ?? []);
  for (const key of settingKeys) {
    const {flag, variables} = settingOf(key);
    const value = flag && flags[flag];
    const isBlank = typeof value === 'string' && value.trim() === '' && variables !== undefined;
    if (flag === undefined || value === undefined || isBlank) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    const name = typed(flag, value === false);
    given.set(key, {origin: 'flag', name, read: () => checked(key, value, name)});
  }
  return {given, faults};
}

/** `--alert imminent=600,silence=off`; the last word on each counts. */
function alertFlags(changes: readonly string[]) {
  const given = new Map<SettingKey, Given>();
  const faults: SettingsError[] = [];
  for (const change of changes.flatMap(value => value.split(','))) {
    if (change.trim() === '') continue;
    const [alert = '', ...rest] = change.split('=').map(part => part.trim());
    const text = rest.join('=');
    const key = `alerts.${alert}`;
    if (!isThreshold(alert) || !isSetting(key)) {
      const known = thresholdNames.join(', ');
      faults.push(new SettingsError(`--alert "${alert}" is none of ${known}`, alertExample));
      continue;
    }
    const value = text === '' || Number.isNaN(Number(text)) ? text : Number(text);
    const name = `--alert ${alert}`;
    given.set(key, {origin: 'flag', name, read: () => checked(key, value, name)});
  }
  return {given, faults};
}

const alertExample = 'swfmon --alert imminent=600,silence=off';

/** Blank variables are none. */
export function environmentSource(
  environment: Environment,
  origin: 'environment' | '~/.env',
): Source {
  const given = new Map<SettingKey, Given>();
  for (const key of settingKeys) {
    const {variables = []} = settingOf(key);
    const name = variables.find(variable => environment[variable]?.trim());
    if (name === undefined) continue;
    const value = environment[name]?.trim();
    given.set(key, {origin, name, read: () => checked(key, value, name)});
  }
  return {given, faults: []};
}

function checked(key: SettingKey, value: unknown, name: string): Value {
  const {check, remedy} = settingOf(key);
  try {
    return check(value);
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    throw new SettingsError(`${name} ${error.message}`, remedy);
  }
}
