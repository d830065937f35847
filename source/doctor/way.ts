// The way to the monitor, step by step: connection, proxy, TLS. Each throws what the wire's table of
// failures has words for.
import {once} from 'node:events';
import {isIP, type Socket} from 'node:net';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {openTunnel} from '../wire/tunnel.ts';
import type {Visit} from './visit.ts';

/** To the proxy if there is one, else to the monitor. @throws Error */
export async function dial({edges, patience, nextHop}: Visit): Promise<Socket> {
  const socket = edges.connect(nextHop.host, nextHop.port);
  await settled(socket, 'connect', patience.answer);
  return socket;
}

/** To the monitor, through the proxy if there is one. @throws ProxyError and others. */
export async function reach(visit: Visit): Promise<Socket> {
  const {proxy, url, patience} = visit;
  if (!proxy) return dial(visit);
  // A tunnel that is not there yet keeps no process alive.
  const waiting = setInterval(() => undefined, patience.answer);
  try {
    return await openTunnel(proxy, url, trustOf(visit));
  } finally {
    clearInterval(waiting);
  }
}

/**
 * TLS to the monitor over `socket`. The handshake ends well whatever the certificate: `authorized`
 * and `authorizationError` say what it is worth.
 * @throws Error when no TLS is spoken.
 */
export async function secure(visit: Visit, socket: Socket): Promise<TLSSocket> {
  const host = visit.url.hostname.replace(/^\[|\]$/g, '');
  const secured = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 ? {servername: host} : {}),
    rejectUnauthorized: false,
    ...trustOf(visit),
  });
  await settled(secured, 'secureConnect', visit.patience.answer);
  return secured;
}

/** The authorities as the transport trusts them. */
function trustOf(visit: Visit) {
  const path = visit.value('caFile');
  if (path === undefined) return {};
  return {ca: visit.edges.readFile(path), allowPartialTrustChain: true};
}

/** Waits for `event`; destroys the socket when it fails or is late. */
async function settled(socket: Socket, event: string, patience: number): Promise<void> {
  const late = setTimeout(() => {
    socket.destroy(Object.assign(new Error('timed out'), {code: 'ETIMEDOUT'}));
  }, patience);
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
