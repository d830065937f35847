// Whom the transport trusts, and how it reaches an https monitor: directly or through a proxy.
import {once} from 'node:events';
import {connect, createServer, type AddressInfo} from 'node:net';
import {connect as connectTls} from 'node:tls';
import {writeFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {networkFailure, type Failure} from '../../source/wire/failure.ts';
import {paths} from '../../source/wire/paths.ts';
import {Secret} from '../../source/wire/secret.ts';
import {createTransport, type TransportOptions} from '../../source/http/transport.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {eventually} from '../eventually.ts';
import {
  createAuthority,
  hasOpenssl,
  type Authority,
  type Certificate,
} from '../wire/certificates.ts';
import {startProxy} from '../wire/connect-proxy.ts';
import {listenTo} from '../wire/listen-to.ts';
import {freePort} from '../wire/serve.ts';

const works = ['connected', 'stf_gen'];
const caRemedy = 'set REQUESTS_CA_BUNDLE to the file with the full certificate chain';

describe.skipIf(!hasOpenssl)('https (needs openssl)', () => {
  let authority: Authority;
  let here: Certificate;
  let elsewhere: Certificate;
  beforeAll(() => {
    authority = createAuthority();
    here = authority.sign('IP:127.0.0.1,DNS:localhost');
    elsewhere = authority.sign('DNS:elsewhere.example');
  });
  afterAll(() => authority.remove());

  async function monitorWith(tls: Certificate, options: Partial<TransportOptions> = {}) {
    const monitor = await startMonitor({tls});
    onTestFinished(() => monitor.close());
    const send = await createTransport({
      origin: new URL(monitor.url).origin,
      token: new Secret(monitor.token),
      caFile: authority.caFile,
      proxy: undefined,
      noProxy: undefined,
      ...options,
    });
    return {monitor, send, url: new URL(`${monitor.url}/${paths.stream}`)};
  }

  /** Events of a stream that works. */
  async function streamOf(tls: Certificate, options: Partial<TransportOptions>) {
    const {monitor, send, url} = await monitorWith(tls, options);
    const heard = listenTo(url, {fetch: send});
    await eventually(() => expect(heard.events).toHaveLength(1));
    monitor.publish({msg_type: 'stf_gen'});
    await eventually(() => expect(heard.events).toHaveLength(2));
    return {port: monitor.port, names: heard.events.map(([name]) => name)};
  }

  /** Why a stream and a plain request fail, which must be the same. */
  async function failureWith(
    tls: Certificate,
    options: Partial<TransportOptions>,
  ): Promise<Failure> {
    const {send, url} = await monitorWith(tls, options);
    const heard = listenTo(url, {fetch: send});
    const end = await heard.end;
    expect(heard.calls).toEqual(['end']);
    const thrown = await send(url).catch((error: unknown) => error);
    expect(networkFailure(thrown)).toEqual(end);
    return end;
  }

  describe('trust', () => {
    test('with the CA file it works', async () => {
      expect((await streamOf(here, {})).names).toEqual(works);
    });

    test('an unknown authority: the reason, and the variable to set', async () => {
      expect(await failureWith(here, {caFile: undefined})).toMatchObject({
        kind: 'lost',
        reason: 'certificate of an unknown authority',
        remedy: caRemedy,
      });
    });

    test('another authority’s file does not help', async () => {
      const other = createAuthority();
      onTestFinished(() => other.remove());
      expect(await failureWith(here, {caFile: other.caFile})).toMatchObject({
        reason: 'certificate of an unknown authority',
        remedy: caRemedy,
      });
    });

    test('a file that holds the server’s own certificate is enough', async () => {
      const file = `${authority.caFile}.leaf`;
      writeFileSync(file, here.cert);
      expect((await streamOf(here, {caFile: file})).names).toEqual(works);
    });

    test('a certificate for another host is refused, CA file or not', async () => {
      expect(await failureWith(elsewhere, {})).toMatchObject({
        kind: 'lost',
        reason: 'certificate is for another host',
        remedy: 'check SWF_MONITOR_PROD_URL',
      });
    });

    test('the server really speaks TLS', async () => {
      const {monitor} = await monitorWith(here);
      const socket = connectTls({port: monitor.port, host: '127.0.0.1', rejectUnauthorized: false});
      onTestFinished(() => void socket.destroy());
      await eventually(() => expect(socket.getPeerCertificate().subjectaltname).toContain('127'));
    });
  });

  test('the testbed’s monitor closes with a handshake under way', async () => {
    const monitor = await startMonitor({tls: here});
    const socket = connect(monitor.port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await monitor.close();
    await expect(closed).resolves.toBeDefined();
  });

  describe('a proxy', () => {
    test('https goes through it', async () => {
      const proxy = await startProxy();
      const {port, names} = await streamOf(here, {proxy: `http://127.0.0.1:${proxy.port}`});
      expect(proxy.asked.length).toBeGreaterThan(0);
      expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${port}`]));
      expect(names).toEqual(works);
    });

    test.each(['127.0.0.1', '*', 'other.example, 127.0.0.1', 'localhost 127.0.0.1'])(
      'NO_PROXY=%s goes past it',
      async noProxy => {
        const proxy = await startProxy();
        expect(
          (await streamOf(here, {proxy: `http://127.0.0.1:${proxy.port}`, noProxy})).names,
        ).toEqual(works);
        expect([...proxy.asked, ...proxy.others]).toEqual([]);
      },
    );

    test('NO_PROXY for other hosts does not', async () => {
      const proxy = await startProxy();
      const noProxy = '127.0.0.2,example';
      expect(
        (await streamOf(here, {proxy: `http://127.0.0.1:${proxy.port}`, noProxy})).names,
      ).toEqual(works);
      expect(proxy.asked).not.toEqual([]);
    });

    test('credentials in its URL are shown to it', async () => {
      const proxy = await startProxy({credentials: 'user:pass word'});
      expect(
        (await streamOf(here, {proxy: `http://user:pass%20word@127.0.0.1:${proxy.port}`})).names,
      ).toEqual(works);
    });

    test('a certificate for another host is refused behind it, too', async () => {
      const proxy = await startProxy();
      const options = {proxy: `http://127.0.0.1:${proxy.port}`};
      expect((await failureWith(elsewhere, options)).reason).toBe(
        'certificate is for another host',
      );
    });

    test('an unknown authority behind it is told as such', async () => {
      const proxy = await startProxy();
      const options = {proxy: `http://127.0.0.1:${proxy.port}`, caFile: undefined};
      expect(await failureWith(here, options)).toMatchObject({
        reason: 'certificate of an unknown authority',
        remedy: caRemedy,
      });
    });

    test('one that demands credentials: what to do', async () => {
      const proxy = await startProxy({credentials: 'user:right'});
      expect(await failureWith(here, {proxy: `http://127.0.0.1:${proxy.port}`})).toMatchObject({
        kind: 'lost',
        reason: `the proxy 127.0.0.1:${proxy.port} demands credentials (HTTP 407)`,
        remedy: 'put user:password into HTTPS_PROXY',
      });
    });

    test('no reason tells the credentials', async () => {
      const demanding = await startProxy({credentials: 'user:right'});
      const refusing = await startProxy({refusal: '502 Bad Gateway'});
      const silent = await freePort();
      const reasons: string[] = [];
      for (const port of [demanding.port, refusing.port, silent]) {
        const proxy = `http://us3r:hunter2@127.0.0.1:${port}`;
        const {reason, remedy} = await failureWith(here, {proxy});
        expect(`${reason} ${remedy}`).not.toMatch(/us3r|hunter2|dXMzcjpodW50ZXIy/);
        reasons.push(reason);
      }
      expect(reasons).toEqual([
        `the proxy 127.0.0.1:${demanding.port} demands credentials (HTTP 407)`,
        `the proxy 127.0.0.1:${refusing.port} does not reach the monitor (HTTP 502)`,
        `no connection to the proxy 127.0.0.1:${silent} (connection refused)`,
      ]);
    });

    test('one that is no proxy is named, too', async () => {
      const closing = createServer(socket => void socket.end());
      const chatting = createServer(socket => {
        socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.6\r\n');
      });
      for (const server of [closing, chatting]) {
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        onTestFinished(() => void server.close());
        const name = `127.0.0.1:${(server.address() as AddressInfo).port}`;
        const failure = await failureWith(here, {proxy: `http://${name}`});
        expect(failure.reason).toContain(`no connection to the proxy ${name} (`);
        expect(failure.remedy).toBe('check HTTPS_PROXY');
      }
    });
  });
});
