// The one table of settings: which flag, which variables and what in the settings file give each,
// what it must be, and what it is when nothing gives it.
import {
  givenDefault,
  thresholdNames,
  type GivenThreshold,
  type ThresholdName,
} from '../thresholds.ts';
import {timeModes, type TimeMode} from '../time.ts';
import {defaultMonitorUrl} from '../wire/paths.ts';
import type {Secret} from '../wire/secret.ts';
import {
  fixedPath,
  list,
  numberOrOff,
  oneOf,
  optionalText,
  proxy,
  text,
  token,
  typesForKeys,
  url,
  wholeNumber,
  yesOrNo,
} from './checks.ts';
import {brokerRows} from './broker-rows.ts';
import {serveRows} from './serve-rows.ts';
import {nothing, setting, type Environment, type Setting} from './setting.ts';

export type {Environment, Setting};

const themes = ['auto', 'colour', 'dark', 'light', 'plain'] as const;
export type ThemeChoice = (typeof themes)[number];

export const settingTable = {
  monitorUrl: setting<string>({
    flag: 'monitorUrl',
    variables: ['SWF_MONITOR_PROD_URL'],
    check: url,
    fallback: () => defaultMonitorUrl,
    remedy: `export SWF_MONITOR_PROD_URL=${defaultMonitorUrl}`,
  }),
  name: setting<string | undefined>({
    flag: 'name',
    variables: ['SWF_SSE_RECEIVER_NAME'],
    check: text,
    fallback: nothing,
    remedy: 'export SWF_SSE_RECEIVER_NAME=my-fastmon-watch',
  }),
  token: setting<Secret | undefined>({
    variables: ['SWF_API_TOKEN'],
    inFile: 'never',
    check: token,
    fallback: nothing,
    remedy: 'export SWF_API_TOKEN=…   (or that line in ~/.env, which only you can read)',
    help: 'your token for the monitor, required; on no command line, where others could read it',
  }),
  namespace: setting<string | undefined>({
    flag: 'namespace',
    check: optionalText,
    fallback: nothing,
  }),
  caFile: setting<string | undefined>({
    flag: 'caFile',
    variables: ['REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'],
    check: text,
    checkInFile: fixedPath,
    fallback: nothing,
    remedy: 'export REQUESTS_CA_BUNDLE=/path/full-chain.pem',
  }),
  proxy: setting<string | undefined>({
    variables: ['HTTPS_PROXY', 'https_proxy'],
    inFile: 'never',
    check: proxy,
    fallback: nothing,
    redact: value => value?.replace(/\/\/[^/]*@/, '//[redacted]@'),
    remedy: 'unset HTTPS_PROXY',
    help: 'proxy for https: http://user:password@host:port, the credentials where it wants them',
  }),
  noProxy: setting<string | undefined>({
    variables: ['NO_PROXY', 'no_proxy'],
    inFile: 'never',
    check: text,
    fallback: nothing,
    help: 'hosts that are reached without it; *: all',
  }),
  register: setting<boolean>({flag: 'register', check: yesOrNo, fallback: () => true}),
  'filter.types': filter('message'),
  'filter.agents': filter('agent'),
  'filter.runs': filter('run'),
  time: setting<TimeMode>({
    flag: 'time',
    inFile: 'look',
    check: oneOf(timeModes),
    fallback: () => 'local',
  }),
  fps: setting<number>({
    flag: 'fps',
    inFile: 'look',
    check: wholeNumber(1, 30),
    fallback: () => 5,
  }),
  ascii: setting<boolean>({
    flag: 'ascii',
    inFile: 'look',
    check: yesOrNo,
    fallback: environment => !speaksUtf8(environment),
  }),
  record: setting<string | undefined>({
    flag: 'record',
    check: text,
    checkInFile: fixedPath,
    fallback: nothing,
    describe: directory => directory ?? 'off',
  }),
  recordTotal: setting<number>({
    flag: 'recordTotal',
    check: wholeNumber(16, 1_000_000),
    fallback: () => 1000,
    describe: total => `${total} MB`,
  }),
  theme: setting<ThemeChoice>({inFile: 'look', check: oneOf(themes), fallback: () => 'auto'}),
  keys: setting<readonly string[] | undefined>({
    inFile: 'look',
    check: typesForKeys,
    fallback: nothing,
    describe: types => types?.join(', ') ?? 'the standard message types',
  }),
  ...alerts(),
  ...brokerRows,
  ...serveRows,
};

export type SettingKey = keyof typeof settingTable;
export const settingKeys = Object.keys(settingTable) as readonly SettingKey[];
export const isSetting = (key: string): key is SettingKey => Object.hasOwn(settingTable, key);

/** What each setting is. */
export type Values = {
  readonly [Key in SettingKey]: ReturnType<(typeof settingTable)[Key]['check']>;
};
export type Value = Values[SettingKey];

/** Any setting of the table, whatever its value. */
export const settingOf = (key: SettingKey) => settingTable[key] as unknown as Setting<Value>;

function filter(flag: 'message' | 'agent' | 'run') {
  return setting<readonly string[]>({
    flag,
    check: list,
    fallback: () => [],
    describe: values => values.join(', ') || 'all',
  });
}

/** One for each threshold; `--alert` gives them by name. */
function alerts() {
  const rows = thresholdNames.map(name => [
    `alerts.${name}`,
    setting<GivenThreshold>({
      inFile: 'look',
      check: numberOrOff,
      fallback: () => givenDefault(name),
      describe: value => (value === 'off' || name === 'intervals' ? String(value) : `${value} s`),
      remedy: 'swfmon --alert imminent=600,silence=off',
    }),
  ]);
  return Object.fromEntries(rows) as Record<`alerts.${ThresholdName}`, Setting<GivenThreshold>>;
}

/** The locale says so; where nothing is said, terminals of today speak UTF-8. */
function speaksUtf8(environment: Environment): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return locale === undefined || locale === '' || /utf-?8/i.test(locale);
}
