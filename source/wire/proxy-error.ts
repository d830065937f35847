// What went wrong between here and the proxy, before there was a way to the monitor.

export class ProxyError extends Error {
  /** Host and port, without credentials. */
  readonly proxy: string;
  /** What it answered when asked for the way; undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(proxy: string, status: number | undefined, cause?: unknown) {
    super(`proxy ${proxy}`, {cause});
    this.proxy = proxy;
    this.status = status;
  }
}

export function hostAndPort({hostname, port, protocol}: URL): string {
  const usual = protocol === 'https:' ? '443' : '80';
  return `${hostname}:${port === '' ? usual : port}`;
}
