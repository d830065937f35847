// What was set: the settings file, name, token, URL, proxy, the file of trusted certificates.
import {X509Certificate} from 'node:crypto';
import type {InForce} from '../settings/in-force.ts';
import {settingOf, type SettingKey} from '../settings/setting-table.ts';
import {certificatesIn} from '../http/connection.ts';
import {hostAndPort} from '../http/proxy.ts';
import {failed, ok, warning, type Finding} from './finding.ts';
import type {Visit} from './visit.ts';

/** Settings whose mistakes are told by a check of their own. */
const ownChecks: readonly SettingKey[] = ['name', 'token', 'monitorUrl', 'caFile', 'proxy'];

export function checkSettings(visit: Visit): Finding {
  const {path, isThere} = visit.file;
  const own = new Set(ownChecks.map(key => visit.setting(key).fault));
  const [first, ...more] = visit.faults.filter(fault => !own.has(fault));
  if (first) return failed(withMore(first.message, more), first.remedy ?? 'swfmon config');
  const [warned, ...others] = visit.warnings;
  if (warned !== undefined) return warning(withMore(warned, others), 'swfmon config');
  return ok(`${path} ${isThere ? 'is read' : 'is not there: none is needed'}`);
}

const withMore = (text: string, more: readonly unknown[]): string =>
  more.length === 0 ? text : `${text} (and ${more.length} more)`;

export function checkName(visit: Visit): Finding {
  const name = visit.setting('name');
  if (name.fault) return failed(name.fault.message, name.fault.remedy);
  if (name.value === undefined) return missing('name');
  return ok(`${visit.value('name')}, from ${originOf(name)}`);
}

/** Nothing of the token is told but where it comes from. */
export function checkToken(visit: Visit): Finding {
  const token = visit.setting('token');
  if (token.fault) return failed(token.fault.message, token.fault.remedy);
  if (token.value === undefined) return missing('token');
  const {envFileMode} = visit.machine;
  if (token.origin === '~/.env' && envFileMode !== undefined && (envFileMode & 0o077) !== 0) {
    return warning('is set, in ~/.env, which others on this machine can read', 'chmod 600 ~/.env');
  }
  return ok(`is set, from ${originOf(token)}`);
}

export function checkUrl(visit: Visit): Finding {
  const url = visit.setting('monitorUrl');
  if (url.fault) return failed(url.fault.message, url.fault.remedy);
  return ok(`${visit.base}, from ${originOf(url)}`);
}

export async function checkProxy(visit: Visit): Promise<Finding> {
  const proxy = visit.setting('proxy');
  if (proxy.fault) return failed(proxy.fault.message, proxy.fault.remedy);
  if (proxy.value === undefined) return ok('none');
  await visit.chooseProxy();
  if (visit.proxy) return ok(`${hostAndPort(visit.proxy)}, from ${originOf(proxy)}`);
  const why = visit.url.protocol === 'https:' ? 'NO_PROXY names the monitor' : 'it is for https';
  return ok(`not used: ${why}`);
}

export function checkCaFile(visit: Visit): Finding {
  const caFile = visit.setting('caFile');
  const path = visit.value('caFile');
  const remedy = settingOf('caFile').remedy;
  if (caFile.fault) return failed(caFile.fault.message, remedy);
  if (path === undefined) return ok(`none set: Node's own authorities are trusted`);
  let count: number;
  try {
    count = countCertificates(visit.edges.readAuthorities(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(`${path}, from ${originOf(caFile)}, cannot be read: ${reason}`, remedy);
  }
  const certificates = `${count} ${count === 1 ? 'certificate' : 'certificates'}`;
  return ok(`${path}, from ${originOf(caFile)}: ${certificates}`);
}

/** @throws Error when one of them cannot be read. */
const countCertificates = (pem: string): number =>
  certificatesIn(pem).map(block => new X509Certificate(block)).length;

const originOf = ({origin, name}: InForce): string =>
  origin === 'default' ? 'the default' : `${origin} ${name}`;

function missing(key: 'name' | 'token'): Finding {
  const {variables = [], remedy} = settingOf(key);
  return failed(`is missing: ${variables.join(' or ')} is not set`, remedy);
}
