// A front that demands a client certificate, which swfmon has not: named as such.
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:tls';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {createTransport} from '../../source/http/transport.ts';
import {examined} from '../doctor/examined.ts';
import {createAuthority, hasOpenssl, type Authority} from '../wire/certificates.ts';
import {startProxy} from '../wire/connect-proxy.ts';
import {listenTo} from '../wire/listen-to.ts';

describe.skipIf(!hasOpenssl)('a client certificate (needs openssl)', () => {
  let authority: Authority;
  beforeAll(() => {
    authority = createAuthority();
  });
  afterAll(() => authority.remove());

  async function front(version: 'TLSv1.2' | 'TLSv1.3') {
    const server = createServer({
      ...authority.sign('IP:127.0.0.1'),
      ca: readFileSync(authority.caFile),
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    });
    server.on('tlsClientError', () => undefined); // each is one that has no certificate
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function failureAt(origin: string, proxy?: string) {
    const none = {token: undefined, noProxy: undefined};
    const send = await createTransport({origin, caFile: authority.caFile, proxy, ...none});
    return listenTo(new URL(origin), {fetch: send}).end;
  }

  const demanded = {
    reason: 'a client certificate is demanded',
    remedy: expect.stringContaining('that takes the token alone') as unknown,
  };

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is named on %s', async version => {
    expect(await failureAt(await front(version))).toMatchObject(demanded);
  });

  test('is named behind a proxy', async () => {
    const proxy = `http://127.0.0.1:${(await startProxy()).port}`;
    expect(await failureAt(await front('TLSv1.3'), proxy)).toMatchObject(demanded);
    expect(await failureAt(await front('TLSv1.2'), proxy)).toMatchObject({
      reason: 'the TLS handshake was broken off',
      remedy: expect.stringContaining('may demand a client certificate') as unknown,
    });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is named by the doctor on %s', async version => {
    const {TLS} = await examined({
      environment: {
        SWF_MONITOR_PROD_URL: await front(version),
        REQUESTS_CA_BUNDLE: authority.caFile,
      },
    });
    expect(TLS).toMatchObject({state: 'failed', says: demanded.reason, remedy: demanded.remedy});
  });
});
