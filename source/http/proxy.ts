// The forward proxy between here and the monitor: every failure to get a tunnel through it is a
// ProxyError, so that it is named; and whether undici's agent goes through it at all.
import type {Socket} from 'node:net';
import {buildConnector, EnvHttpProxyAgent, Pool, type Dispatcher} from 'undici';
import {ProxyError} from '../wire/failure.ts';
import {withoutHold} from './connection.ts';

/** How long a proxy may take to open a tunnel, ms. */
const answerTimeoutMs = 15_000;

type OpenTunnel = (
  options: Omit<Dispatcher.ConnectOptions, 'origin'>,
) => Promise<Dispatcher.ConnectData>;

export function hostAndPort({hostname, port, protocol}: URL): string {
  const usual = protocol === 'https:' ? '443' : '80';
  return `${hostname}:${port === '' ? usual : port}`;
}

/**
 * Connections to a proxy, of which each becomes a tunnel. `connect` of it throws a ProxyError when
 * there is no connection, or the answer is not 200.
 * @param connect makes a connection to the proxy.
 */
export function proxyClient(
  proxy: URL,
  connect: buildConnector.connector,
): Dispatcher & {connect: OpenTunnel} {
  const name = hostAndPort(proxy);
  const client = new Pool(proxy.origin, {
    connect: withoutHold(connect, false),
    headersTimeout: answerTimeoutMs,
  });
  const open = client.connect.bind(client);
  const openTunnel: OpenTunnel = async options => {
    const tunnel = await open(options).catch((error: unknown) => {
      throw new ProxyError(name, undefined, error);
    });
    if (tunnel.statusCode !== 200) {
      tunnel.socket.on('error', () => undefined).destroy();
      throw new ProxyError(name, tunnel.statusCode);
    }
    (tunnel.socket as Socket).ref();
    return tunnel;
  };
  return Object.assign(client, {connect: openTunnel});
}

/**
 * One tunnel to `target`, as undici's agent opens it.
 * @param tls for the connection to the proxy, if it is an https one.
 * @throws ProxyError
 */
export async function openTunnel(
  proxy: URL,
  target: URL,
  tls: buildConnector.BuildOptions,
): Promise<Socket> {
  const client = proxyClient(proxy, buildConnector({...tls, allowH2: false}));
  const place = hostAndPort(target);
  const {socket} = await client.connect({
    path: place,
    headers: {host: place, ...credentialsIn(proxy)},
  });
  return socket as Socket;
}

function credentialsIn({username, password}: URL): Record<string, string> {
  if (username === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}`};
}

/**
 * Whether the way to `target` leads through the proxy, as undici's agent decides: for https alone,
 * and not where NO_PROXY names the host. Nothing is connected to.
 */
export async function goesThrough(
  target: URL,
  {proxy, noProxy}: {readonly proxy: string | undefined; readonly noProxy: string | undefined},
): Promise<boolean> {
  if (proxy === undefined) return false;
  let isDirect = false;
  const agent = new EnvHttpProxyAgent({
    ...proxySettings({proxy, noProxy}),
    connect: (_options, done) => {
      isDirect = true;
      done(new Error('a direct connection'), null);
    },
    clientFactory: url =>
      proxyClient(url, (_options, done) => done(new Error('a connection to the proxy'), null)),
  });
  await agent.request({origin: target.origin, path: '/', method: 'GET'}).catch(() => undefined);
  return !isDirect;
}

/** For the agent, which would look into the environment for what is undefined. */
export const proxySettings = ({
  proxy = '',
  noProxy = '',
}: {
  readonly proxy: string | undefined;
  readonly noProxy: string | undefined;
}) => ({httpProxy: '', httpsProxy: proxy, noProxy});
