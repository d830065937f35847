// Reaches one https origin through a tunnel that a proxy opens (CONNECT, RFC 9110, 9.3.6). Every
// failure to get a way through it is a ProxyError.
import * as http from 'node:http';
import * as https from 'node:https';
import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {hostAndPort, ProxyError} from './proxy-error.ts';

/** How long a proxy may take to answer, ms. */
const patience = 20_000;

type Connected = (error: Error | null, socket?: Duplex | null) => void;

export class TunnelAgent extends https.Agent {
  readonly #proxy: URL;
  readonly #target: string;
  readonly #trust: https.AgentOptions;

  /** `options` hold for the connection to the proxy, if it is an https one, and for the target's. */
  constructor(proxy: URL, target: URL, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
    this.#target = hostAndPort(target);
    const {ca, allowPartialTrustChain} = options;
    this.#trust = {ca, allowPartialTrustChain};
  }

  override createConnection(options: https.RequestOptions, connected: Connected): undefined {
    const name = hostAndPort(this.#proxy);
    const {request} = this.#proxy.protocol === 'https:' ? https : http;
    const asked = request(this.#proxy.origin, {
      ...this.#trust,
      method: 'CONNECT',
      path: this.#target,
      headers: {host: this.#target, ...credentialsIn(this.#proxy)},
      agent: false,
      timeout: patience,
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${patience / 1000} s`)));
    asked.on('error', error => connected(new ProxyError(name, undefined, error)));
    // Who asked for the tunnel may have given up: it keeps no process alive before it is there.
    asked.on('socket', socket => socket.unref());
    asked.on('connect', ({statusCode}, socket: Socket) => {
      if (statusCode === 200) {
        socket.ref().setTimeout(0);
        connected(null, super.createConnection({...options, socket} as https.RequestOptions));
      } else {
        socket.destroy();
        connected(new ProxyError(name, statusCode));
      }
    });
    asked.end();
    return undefined;
  }
}

function credentialsIn({username, password}: URL): http.OutgoingHttpHeaders {
  if (username === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}`};
}
