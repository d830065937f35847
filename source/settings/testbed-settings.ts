// What `send` and `serve` run with: the broker, what is sent there, and the monitor to ask or to be.
import type {TimeMode} from '../time.ts';
import type {Secret} from '../wire/secret.ts';
import {isLoopback} from './checks.ts';
import {valuesOf} from './in-force.ts';
import type {SettingKey, Values} from './setting-table.ts';
import {SettingsError} from './settings-error.ts';
import {missing, sourcesOf, wholeEnvironment, type Inputs} from './settings.ts';

export interface BrokerSettings {
  /** Undefined: none is named. */
  readonly host: string | undefined;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  readonly hasTls: boolean;
  readonly caFile: string | undefined;
  /** `/topic/…` or `/queue/…` */
  readonly topic: string;
}

export interface SendSettings {
  readonly broker: BrokerSettings;
  readonly namespace: string | undefined;
  readonly isOneshot: boolean;
  /** Between two batches, s. */
  readonly interval: number;
  readonly isJson: boolean;
  readonly time: TimeMode;
}

/** How to reach a monitor. */
export interface MonitorAccess {
  readonly monitorUrl: string;
  readonly token: Secret;
  readonly caFile: string | undefined;
  readonly proxy: string | undefined;
  readonly noProxy: string | undefined;
}

export interface ProbeSettings extends SendSettings {
  readonly monitor: MonitorAccess;
  /** For the message to come, s. */
  readonly wait: number;
}

export interface ServeSettings {
  /** Undefined: no broker. */
  readonly broker: BrokerSettings | undefined;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Begins with a slash and ends without one; may be empty. */
  readonly basePath: string;
  /** The names of the files. */
  readonly tls: {readonly cert: string; readonly key: string} | undefined;
  /** Undefined: one is to be made. */
  readonly token: Secret | undefined;
  readonly isSimulating: boolean;
  readonly time: TimeMode;
}

/** @throws SettingsError */
export const loadSendSettings = (inputs: Inputs): SendSettings =>
  Object.freeze(sendSettings(valuesFor(inputs, isOfSender), inputs));

const isOfSender = (key: SettingKey): boolean =>
  /^(broker|send)\./.test(key) || key === 'namespace' || key === 'time';

/** @throws SettingsError */
export function loadProbeSettings(inputs: Inputs): ProbeSettings {
  const isOfMonitor = new Set<SettingKey>(['monitorUrl', 'token', 'caFile', 'proxy', 'noProxy']);
  const values = valuesFor(inputs, key => isOfSender(key) || isOfMonitor.has(key));
  const {monitorUrl, token, caFile, proxy, noProxy} = values;
  if (token === undefined) throw missing('token', 'must be set to your token for the monitor');
  const monitor = {monitorUrl, token, caFile, proxy, noProxy};
  return Object.freeze({...sendSettings(values, inputs), monitor, wait: values['send.wait']});
}

/** @throws SettingsError */
export function loadServeSettings(inputs: Inputs): ServeSettings {
  const values = valuesFor(
    inputs,
    key => /^(broker|serve)\./.test(key) || key === 'token' || key === 'time',
  );
  const host = values['serve.host'];
  const tls = tlsFiles(values['serve.tlsCert'], values['serve.tlsKey']);
  if (!isLoopback(host) && tls === undefined && !values['serve.plainHttp']) {
    throw new SettingsError(
      `--host ${host} lets in other machines: the token would travel in the open`,
      `swfmon serve --host ${host} --tls-cert FILE --tls-key FILE   (or --plain-http)`,
    );
  }
  return Object.freeze({
    broker: values['broker.host'] === undefined ? undefined : brokerSettings(values),
    host,
    port: values['serve.port'],
    basePath: values['serve.basePath'],
    tls,
    token: values.token,
    isSimulating: inputs.flags?.simulate === true,
    time: values.time,
  });
}

const valuesFor = (inputs: Inputs, isWanted: (key: SettingKey) => boolean): Values =>
  valuesOf(sourcesOf(inputs), wholeEnvironment(inputs), isWanted);

function sendSettings(values: Values, {flags}: Inputs): SendSettings {
  return {
    broker: brokerSettings(values),
    namespace: values.namespace,
    isOneshot: values['send.oneshot'],
    interval: values['send.interval'],
    isJson: flags?.json === true,
    time: values.time,
  };
}

function brokerSettings(values: Values): BrokerSettings {
  return {
    host: values['broker.host'],
    port: values['broker.port'],
    user: values['broker.user'],
    password: values['broker.password'],
    hasTls: values['broker.tls'],
    caFile: values['broker.caFile'],
    topic: values['broker.topic'],
  };
}

function tlsFiles(cert: string | undefined, key: string | undefined): ServeSettings['tls'] {
  if (cert !== undefined && key !== undefined) return {cert, key};
  if (cert === undefined && key === undefined) return undefined;
  const absent = cert === undefined ? '--tls-cert' : '--tls-key';
  throw new SettingsError(
    `${absent} is missing: TLS takes a certificate and its key`,
    'swfmon serve --tls-cert FILE --tls-key FILE',
  );
}
