// What `~/.env` says now of the way to the monitor, for a program that has run for days: a new token
// or CA file is taken where the file gave the one before, also by way of a shell that sourced it.
import {resolve} from './in-force.ts';
import {settingOf, type Values} from './setting-table.ts';
import {sourcesOf, wholeEnvironment, type Environment, type Inputs} from './settings.ts';
import type {MonitorAccess} from './testbed-settings.ts';

export interface RenewedAccess {
  /** The same object as before when nothing has changed. */
  readonly access: MonitorAccess;
  /** In words: what has changed, and what differs and is not used. No secret in them. */
  readonly notes: readonly string[];
}

/** The monitor's address stays: another monitor is another session. */
const renewedKeys = ['token', 'caFile', 'proxy', 'noProxy'] as const;
type RenewedKey = (typeof renewedKeys)[number];

export class AccessRenewal {
  #inputs: Inputs;
  #access: MonitorAccess;

  /** @param access what `inputs` gave at the start. */
  constructor(inputs: Inputs, access: MonitorAccess) {
    this.#inputs = inputs;
    this.#access = access;
  }

  /** As it is in use. */
  get access(): MonitorAccess {
    return this.#access;
  }

  /** @param envFile what `~/.env` gives now. */
  renew(envFile: Environment): RenewedAccess {
    this.#inputs = withEnvFile(this.#inputs, envFile);
    const {environment = {}} = this.#inputs;
    const notes: string[] = [];
    const changes: Partial<Record<RenewedKey, Values[RenewedKey]>> = {};
    for (const one of resolve(sourcesOf(this.#inputs), wholeEnvironment(this.#inputs))) {
      const {key, name, origin, fault} = one;
      if (!isRenewed(key)) continue;
      const value = one.value as Values[RenewedKey];
      const inFile = envFile[name]?.trim();
      if (fault) {
        notes.push(`${fault.message}: the one before stays in use`);
      } else if (key === 'token' && value === undefined) {
        notes.push('SWF_API_TOKEN is no longer set: the one before stays in use');
      } else if (revealed(value) !== revealed(this.#access[key])) {
        changes[key] = value;
        notes.push(
          `${name || settingOf(key).variables![0]} has changed in ~/.env: the new one is used`,
        );
      } else if (origin === 'environment' && inFile && inFile !== environment[name]?.trim()) {
        notes.push(
          `${name} in ~/.env differs from the one in the environment, which is used: start swfmon from a shell that has the new one`,
        );
      }
    }
    if (Object.keys(changes).length > 0)
      this.#access = {...this.#access, ...changes} as MonitorAccess;
    return {access: this.#access, notes};
  }
}

const isRenewed = (key: string): key is RenewedKey => renewedKeys.some(one => one === key);

/** Variables of the environment that the file gave follow what it gives now. */
function withEnvFile(inputs: Inputs, envFile: Environment): Inputs {
  const {environment = {}, envFile: before = {}} = inputs;
  const followed = renewedKeys
    .flatMap(key => settingOf(key).variables ?? [])
    .filter(name => environment[name] !== undefined && envFile[name]?.trim())
    .filter(name => environment[name]?.trim() === before[name]?.trim())
    .map(name => [name, envFile[name]] as const);
  return {...inputs, envFile, environment: {...environment, ...Object.fromEntries(followed)}};
}

const revealed = (value: Values[RenewedKey]): string | undefined =>
  typeof value === 'object' ? value.reveal() : value;
