// What the program runs with: flags over environment over `~/.env` over defaults, checked once,
// frozen. An error names the variable and the line to type.
import {readThresholds, type Thresholds} from '../thresholds.ts';
import {timeModes, type TimeMode} from '../time.ts';
import type {StreamFilter} from '../wire/filter.ts';
import {defaultMonitorUrl} from '../wire/paths.ts';
import {Secret} from '../wire/secret.ts';

export type Output = 'screen' | 'lines' | 'json';

/** What the command line gave; undefined where it said nothing. */
export interface Flags {
  readonly message?: readonly string[] | undefined;
  readonly agent?: readonly string[] | undefined;
  readonly run?: readonly string[] | undefined;
  readonly monitorUrl?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly caFile?: string | undefined;
  readonly json?: boolean | undefined;
  readonly plain?: boolean | undefined;
  readonly count?: number | undefined;
  readonly register?: boolean | undefined;
  readonly fps?: number | undefined;
  readonly ascii?: boolean | undefined;
  readonly time?: string | undefined;
  readonly alert?: readonly string[] | undefined;
}

export interface Settings {
  /** Base URL of the monitor, without a slash at its end. */
  readonly monitorUrl: string;
  readonly token: Secret;
  /** Name in the monitor's agent registry. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly caFile: string | undefined;
  readonly proxy: string | undefined;
  readonly noProxy: string | undefined;
  readonly filter: StreamFilter;
  readonly register: boolean;
  readonly output: Output;
  /** `tail` stops after so many messages. */
  readonly count: number | undefined;
  /** Frames a second at most, 1 to 30. */
  readonly fps: number;
  readonly hasColour: boolean;
  readonly isAscii: boolean;
  readonly time: TimeMode;
  /** When something is wrong enough to be an alert. */
  readonly thresholds: Thresholds;
}

/** A setting that the program cannot run with; `remedy` is the line to type, where there is one. */
export class SettingsError extends Error {
  readonly remedy: string | undefined;

  constructor(message: string, remedy?: string) {
    super(message);
    this.name = 'SettingsError';
    this.remedy = remedy;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param environment process environment over the values of `~/.env`.
 * @param isTerminal whether a person sits before both stdin and stdout.
 * @throws SettingsError
 */
export function loadSettings(
  flags: Flags,
  environment: Environment,
  isTerminal: boolean,
): Settings {
  const named = (...names: string[]) =>
    names.map(name => environment[name]?.trim()).find(value => value !== undefined && value !== '');

  const name = flags.name?.trim() || named('SWF_SSE_RECEIVER_NAME');
  if (!name) {
    throw new SettingsError(
      'SWF_SSE_RECEIVER_NAME must be set to a descriptive agent name',
      'export SWF_SSE_RECEIVER_NAME=my-fastmon-watch',
    );
  }
  const token = named('SWF_API_TOKEN');
  if (token === undefined) {
    throw new SettingsError(
      'SWF_API_TOKEN must be set to your token for the monitor',
      'export SWF_API_TOKEN=…   (or that line in ~/.env, which only you can read)',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new SettingsError('SWF_API_TOKEN holds characters that no token has (spaces? quotes?)');
  }
  return Object.freeze({
    monitorUrl: checkedUrl(flags.monitorUrl ?? named('SWF_MONITOR_PROD_URL') ?? defaultMonitorUrl),
    token: new Secret(token),
    name,
    ...common(flags, environment, isTerminal),
    caFile: flags.caFile ?? named('REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'),
    proxy: checkedProxy(named('HTTPS_PROXY', 'https_proxy')),
    noProxy: named('NO_PROXY', 'no_proxy'),
  });
}

/** Settings for a monitor inside the process: nothing of the user's account is read. */
export function demoSettings(
  flags: Flags,
  environment: Environment,
  isTerminal: boolean,
  monitor: {readonly url: string; readonly token: string},
): Settings {
  return Object.freeze({
    monitorUrl: monitor.url,
    token: new Secret(monitor.token),
    name: flags.name ?? 'swfmon-demo',
    ...common(flags, environment, isTerminal),
    caFile: undefined,
    proxy: undefined,
    noProxy: undefined,
  });
}

function common(flags: Flags, environment: Environment, isTerminal: boolean) {
  return {
    namespace: flags.namespace,
    filter: {types: list(flags.message), agents: list(flags.agent), runs: list(flags.run)},
    register: flags.register ?? true,
    output: outputOf(flags, isTerminal),
    count: wholeNumber('--count', flags.count, 1, Number.MAX_SAFE_INTEGER),
    fps: wholeNumber('--fps', flags.fps, 1, 30) ?? 10,
    hasColour: !environment['NO_COLOR'] && environment['TERM'] !== 'dumb',
    isAscii: flags.ascii === true || !speaksUtf8(environment),
    time: timeMode(flags.time),
    thresholds: thresholds(flags.alert),
  };
}

/** Repeated flags and commas alike; blanks and doubles are left out. */
function list(values: readonly string[] = []): readonly string[] {
  const parts = values.flatMap(value => value.split(',')).map(value => value.trim());
  return [...new Set(parts.filter(part => part !== ''))];
}

function outputOf(flags: Flags, isTerminal: boolean): Output {
  if (flags.json === true) return 'json';
  return flags.plain === true || !isTerminal ? 'lines' : 'screen';
}

function wholeNumber(
  flag: string,
  value: number | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new SettingsError(`${flag} takes a whole number ${range}`);
}

function thresholds(changes: readonly string[] | undefined): Thresholds {
  try {
    return readThresholds(list(changes));
  } catch (error) {
    throw new SettingsError(
      `--alert: ${(error as Error).message}`,
      'swfmon --alert imminent=600,silence=60',
    );
  }
}

function timeMode(value: string | undefined): TimeMode {
  const mode = timeModes.find(candidate => candidate === (value ?? 'local'));
  if (mode) return mode;
  throw new SettingsError(`--time takes one of ${timeModes.join(', ')}, not "${value}"`);
}

/** The locale says so; where nothing is said, terminals of today speak UTF-8. */
function speaksUtf8(environment: Environment): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return locale === undefined || locale === '' || /utf-?8/i.test(locale);
}

/** https, or http to this machine alone: the token would travel in the open. */
function checkedUrl(value: string): string {
  const example = 'export SWF_MONITOR_PROD_URL=https://pandaserver02.sdcc.bnl.gov/swf-monitor';
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    const shown = value.includes('@') ? 'a user or a password in it?' : value;
    throw new SettingsError(`SWF_MONITOR_PROD_URL is not a URL: ${shown}`, example);
  }
  if (url.username !== '' || url.password !== '') {
    throw new SettingsError('SWF_MONITOR_PROD_URL must not hold a user or a password', example);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new SettingsError(
      `SWF_MONITOR_PROD_URL must begin with https:// (plain http only to this machine): ${value}`,
      example,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function checkedProxy(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const full = value.includes('://') ? value : `http://${value}`;
  if (URL.canParse(full) && /^https?:/.test(full) && hasReadableCredentials(full)) return full;
  throw new SettingsError('HTTPS_PROXY is not the URL of an http proxy', 'unset HTTPS_PROXY');
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
