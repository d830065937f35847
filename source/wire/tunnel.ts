// The way through a proxy: a tunnel that it opens (CONNECT, RFC 9110, 9.3.6).
import * as http from 'node:http';
import * as https from 'node:https';
import type {Socket} from 'node:net';
import {hostAndPort, ProxyError} from './proxy-error.ts';

/** How long a proxy may take to answer, ms. */
const patience = 20_000;

/**
 * Opens a tunnel to `target`. It keeps no process alive before it is there.
 * @param trust for the connection to the proxy, if it is an https one.
 * @throws ProxyError for whatever stands in the way.
 */
export function openTunnel(proxy: URL, target: URL, trust: https.AgentOptions): Promise<Socket> {
  const {promise, resolve, reject} = Promise.withResolvers<Socket>();
  const name = hostAndPort(proxy);
  const {request} = proxy.protocol === 'https:' ? https : http;
  const asked = request(proxy.origin, {
    ...trust,
    method: 'CONNECT',
    path: hostAndPort(target),
    headers: {host: hostAndPort(target), ...credentialsIn(proxy)},
    agent: false,
    timeout: patience,
  });
  asked.on('timeout', () => asked.destroy(new Error(`no answer within ${patience / 1000} s`)));
  asked.on('error', error => reject(new ProxyError(name, undefined, error)));
  // Who asked for the tunnel may have given up.
  asked.on('socket', socket => socket.unref());
  asked.on('connect', ({statusCode}, socket: Socket) => {
    if (statusCode === 200) {
      resolve(socket.ref().setTimeout(0));
    } else {
      socket.destroy();
      reject(new ProxyError(name, statusCode));
    }
  });
  asked.end();
  return promise;
}

function credentialsIn({username, password}: URL): http.OutgoingHttpHeaders {
  if (username === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}`};
}
