// What the doctor says of the way to the monitor: names, connections, proxies, certificates.
import {writeFileSync} from 'node:fs';
import {Socket} from 'node:net';
import {afterAll, beforeAll, describe, expect, it, onTestFinished, test} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {
  createAuthority,
  hasOpenssl,
  type Authority,
  type Certificate,
} from '../wire/certificates.ts';
import {startProxy} from '../wire/connect-proxy.ts';
import {freePort} from '../wire/serve.ts';
import {examined, inState, token, type Circumstances} from './examined.ts';

const onTheWay = ['tunnel', 'TLS', 'stream', 'status', 'REST', 'registration', 'clock'];

const coded = (code: string) => Object.assign(new Error(code), {code});

/** A socket that fails as the kernel would have it. */
function failing(code: string): Socket {
  const socket = new Socket();
  setImmediate(() => socket.destroy(coded(code)));
  return socket;
}

describe('the network', () => {
  const elsewhere = {SWF_MONITOR_PROD_URL: 'https://monitor.example/m'};
  const found = () => Promise.resolve([{address: '192.0.2.1', family: 4}]);

  it('whose names nobody knows', async () => {
    const lookup = () => Promise.reject(coded('ENOTFOUND'));
    const findings = await examined({environment: elsewhere, edges: {lookup}});
    expect(findings['DNS']).toMatchObject({
      state: 'failed',
      says: 'monitor.example: host name not found',
      remedy: expect.stringMatching(/^check SWF_MONITOR_PROD_URL/),
    });
    expect(inState(findings, 'skipped')).toEqual(['TCP', ...onTheWay]);
    expect(findings['TLS']?.says).toBe('not tried without TCP');
  });

  it('whose names are really asked for', async () => {
    const findings = await examined({
      environment: {SWF_MONITOR_PROD_URL: 'https://nowhere.invalid'},
    });
    // Without a network there is nobody to say that there is no such name.
    expect(findings['DNS']).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(
        /^nowhere\.invalid: (host name not found|name server does not answer)$/,
      ),
    });
  });

  test.each([
    ['ENETUNREACH', 'network unreachable'],
    ['EHOSTUNREACH', 'host unreachable'],
  ])('that is not there (%s)', async (code, reason) => {
    const edges = {lookup: found, connect: () => failing(code)};
    const findings = await examined({environment: elsewhere, edges});
    expect(findings['DNS']).toMatchObject({state: 'ok', says: 'monitor.example is 192.0.2.1'});
    expect(findings['TCP']).toMatchObject({
      state: 'failed',
      says: `monitor.example port 443: ${reason}`,
      remedy: expect.stringContaining("lab's network"),
    });
    expect(inState(findings, 'skipped')).toEqual(onTheWay);
  });

  it('where nothing listens', async () => {
    const port = await freePort();
    const findings = await examined({
      environment: {SWF_MONITOR_PROD_URL: `http://127.0.0.1:${port}`},
    });
    expect(findings['TCP']).toMatchObject({
      state: 'failed',
      says: `127.0.0.1 port ${port}: connection refused`,
      remedy: 'nothing listens there: is the monitor up, the URL right?',
    });
  });

  it('that swallows everything', async () => {
    const findings = await examined({
      environment: elsewhere,
      edges: {lookup: found, connect: () => new Socket()},
      patience: {answer: 50},
    });
    expect(findings['TCP']?.says).toBe('monitor.example port 443: connection timed out');
  });
});

describe.skipIf(!hasOpenssl)('https (needs openssl)', () => {
  let authority: Authority;
  let here: Certificate;
  const days = 86_400_000;
  beforeAll(() => {
    authority = createAuthority();
    here = authority.sign('IP:127.0.0.1,DNS:localhost');
  });
  afterAll(() => authority.remove());

  async function behind(tls: Certificate, {environment, ...rest}: Circumstances = {}) {
    const monitor = await startMonitor({tls, token});
    onTestFinished(() => monitor.close());
    const given = {SWF_MONITOR_PROD_URL: monitor.url, REQUESTS_CA_BUNDLE: authority.caFile};
    return examined({environment: {...given, ...environment}, ...rest});
  }

  it('with a trusted certificate', async () => {
    const lasting = authority.sign('IP:127.0.0.1', 30);
    const findings = await behind(lasting);
    expect(inState(findings, 'ok')).toEqual(Object.keys(findings));
    expect(findings['CA file']?.says).toBe(
      `${authority.caFile}, from environment REQUESTS_CA_BUNDLE: 1 certificate`,
    );
    expect(findings['TLS']?.says).toMatch(
      /^server\d+ signed by authority, until \d{4}-\d\d-\d\d, TLSv1\.3$/,
    );
  });

  it('with one that ends soon', async () => {
    const findings = await behind(here);
    expect(findings['TLS']).toMatchObject({
      state: 'warning',
      says: expect.stringMatching(/: ends in 1 days?$/),
      remedy: 'tell whoever runs the monitor',
    });
    expect(findings['stream']?.state).toBe('ok');
  });

  test.each<[string, () => Certificate, RegExp, RegExp]>([
    [
      'that has expired',
      () => authority.sign('IP:127.0.0.1', -1),
      /^certificate has expired \(server\d+ signed by authority, until /,
      /clock right/,
    ],
    [
      'for another host',
      () => authority.sign('DNS:elsewhere.example'),
      /^certificate is for another host \(/,
      /^check SWF_MONITOR_PROD_URL$/,
    ],
  ])('with a certificate %s', async (_name, sign, says, remedy) => {
    const findings = await behind(sign());
    expect(findings['TLS']).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(says),
      remedy: expect.stringMatching(remedy),
    });
    expect(inState(findings, 'skipped')).toEqual([
      'stream',
      'status',
      'REST',
      'registration',
      'clock',
    ]);
  });

  it.each(['another authority’s', 'none'])('with a CA file that is %s', async which => {
    const other = createAuthority();
    onTestFinished(() => other.remove());
    const caFile = which === 'none' ? undefined : other.caFile;
    const findings = await behind(here, {environment: {REQUESTS_CA_BUNDLE: caFile}});
    expect(findings['TLS']).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(
        /^certificate of an unknown authority \(server\d+ signed by authority/,
      ),
      remedy: 'set REQUESTS_CA_BUNDLE to the file with the full certificate chain',
    });
  });

  it('with a CA file that is not there, or is none', async () => {
    const missing = await behind(here, {environment: {REQUESTS_CA_BUNDLE: '/nonexistent/ca.pem'}});
    expect(missing['CA file']).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('cannot be read: ENOENT'),
      remedy: 'export REQUESTS_CA_BUNDLE=/path/full-chain.pem',
    });
    expect(missing['TLS']?.says).toBe('not tried without CA file');
    const file = `${authority.caFile}.not`;
    writeFileSync(file, 'no certificate\n');
    const empty = await behind(here, {environment: {REQUESTS_CA_BUNDLE: file}});
    expect(empty['CA file']?.says).toContain('holds no certificate in PEM');
  });

  it('where no TLS is spoken', async () => {
    const monitor = await startMonitor();
    onTestFinished(() => monitor.close());
    const url = monitor.url.replace('http:', 'https:');
    const findings = await examined({environment: {SWF_MONITOR_PROD_URL: url}});
    expect(findings['TLS']).toMatchObject({state: 'failed', says: 'no TLS spoken there'});
  });

  describe('behind a proxy', () => {
    const through = (port: number, more = {}) => ({
      environment: {HTTPS_PROXY: `http://us3r:hunter2@127.0.0.1:${port}`, ...more},
      edges: {now: () => Date.now() - 30 * days},
    });

    it('that gives way', async () => {
      const proxy = await startProxy({credentials: 'us3r:hunter2'});
      const findings = await behind(here, through(proxy.port));
      expect(inState(findings, 'failed')).toEqual([]);
      expect(findings['proxy']?.says).toBe(`127.0.0.1:${proxy.port}, from environment HTTPS_PROXY`);
      expect(findings['tunnel']?.says).toMatch(/^the proxy gives way to 127\.0\.0\.1:\d+$/);
    });

    it('that is down', async () => {
      const port = await freePort();
      const findings = await behind(here, through(port));
      expect(findings['TCP']).toMatchObject({
        state: 'failed',
        says: `the proxy 127.0.0.1 port ${port}: connection refused`,
        remedy: 'check HTTPS_PROXY, or name the monitor in NO_PROXY',
      });
    });

    test.each([
      [{credentials: 'other:password'}, /demands credentials \(HTTP 407\)$/, /^put user:password/],
      [{refusal: '502 Bad Gateway'}, /does not reach the monitor \(HTTP 502\)$/, /monitor up/],
      [{refusal: '403 Forbidden'}, /does not give way to the monitor \(HTTP 403\)$/, /HTTPS_PROXY/],
    ])('that answers %o', async (demands, says, remedy) => {
      const proxy = await startProxy(demands);
      const findings = await behind(here, through(proxy.port));
      expect(findings['tunnel']).toMatchObject({
        state: 'failed',
        says: expect.stringMatching(says),
        remedy: expect.stringMatching(remedy),
      });
      expect(findings['TLS']?.says).toBe('not tried without tunnel');
    });

    it('that NO_PROXY keeps out of it', async () => {
      const proxy = await startProxy();
      const findings = await behind(here, through(proxy.port, {NO_PROXY: '127.0.0.1'}));
      expect(findings['proxy']?.says).toBe('not used: NO_PROXY names the monitor');
      expect(Object.keys(findings)).not.toContain('tunnel');
      expect([...proxy.asked, ...proxy.others]).toEqual([]);
    });
  });
});
