// What the program runs with: flags over environment over `~/.env` over the settings file over
// defaults, checked once, frozen. An error names what was set and the line to type.
import {toThresholds, type Thresholds} from '../thresholds.ts';
import type {TimeMode} from '../time.ts';
import type {StreamFilter} from '../wire/filter.ts';
import {Secret} from '../wire/secret.ts';
import {wholeNumber, type WrongValue} from './checks.ts';
import type {RenewedAccess} from './access-renewal.ts';
import type {Flags} from './flag-table.ts';
import {valuesOf} from './in-force.ts';
import {
  settingTable,
  type Environment,
  type SettingKey,
  type ThemeChoice,
  type Values,
} from './setting-table.ts';
import {SettingsError} from './settings-error.ts';
import {environmentSource, flagSource, noSource, type Source} from './sources.ts';

export {SettingsError};
export type {Environment, Flags};

export type Output = 'screen' | 'lines' | 'json';

export interface Settings extends ViewSettings {
  /** Base URL of the monitor, without a slash at its end. */
  readonly monitorUrl: string;
  readonly token: Secret;
  /** Name in the monitor's agent registry. */
  readonly name: string;
  readonly caFile: string | undefined;
  readonly proxy: string | undefined;
  readonly noProxy: string | undefined;
  /** What is to be known of the files that the settings come from; no secret in it. */
  readonly warnings?: readonly string[];
  /** Reads again what can have changed of the way to the monitor; not for a monitor of the demo. */
  readonly renewAccess?: () => RenewedAccess;
}

type Palette = 'terminal' | 'dark' | 'light';

/** What holds without a monitor too, for what was recorded. */
export interface ViewSettings {
  readonly namespace: string | undefined;
  readonly filter: StreamFilter;
  readonly register: boolean;
  readonly output: Output;
  /** Why there are lines where somebody at a terminal expects the screen; undefined: none does. */
  readonly linesReason: string | undefined;
  /** `tail` stops after so many messages. */
  readonly count: number | undefined;
  /** Frames a second at most, 1 to 30. */
  readonly fps: number;
  readonly hasColour: boolean;
  /** The terminal's own colours, or ours for a dark or a light background. */
  readonly palette: Palette;
  /** Colours that the terminal has: 1 for 16, 2 for 256, 3 for all. */
  readonly depth: 1 | 2 | 3;
  readonly isAscii: boolean;
  readonly time: TimeMode;
  /** Directory that everything is recorded to. */
  readonly record: string | undefined;
  /** Room for all recordings in it, MB. */
  readonly recordTotal: number;
  /** Message types on the number keys in place of the standard ones. */
  readonly keys: readonly string[] | undefined;
  /** When something is wrong enough to be an alert. */
  readonly thresholds: Thresholds;
}

/** What the settings are made from. */
export interface Inputs {
  readonly flags?: Flags;
  /** Of the process. */
  readonly environment?: Environment;
  /** Of `~/.env`. */
  readonly envFile?: Environment;
  readonly file?: Source;
}

/**
 * @param isTerminal whether a person sits before both stdin and stdout.
 * @throws SettingsError
 */
export function loadSettings(inputs: Inputs, isTerminal: boolean): Settings {
  const {flags = {}} = inputs;
  const environment = wholeEnvironment(inputs);
  const values = valuesOf(sourcesOf(inputs), environment, isOfReceiver);
  const {name, token} = values;
  if (name === undefined) throw missing('name', 'must be set to a descriptive agent name');
  if (token === undefined) throw missing('token', 'must be set to your token for the monitor');
  const {monitorUrl, caFile, proxy, noProxy} = values;
  return Object.freeze({
    monitorUrl,
    token,
    name,
    ...common(values, flags, environment, isTerminal),
    caFile,
    proxy,
    noProxy,
  });
}

/** Settings for a monitor inside the process: nothing of the user's account is read. */
export function demoSettings(
  {flags = {}, environment = {}, file = noSource}: Inputs,
  isTerminal: boolean,
  monitor: {readonly url: string; readonly token: string},
): Settings {
  const ofSession = flagSource({...flags, monitorUrl: undefined, caFile: undefined});
  const values = valuesOf([ofSession, lookOf(file)], environment, isOfReceiver);
  return Object.freeze({
    monitorUrl: monitor.url,
    token: new Secret(monitor.token),
    name: values.name ?? 'swfmon-demo',
    ...common(values, flags, environment, isTerminal),
    caFile: undefined,
    proxy: undefined,
    noProxy: undefined,
  });
}

/** Settings to look at what was recorded: nothing of the user's account is read. */
export function viewSettings(
  {flags = {}, environment = {}, file = noSource}: Inputs,
  isTerminal: boolean,
): ViewSettings {
  const values = valuesOf([flagSource(flags), lookOf(file)], environment, isOfReceiver);
  return Object.freeze(common(values, flags, environment, isTerminal));
}

/** The first that gives a setting decides. A variable of the process hides the one of `~/.env`. */
export function sourcesOf({flags, environment, envFile, file}: Inputs): readonly Source[] {
  const hidden = Object.keys(environment ?? {}).map(name => [name, undefined]);
  const rest = {...envFile, ...(Object.fromEntries(hidden) as Environment)};
  return [
    flagSource(flags ?? {}),
    environmentSource(environment ?? {}, 'environment'),
    environmentSource(rest, '~/.env'),
    file ?? noSource,
  ];
}

/** The process environment over `~/.env`. */
export function wholeEnvironment({environment, envFile}: Inputs): Environment {
  return {...envFile, ...environment};
}

function lookOf({given, faults}: Source): Source {
  const look = [...given].filter(([key]) => settingTable[key].inFile === 'look');
  return {given: new Map(look), faults};
}

/** Not of the broker, of what is sent there, or of a monitor of one's own. */
const isOfReceiver = (key: SettingKey): boolean => !/^(broker|send|serve)\./.test(key);

export function missing(key: 'name' | 'token', what: string): SettingsError {
  const {variables = [], remedy} = settingTable[key];
  return new SettingsError(`${variables[0]} ${what}`, remedy);
}

function common(values: Values, flags: Flags, environment: Environment, isTerminal: boolean) {
  return {
    namespace: values.namespace,
    filter: {
      types: values['filter.types'],
      agents: values['filter.agents'],
      runs: values['filter.runs'],
    },
    register: values.register,
    ...outputOf(flags, environment, isTerminal),
    count: countOf(flags),
    fps: values.fps,
    hasColour: hasColour(values.theme, environment),
    palette: paletteOf(values.theme),
    depth: depthOf(environment),
    isAscii: values.ascii,
    time: values.time,
    record: values.record,
    recordTotal: values.recordTotal,
    keys: values.keys,
    thresholds: toThresholds({
      imminent: values['alerts.imminent'],
      intervals: values['alerts.intervals'],
      silence: values['alerts.silence'],
      settle: values['alerts.settle'],
      unfilled: values['alerts.unfilled'],
    }),
  };
}

/**
 * For a screen reader Ink erases and writes the whole screen again for every frame, each second at least (2 kB at
 * 80 × 24), so that reading never gets to its end: such a reader gets lines, each written once.
 */
function outputOf(
  flags: Flags,
  environment: Environment,
  isTerminal: boolean,
): Pick<ViewSettings, 'output' | 'linesReason'> {
  if (flags.json === true) return {output: 'json', linesReason: undefined};
  const isRead = environment['INK_SCREEN_READER'] === 'true';
  if (flags.plain === true || isRead || !isTerminal) {
    return {output: 'lines', linesReason: undefined};
  }
  const linesReason = noScreen(environment);
  return {output: linesReason === undefined ? 'screen' : 'lines', linesReason};
}

/**
 * @returns why a terminal cannot show the screen, as its TERM says; undefined when it can. A terminal
 * without a name is dumb, as for git, less and whatever uses terminfo.
 */
export function noScreen({TERM = ''}: Environment): string | undefined {
  if (TERM === '') return 'TERM is not set';
  return TERM === 'dumb' || TERM === 'unknown' ? `TERM=${TERM}` : undefined;
}

function countOf({count}: Flags): number | undefined {
  if (count === undefined) return undefined;
  try {
    return wholeNumber(1)(count);
  } catch (error) {
    throw new SettingsError(`--count ${(error as WrongValue).message}`);
  }
}

const paletteOf = (theme: ThemeChoice): Palette =>
  theme === 'dark' || theme === 'light' ? theme : 'terminal';

function hasColour(theme: ThemeChoice, environment: Environment): boolean {
  if (theme !== 'auto') return theme !== 'plain';
  return !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}

/** Colours that the terminal has, as it says in the environment. */
function depthOf({COLORTERM = '', TERM = ''}: Environment): 1 | 2 | 3 {
  if (/^(?:truecolor|24bit)$/i.test(COLORTERM)) return 3;
  return TERM.includes('256color') ? 2 : 1;
}
