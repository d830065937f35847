// Which settings hold, and who says so: the first source that gives one decides.
import {
  settingKeys,
  settingOf,
  type Environment,
  type SettingKey,
  type Value,
  type Values,
} from './setting-table.ts';
import {SettingsError} from './settings-error.ts';
import type {Origin, Source} from './sources.ts';

export interface InForce {
  readonly key: SettingKey;
  readonly origin: Origin;
  readonly name: string;
  readonly value: Value;
  /** It is wrong: there is no value. */
  readonly fault?: SettingsError;
}

/** Every setting as the first of `sources` that gives it wants it. */
export function resolve(sources: readonly Source[], environment: Environment): readonly InForce[] {
  return settingKeys.map(key => {
    const given = sources.map(source => source.given.get(key)).find(one => one !== undefined);
    if (!given) {
      return {key, origin: 'default', name: '', value: settingOf(key).fallback(environment)};
    }
    const {origin, name} = given;
    try {
      return {key, origin, name, value: given.read()};
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      return {key, origin, name, value: undefined, fault: error};
    }
  });
}

/** All that is wrong, each once. */
export function faultsOf(
  sources: readonly Source[],
  inForce: readonly InForce[],
): readonly SettingsError[] {
  return [
    ...new Set([
      ...sources.flatMap(({faults}) => faults),
      ...inForce.flatMap(({fault}) => fault ?? []),
    ]),
  ];
}

/**
 * @param isWanted which settings count: what is wrong with a variable of others does not matter.
 * @throws SettingsError the first of what is wrong.
 */
export function valuesOf(
  sources: readonly Source[],
  environment: Environment,
  isWanted: (key: SettingKey) => boolean,
): Values {
  const inForce = resolve(sources, environment);
  const wanted = inForce.filter(({key}) => isWanted(key));
  const [fault] = faultsOf(sources, wanted);
  if (fault) throw fault;
  return Object.fromEntries(inForce.map(({key, value}) => [key, value])) as unknown as Values;
}
