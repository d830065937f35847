// The way to the monitor, step by step: connection, proxy, TLS. Each throws what the wire's table of
// failures has words for.
import {once} from 'node:events';
import {isIP, type Socket} from 'node:net';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {namedDemand} from '../http/connection.ts';
import {openTunnel} from '../http/proxy.ts';
import {runningTimeout} from '../wire/running-timeout.ts';
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
    return await openTunnel(proxy, url, visit.connectionOptions());
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
    secureContext: visit.connectionOptions().secureContext,
  });
  try {
    await settled(secured, 'secureConnect', visit.patience.answer);
    await agreed(secured);
  } catch (error) {
    throw namedDemand(error as Error, secured);
  }
  return secured;
}

/** How long a server of TLS 1.3 may take to say what it thinks of the handshake, ms. */
const verdictTimeoutMs = 500;

/**
 * With TLS 1.3 a server refuses after the handshake has ended for the client, as when it demands a
 * client certificate; one that agrees mostly sends a ticket for the next session.
 * @throws Error when it refuses.
 */
async function agreed(secured: TLSSocket): Promise<void> {
  if (secured.getProtocol() !== 'TLSv1.3') return;
  const verdict = Promise.withResolvers<void>();
  const cancelTimeout = runningTimeout(verdictTimeoutMs, () => verdict.resolve());
  secured
    .once('session', () => verdict.resolve())
    .once('error', verdict.reject)
    .resume();
  await verdict.promise.finally(() => cancelTimeout());
}

/** Waits for `event`; destroys the socket when it fails or is late. */
async function settled(socket: Socket, event: string, patience: number): Promise<void> {
  const cancelTimeout = runningTimeout(patience, () => {
    socket.destroy(Object.assign(new Error('timed out'), {code: 'ETIMEDOUT'}));
  });
  try {
    await once(socket, event);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    cancelTimeout();
  }
  // What comes later is not looked at.
  socket.on('error', () => undefined);
}
