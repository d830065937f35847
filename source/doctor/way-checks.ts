// Whether the monitor is reached: its name, the connection, the proxy between, its certificate.
import {isIP} from 'node:net';
import type {PeerCertificate, TLSSocket} from 'node:tls';
import {networkFailure} from '../wire/failure.ts';
import {sanitise} from '../wire/sanitise.ts';
import {failed, failedBy, ok, warning, type Finding} from './finding.ts';
import type {Visit} from './visit.ts';
import {dial, reach, secure} from './way.ts';

const day = 86_400_000;
/** A certificate that ends within this time is worth a word, in days. */
const endsSoon = 14;

export async function checkDns(visit: Visit): Promise<Finding> {
  const {host} = visit.nextHop;
  if (isIP(host) !== 0) return ok(`${host} is an address`);
  try {
    const addresses = await visit.edges.lookup(host);
    return ok(`${host} is ${addresses.map(({address}) => address).join(', ')}`);
  } catch (error) {
    const {reason} = networkFailure(error);
    return failed(
      `${host}: ${reason}`,
      visit.proxy
        ? 'check HTTPS_PROXY'
        : "check SWF_MONITOR_PROD_URL; is this machine on the lab's network?",
    );
  }
}

export async function checkTcp(visit: Visit): Promise<Finding> {
  const {host, port} = visit.nextHop;
  const whom = visit.proxy ? 'the proxy ' : '';
  const began = visit.edges.monotonic();
  try {
    const socket = await dial(visit);
    const {remoteAddress} = socket;
    socket.destroy();
    const took = Math.round(visit.edges.monotonic() - began);
    return ok(`connected to ${whom}${remoteAddress} port ${port} in ${took} ms`);
  } catch (error) {
    const {reason, remedy} = networkFailure(error);
    const byProxy = visit.proxy ? 'check HTTPS_PROXY, or name the monitor in NO_PROXY' : undefined;
    return failed(
      `${whom}${host} port ${port}: ${reason}`,
      byProxy ?? remedy ?? "is this machine on the lab's network, or does it need HTTPS_PROXY?",
    );
  }
}

/** Undefined without a proxy. */
export async function checkTunnel(visit: Visit): Promise<Finding | undefined> {
  const {proxy, url} = visit;
  if (!proxy) return undefined;
  try {
    const socket = await reach(visit);
    socket.destroy();
    return ok(`the proxy gives way to ${url.host}`);
  } catch (error) {
    return failedBy(networkFailure(error));
  }
}

export async function checkTls(visit: Visit): Promise<Finding> {
  if (visit.url.protocol !== 'https:') return ok('not used: plain http to this machine');
  try {
    const socket = await secure(visit, await reach(visit));
    const finding = judge(socket, visit.edges.now());
    socket.destroy();
    return finding;
  } catch (error) {
    return failedBy(networkFailure(error));
  }
}

function judge(socket: TLSSocket, now: number): Finding {
  const certificate = socket.getPeerCertificate(true);
  const days = Math.floor((Date.parse(certificate.valid_to) - now) / day);
  const until = new Date(certificate.valid_to).toISOString().slice(0, 10);
  const seen = `${chainOf(certificate)}, until ${until}`;
  if (!socket.authorized) return distrust(socket, seen);
  const says = `${seen}, ${socket.getProtocol()}`;
  if (days > endsSoon) return ok(says);
  return warning(`${says}: ends in ${days} days`, 'tell whoever runs the monitor');
}

/** Node gives the code of the error, or the error itself. */
function distrust(socket: TLSSocket, seen: string): Finding {
  const given: unknown = socket.authorizationError;
  const error = given instanceof Error ? given : Object.assign(new Error(), {code: given});
  const {reason, remedy} = networkFailure(error);
  return failed(
    `${reason} (${seen})`,
    remedy ?? "tell whoever runs the monitor; is this machine's clock right?",
  );
}

/** `monitor signed by authority`, up to five. */
function chainOf(certificate: PeerCertificate): string {
  const names: string[] = [];
  const seen = new Set<string>();
  let link: PeerCertificate | undefined = certificate;
  while (link && !seen.has(link.fingerprint256) && names.length < 5) {
    seen.add(link.fingerprint256);
    names.push(nameOf(link.subject) ?? 'no name');
    link = (link as Partial<{issuerCertificate: PeerCertificate}>).issuerCertificate;
  }
  if (names.length === 1 && !isSelfSigned(certificate)) {
    names.push(nameOf(certificate.issuer) ?? 'no name');
  }
  return sanitise(names.join(' signed by '), 200);
}

const isSelfSigned = ({subject, issuer}: PeerCertificate): boolean =>
  nameOf(subject) === nameOf(issuer);

function nameOf({CN, O}: Partial<Record<'CN' | 'O', string | readonly string[]>>) {
  const name = CN ?? O;
  return typeof name === 'string' ? name : name?.join(', ');
}
