// How requests reach the monitor: undici's fetch with the token on the configured origin only, no
// redirect followed, a CA file and a proxy where the settings name them. Undici is large: load this
// when there is something to request.
import {createSecureContext, type SecureContext} from 'node:tls';
import {buildConnector, EnvHttpProxyAgent, fetch, Pool} from 'undici';
import type {Secret} from '../wire/secret.ts';
import type {Fetch} from '../wire/transport.ts';
import {attemptTimeoutMs, keepingErrors, readAuthorities, withoutHold} from './connection.ts';
import {proxyClient, proxySettings} from './proxy.ts';

export interface TransportOptions {
  /** The only origin that ever gets the token. */
  readonly origin: string;
  readonly token: Secret | undefined;
  /** PEM file, or a directory of such, that replaces the built-in authorities, as REQUESTS_CA_BUNDLE does. */
  readonly caFile: string | undefined;
  /** Proxy for https, as HTTPS_PROXY. */
  readonly proxy: string | undefined;
  /** Hosts that are reached directly, as NO_PROXY. */
  readonly noProxy: string | undefined;
}

/**
 * How long all addresses together may take, handshake included, ms: longer than anybody waits for an
 * answer, for whoever waits says so in better words.
 */
const connectTimeoutMs = 30_000;

/** How long a connection is kept for the next request, ms: servers of this kind close it after 5 s. */
const idleTimeoutMs = 4000;

/** @throws Error when the CA file cannot be read, or holds no certificate. */
export async function createTransport(options: TransportOptions): Promise<Fetch> {
  const {origin, token} = options;
  const dispatcher = agentFor(options);
  const authorization = token && {authorization: `Token ${token.reveal()}`};
  return async (url, {headers, ...request} = {}) => {
    if (url.origin !== origin) throw new Error(`not the configured monitor: ${url.origin}`);
    return fetch(url, {
      ...request,
      headers: {...alwaysSent, ...headers, ...authorization},
      redirect: 'manual',
      dispatcher,
    });
  };
}

// What compresses a stream holds back its events.
const alwaysSent = {'accept-encoding': 'identity', 'user-agent': 'swfmon'};

function agentFor(options: TransportOptions): EnvHttpProxyAgent {
  const connection = connectionOptions(options);
  return new EnvHttpProxyAgent({
    ...proxySettings(options),
    // All that is known of the monitor is HTTP/1.1.
    allowH2: false,
    // Whoever requests has time-outs of its own, and a quiet stream is no dead one.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleTimeoutMs,
    connect: withoutHold(buildConnector({...connection, allowH2: false}), true),
    factory: (place, given: Connecting) =>
      new Pool(place, {...given, connect: keepingErrors(given.connect)}),
    requestTls: connection,
    proxyTls: connection,
    clientFactory: (proxy, {connect}: Connecting) => proxyClient(proxy, connect),
  });
}

/** What the agent makes its pools with. */
interface Connecting {
  readonly connect: buildConnector.connector;
}

type ConnectionOptions = buildConnector.BuildOptions & {readonly secureContext?: SecureContext};

/**
 * As every connection to the monitor, and to a proxy on the way, is made.
 * @throws Error when the CA file cannot be read, or holds no certificate.
 */
export function connectionOptions({
  origin,
  caFile,
}: Pick<TransportOptions, 'origin' | 'caFile'>): ConnectionOptions {
  // Lab bundles often hold intermediates without their root: trust what the user listed, as curl does.
  const trust =
    caFile === undefined || !origin.startsWith('https:')
      ? {}
      : {
          secureContext: createSecureContext({
            ca: readAuthorities(caFile),
            allowPartialTrustChain: true,
          }),
        };
  return {
    ...trust,
    timeout: connectTimeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptTimeoutMs,
  };
}
