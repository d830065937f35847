// How requests reach the monitor: the token on the configured origin only, no redirect followed,
// a CA file and a proxy where the settings name them.
import {readFileSync} from 'node:fs';
import type {Pool} from 'undici';
import {hostAndPort, ProxyError} from './proxy-error.ts';
import type {Secret} from './secret.ts';

export type Fetch = (url: URL, init?: RequestInit) => Promise<Response>;

export interface TransportOptions {
  /** The only origin that ever gets the token. */
  readonly origin: string;
  readonly token: Secret | undefined;
  /** PEM file that replaces the built-in authorities, as REQUESTS_CA_BUNDLE does. */
  readonly caFile: string | undefined;
  /** Proxy for https, as HTTPS_PROXY. */
  readonly proxy: string | undefined;
  /** Hosts that are reached directly, as NO_PROXY. */
  readonly noProxy: string | undefined;
}

/** @throws when the CA file cannot be read, or holds no certificate. */
export async function createTransport(options: TransportOptions): Promise<Fetch> {
  const send = await chooseFetch(options);
  return (url, init = {}) => {
    if (url.origin !== options.origin) {
      return Promise.reject(new Error(`not the configured monitor: ${url.origin}`));
    }
    const headers = new Headers(init.headers);
    if (options.token) headers.set('authorization', `Token ${options.token.reveal()}`);
    return send(url, {...init, headers, redirect: 'manual'});
  };
}

/** Node's own fetch, unless a CA file or a proxy needs undici's agents (loaded only then). */
async function chooseFetch({caFile, proxy, noProxy}: TransportOptions): Promise<Fetch> {
  if (caFile === undefined && proxy === undefined) return fetch;
  const undici = await import('undici');
  // Lab bundles often hold intermediates without their root: trust what the user listed, as curl does.
  const tls = caFile === undefined ? {} : {ca: authorities(caFile), allowPartialTrustChain: true};
  const dispatcher = new undici.EnvHttpProxyAgent({
    httpProxy: '',
    httpsProxy: proxy ?? '',
    noProxy: noProxy ?? '',
    allowH2: false,
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
    clientFactory: (url, init) => namingErrors(new undici.Pool(url, init), hostAndPort(url)),
  });
  const send = undici.fetch as unknown as (url: URL, init: object) => Promise<Response>;
  return (url, init) => send(url, {...init, dispatcher});
}

/** OpenSSL passes over what it cannot read, and then trusts nobody. */
function authorities(file: string): Buffer {
  const pem = readFileSync(file);
  if (/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(pem.toString('latin1'))) return pem;
  throw new Error(`${file} holds no certificate in PEM`);
}

/** The client of a proxy: every failure to get a way through it is a ProxyError. */
function namingErrors(client: Pool, proxy: string): Pool {
  const connect = client.connect.bind(client);
  const connectOrTell = async (request: Parameters<Pool['connect']>[0]) => {
    const answer = await connect(request).catch((error: unknown) => {
      throw new ProxyError(proxy, undefined, error);
    });
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw new ProxyError(proxy, answer.statusCode);
  };
  return Object.assign(client, {connect: connectOrTell});
}
