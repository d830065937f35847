// The way to the monitor, step by step: connection, proxy, TLS. Each throws what the wire's table of
// failures has words for.
import {once} from 'node:events';
import {request} from 'node:http';
import {isIP, type Socket} from 'node:net';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {ProxyError, hostAndPort} from '../wire/proxy-error.ts';
import type {Visit} from './visit.ts';

/** The authorities as the transport trusts them. */
function trustOf(visit: Visit) {
  const path = visit.value('caFile');
  if (path === undefined) return {};
  return {ca: visit.edges.readFile(path), allowPartialTrustChain: true};
}

/** To the proxy if there is one, else to the monitor. @throws Error */
export async function dial({edges, patience, nextHop}: Visit): Promise<Socket> {
  const socket = edges.connect(nextHop.host, nextHop.port);
  await settled(socket, 'connect', patience.answer);
  return socket;
}

/** Through the proxy, to the monitor. @throws ProxyError */
export async function tunnel(visit: Visit, proxy: URL): Promise<Socket> {
  const plain = await dial(visit);
  const {answer} = visit.patience;
  const name = hostAndPort(proxy);
  try {
    const socket =
      proxy.protocol === 'https:' ? await secure(visit, plain, proxy.hostname, true) : plain;
    const target = hostAndPort(visit.url);
    const asking = request({
      method: 'CONNECT',
      path: target,
      headers: {host: target, ...authorisation(proxy)},
      createConnection: () => socket,
      timeout: answer,
    });
    asking.on('timeout', () => asking.destroy(timedOut()));
    asking.end();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      asking.on('connect', ({statusCode}) => resolve(statusCode));
      asking.on('response', ({statusCode}) => resolve(statusCode));
      asking.on('error', reject);
    });
    if (status === 200) return socket;
    throw new ProxyError(name, status);
  } catch (error) {
    plain.on('error', () => undefined).destroy();
    throw error instanceof ProxyError ? error : new ProxyError(name, undefined, error);
  }
}

/**
 * TLS to the monitor over `socket`. The handshake ends well whatever the certificate: `authorized`
 * and `authorizationError` say what it is worth.
 * @throws Error when no TLS is spoken.
 */
export const secureMonitor = (visit: Visit, socket: Socket): Promise<TLSSocket> =>
  secure(visit, socket, visit.url.hostname, false);

async function secure(
  visit: Visit,
  socket: Socket,
  hostname: string,
  rejectUnauthorized: boolean,
): Promise<TLSSocket> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const secured = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 ? {servername: host} : {}),
    rejectUnauthorized,
    ...trustOf(visit),
  });
  await settled(secured, 'secureConnect', visit.patience.answer);
  return secured;
}

/** Waits for `event`; destroys the socket when it fails or is late. */
async function settled(socket: Socket, event: string, patience: number): Promise<void> {
  const late = setTimeout(() => socket.destroy(timedOut()), patience);
  try {
    await once(socket, event);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(late);
  }
  // What comes later is not looked at.
  socket.on('error', () => undefined);
}

const timedOut = (): Error => Object.assign(new Error('timed out'), {code: 'ETIMEDOUT'});

function authorisation({username, password}: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {};
  const credentials = decodeURIComponent(`${username}:${password}`);
  const encoded = Buffer.from(credentials).toString('base64');
  return {'proxy-authorization': `Basic ${encoded}`};
}
