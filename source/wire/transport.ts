// How requests reach the monitor: the token on the configured origin only, no redirect followed,
// a CA file and a proxy where the settings name them. Over Node's own HTTP client, whose answers are
// read by what the socket brought, not by chunks: the monitor sends each message as one.
import {readFile} from 'node:fs/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import {proxyFor} from './proxy-choice.ts';
import type {Secret} from './secret.ts';
import {TunnelAgent} from './tunnel-agent.ts';

/** What is asked, as `fetch` takes it. */
export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the exchange, the answer's body too. */
  readonly signal?: AbortSignal;
}

/** An answer whose head has come; `fetch` gives more. */
export interface Answer {
  readonly status: number;
  readonly headers: {get(name: string): string | null};
  /** All that has come since the last look is one piece. Leaving the loop ends the exchange. */
  readonly body: AsyncIterable<Uint8Array> | null;
}

export type Fetch = (url: URL, asked?: Asked) => Promise<Answer>;

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

/** How long a connection is kept for the next request, ms: servers of this kind close it after 5 s. */
const idle = 4000;

/** @throws when the CA file cannot be read, or holds no certificate. */
export async function createTransport(options: TransportOptions): Promise<Fetch> {
  const {origin, token} = options;
  const agent = await agentFor(options);
  const authorization = token && {authorization: `Token ${token.reveal()}`};
  return async (url, {headers, ...asked} = {}) => {
    if (url.origin !== origin) throw new Error(`not the configured monitor: ${url.origin}`);
    return exchange(url, {...asked, headers: {...headers, ...authorization}}, agent);
  };
}

async function agentFor(options: TransportOptions): Promise<http.Agent> {
  const {origin, caFile} = options;
  const target = new URL(origin);
  const connection = {keepAlive: true, timeout: idle};
  if (target.protocol === 'http:') return new http.Agent(connection);
  // Lab bundles often hold intermediates without their root: trust what the user listed, as curl does.
  const trust =
    caFile === undefined ? {} : {ca: await authorities(caFile), allowPartialTrustChain: true};
  const proxy = proxyFor(target, options);
  return proxy
    ? new TunnelAgent(proxy, target, {...connection, ...trust})
    : new https.Agent({...connection, ...trust});
}

/** OpenSSL passes over what it cannot read, and then trusts nobody. */
async function authorities(file: string): Promise<Buffer> {
  const pem = await readFile(file);
  if (/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(pem.toString('latin1'))) return pem;
  throw new Error(`${file} holds no certificate in PEM`);
}

async function exchange(url: URL, asked: Asked, agent: http.Agent): Promise<Answer> {
  const {promise, resolve, reject} = Promise.withResolvers<http.IncomingMessage>();
  const {body, signal, ...head} = asked;
  signal?.throwIfAborted();
  const {request} = url.protocol === 'https:' ? https : http;
  const sent = request(url, {...head, agent}, resolve);
  // As an option, the signal would go to the connection too, which may serve others by then.
  signal?.addEventListener('abort', () => sent.destroy(), {once: true});
  sent.on('error', error => reject(signal?.aborted ? signal.reason : error)).end(body);
  const answer = await promise;
  // Told to the request alone is that the connection was reset; and nobody may read the answer.
  sent.on('error', error => answer.destroy(error));
  answer.on('error', () => undefined);
  return {
    status: answer.statusCode ?? 0,
    headers: {get: name => answer.headers[name]?.toString() ?? null},
    body: answer,
  };
}
