// What a value must be. A check answers the value as the program uses it, or throws a `WrongValue`
// whose words go on after the name of what was set.
import {isAbsolute} from 'node:path';
import {isLifecycleType} from '../wire/lifecycle-types.ts';
import {sanitise} from '../wire/sanitise.ts';
import {Secret} from '../wire/secret.ts';
import {homeDirectory} from './home.ts';

export class WrongValue extends Error {
  /** Which item of a list is meant. */
  readonly index: number | undefined;

  constructor(message: string, index?: number) {
    super(message);
    this.index = index;
  }
}

const shown = (value: unknown): string => sanitise(JSON.stringify(value), 40);

export function text(value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new WrongValue('takes text that is not blank');
}

/** A blank says: none. */
export function optionalText(value: unknown): string | undefined {
  return value === '' ? undefined : text(value);
}

export function yesOrNo(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new WrongValue('takes true or false');
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return (value: unknown): number => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) {
      return Number(value);
    }
    throw new WrongValue(`takes a whole number ${range}`);
  };
}

/** As `wholeNumber`, for what variables give, too. */
export function wholeNumberText(least: number, most: number) {
  const check = wholeNumber(least, most);
  return (value: unknown): number =>
    check(typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);
}

const switches = new Map<unknown, boolean>([
  ...['1', 'true', 'yes', 'on', true].map(word => [word, true] as const),
  ...['0', 'false', 'no', 'off', false].map(word => [word, false] as const),
]);

/** As `yesOrNo`, in the words that the testbed's variables use, too. */
export function onOrOff(value: unknown): boolean {
  const isOn = switches.get(typeof value === 'string' ? value.toLowerCase() : value);
  if (isOn !== undefined) return isOn;
  throw new WrongValue(`takes true or false, not ${shown(value)}`);
}

export function oneOf<Choice extends string>(choices: readonly Choice[]) {
  return (value: unknown): Choice => {
    const choice = choices.find(candidate => candidate === value);
    if (choice !== undefined) return choice;
    throw new WrongValue(`takes one of ${choices.join(', ')}, not ${shown(value)}`);
  };
}

/** Several values and commas alike; blanks and doubles are left out, whole numbers become text. */
export function list(value: unknown): readonly string[] {
  const parts = items(value).flatMap((item, index) => {
    if (typeof item === 'string') return item.split(',').map(part => part.trim());
    if (Number.isSafeInteger(item)) return String(item);
    throw new WrongValue('takes a list of texts', index);
  });
  return [...new Set(parts.filter(part => part !== ''))];
}

function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new WrongValue('takes a list of texts');
}

/** Message types for the number keys, in order. */
export function typesForKeys(value: unknown): readonly string[] {
  const types: string[] = [];
  for (const [index, item] of items(value).entries()) {
    if (index === 9) throw new WrongValue('takes nine message types at most', index);
    if (typeof item !== 'string' || !/^[\w.-]+$/.test(item)) {
      throw new WrongValue('takes message types of letters, digits and . _ -', index);
    }
    if (isLifecycleType(item)) {
      throw new WrongValue(`takes no ${item}: the run lifecycle has a key of its own`, index);
    }
    if (types.includes(item)) throw new WrongValue(`takes ${item} once`, index);
    types.push(item);
  }
  return types;
}

export function numberOrOff(value: unknown): number | 'off' {
  if (value === 'off' || (Number.isFinite(value) && Number(value) >= 0)) return value as number;
  throw new WrongValue(`takes a number from 0, or "off", not ${shown(value)}`);
}

export function token(value: unknown): Secret {
  if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) return new Secret(value);
  throw new WrongValue('holds characters that no token has (spaces? quotes?)');
}

export function password(value: unknown): Secret {
  if (typeof value === 'string' && !/\p{Cc}/u.test(value)) return new Secret(value);
  throw new WrongValue('holds control characters');
}

/** Where a broker keeps messages; it takes a bare name for something else. */
export function destination(value: unknown): string {
  const given = text(value);
  if (/^\/(topic|queue)\/[\w.-]+$/.test(given)) return given;
  throw new WrongValue(`takes /topic/NAME or /queue/NAME, not ${shown(given)}`);
}

/** A path below a host, without a slash at its end; `/` is empty. */
export function basePath(value: unknown): string {
  const path = text(value).replace(/\/+$/, '');
  if (/^(\/[\w.~-]+)*$/.test(path)) return path;
  throw new WrongValue(`takes a path from / on, not ${shown(value)}`);
}

/** A path in the settings file, which holds wherever the program is started. */
export function fixedPath(value: unknown): string {
  const path = text(value).replace(/^~(?=\/)/, home => homeDirectory(process.env) ?? home);
  if (isAbsolute(path)) return path;
  throw new WrongValue('takes a path from / or ~/ on');
}

/** https, or http to this machine alone: the token would travel in the open. */
export function url(value: unknown): string {
  const given = text(value);
  if (!URL.canParse(given)) {
    const shown = given.includes('@') ? 'a user or a password in it?' : given;
    throw new WrongValue(`is not a URL: ${shown}`);
  }
  const {username, password, protocol, hostname, origin, pathname} = new URL(given);
  if (username !== '' || password !== '') {
    throw new WrongValue('must not hold a user or a password');
  }
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw new WrongValue(`must begin with https:// (plain http only to this machine): ${given}`);
  }
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

/** A name or an address that only this machine is reached by. */
export function isLoopback(host: string): boolean {
  return /^(localhost|\[?::1\]?|127(\.\d+){3})$/.test(host);
}

export function proxy(value: unknown): string {
  const given = text(value);
  const full = given.includes('://') ? given : `http://${given}`;
  if (URL.canParse(full) && /^https?:/.test(full) && hasReadableCredentials(full)) return full;
  throw new WrongValue('is not the URL of an http proxy');
}

/** A password with a bare `%` could not be decoded when the proxy is asked. */
function hasReadableCredentials(url: string): boolean {
  const {username, password} = new URL(url);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}
