// Whether the way to the monitor leads through the proxy: for https alone, and not where NO_PROXY
// names the host.

/** The proxy for `target`; undefined where it is reached directly. */
export function proxyFor(
  target: URL,
  {
    proxy,
    noProxy = '',
  }: {readonly proxy?: string | undefined; readonly noProxy?: string | undefined},
): URL | undefined {
  if (proxy === undefined || target.protocol !== 'https:') return undefined;
  const host = plainHost(target.hostname);
  const port = target.port === '' ? '443' : target.port;
  const isNamed = noProxy.split(/[,\s]+/).some(entry => entry !== '' && names(entry, host, port));
  return isNamed ? undefined : new URL(proxy);
}

/** `host`, `.host` and `*.host`, with a port or without; `*` is every host. */
function names(entry: string, host: string, port: string): boolean {
  // A bare IPv6 address has colons of its own.
  const [, name = entry, onlyPort = port] = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry) ?? [];
  if (onlyPort !== port) return false;
  if (name === '*') return true;
  const domain = plainHost(name.replace(/^\*?\./, ''));
  return host.endsWith(`.${domain}`) || (host === domain && !name.startsWith('*'));
}

const plainHost = (host: string): string =>
  host
    .replace(/^\[(.+)\]$/, '$1')
    .replace(/(.)\.$/, '$1')
    .toLowerCase();
