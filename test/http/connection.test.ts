// Which certificates are trusted, and how long each address of a host is tried.
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import * as net from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createRequire} from 'node:module';
import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {StompSocket} from '../../source/broker/stomp-socket.ts';
import {attemptTimeoutMs, certificatesIn, readAuthorities} from '../../source/http/connection.ts';
import {createTransport} from '../../source/http/transport.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {paths} from '../../source/wire/paths.ts';
import {createAuthority, hasOpenssl, type Authority} from '../wire/certificates.ts';
import {freePort} from '../wire/serve.ts';

describe.skipIf(!hasOpenssl)('a directory of certificates (needs openssl)', () => {
  let authority: Authority;
  let other: Authority;
  let folder: string;
  beforeAll(() => {
    authority = createAuthority();
    other = createAuthority();
    folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  });
  afterAll(() => {
    authority.remove();
    other.remove();
    rmSync(folder, {recursive: true});
  });

  const directoryOf = (name: string, files: Record<string, string>) => {
    const path = join(folder, name);
    mkdirSync(path);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
    return path;
  };
  const pemOf = ({caFile}: Authority) => readFileSync(caFile, 'utf8');

  test('is read by its hashed names, and by no others then', () => {
    const path = directoryOf('hashed', {
      '0a1b2c3d.0': pemOf(authority),
      '0a1b2c3d.1': 'no certificate',
      'other.pem': pemOf(other),
    });
    symlinkSync(join(path, 'nowhere'), join(path, '11111111.0'));
    mkdirSync(join(path, '22222222.0'));
    expect(certificatesIn(readAuthorities(path))).toEqual(certificatesIn(pemOf(authority)));
  });

  test('is read by .pem and .crt where there are none, each certificate once', () => {
    const files = {'a.pem': pemOf(authority), 'b.crt': pemOf(authority), 'c.txt': pemOf(other)};
    const path = directoryOf('plain', files);
    expect(certificatesIn(readAuthorities(path))).toEqual(certificatesIn(pemOf(authority)));
  });

  test('without any is refused in words', () => {
    expect(() => readAuthorities(directoryOf('empty', {'a.pem': ''}))).toThrow(
      'the directory holds no certificate in PEM',
    );
  });

  test('is enough to trust a monitor', async () => {
    const monitor = await startMonitor({tls: authority.sign('IP:127.0.0.1')});
    onTestFinished(() => monitor.close());
    const {origin} = new URL(monitor.url);
    const caFile = directoryOf('used', {'0a1b2c3d.0': pemOf(authority)});
    const none = {token: undefined, proxy: undefined, noProxy: undefined};
    const send = await createTransport({origin, caFile, ...none});
    expect((await send(new URL(`${monitor.url}/${paths.executions}`))).status).toBe(200);
  });
});

describe('each address has seconds to answer', () => {
  // What is required and what is imported share one module object.
  const shared = createRequire(import.meta.url)('node:net') as typeof net;
  const optionsOf = async (connect: () => unknown) => {
    const spy = vi.spyOn(shared, 'connect');
    onTestFinished(() => spy.mockRestore());
    await connect();
    return spy.mock.calls.map(([options]) => options as unknown);
  };

  test('far more than the way to a far host and back', () => {
    expect(attemptTimeoutMs).toBeGreaterThanOrEqual(2000);
  });

  test.each([
    ['the monitor', (port: number) => ({origin: `http://localhost:${port}`, proxy: undefined})],
    ['a proxy', (port: number) => ({origin: 'https://host', proxy: `http://localhost:${port}`})],
  ])('on the way to %s', async (_name, way) => {
    const {origin, proxy} = way(await freePort());
    const none = {token: undefined, caFile: undefined, noProxy: undefined};
    const send = await createTransport({origin, proxy, ...none});
    const options = await optionsOf(() => send(new URL(origin)).catch(() => undefined));
    expect(options).toMatchObject([
      {host: 'localhost', autoSelectFamily: true, autoSelectFamilyAttemptTimeout: attemptTimeoutMs},
    ]);
  });
});

test('and so has each of a broker', async () => {
  const spy = vi.spyOn(net.Socket.prototype, 'connect');
  onTestFinished(() => spy.mockRestore());
  const socket = new StompSocket({host: 'localhost', port: await freePort(), tls: undefined});
  onTestFinished(() => socket.terminate());
  expect(JSON.stringify(spy.mock.calls[0])).toContain(
    `"autoSelectFamilyAttemptTimeout":${attemptTimeoutMs}`,
  );
});
