// Which way leads through the proxy, held against what the transport really does.
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {goesThrough} from '../../source/http/proxy.ts';
import {createTransport} from '../../source/http/transport.ts';
import {startProxy} from '../wire/connect-proxy.ts';
import {freePort} from '../wire/serve.ts';

const targets = ['https://127.0.0.1', 'https://localhost', 'https://a.localhost', 'https://[::1]'];

const lists = [
  undefined,
  '',
  '*',
  'localhost',
  'LOCALHOST.',
  '.localhost',
  '*.localhost',
  'host',
  'other, 127.0.0.1',
  '127.0.0.2 ::1',
  '[::1]',
  '127.0.0.1:1',
  '*:1',
  'localhost:PORT',
  '[::1]:PORT',
  '*:PORT',
];

describe.each(targets)('%s', target => {
  test.each(lists)('with NO_PROXY=%s', async list => {
    // Refuses the way, so that nothing is reached; a direct connection is refused, too.
    const proxy = await startProxy({refusal: '503 Service Unavailable'});
    const port = await freePort();
    const noProxy = list?.replace('PORT', String(port));
    const url = new URL(`${target}:${port}`);
    const way = {proxy: `http://127.0.0.1:${proxy.port}`, noProxy};
    const send = await createTransport({
      origin: url.origin,
      token: undefined,
      caFile: undefined,
      ...way,
    });
    await send(url).catch(() => undefined);
    expect(await goesThrough(url, way)).toBe(proxy.asked.length > 0);
  });
});

test.each([
  ['http://127.0.0.1', 'http://proxy:1', false],
  ['https://host', undefined, false],
  ['https://host', 'http://proxy:1', true],
])('%s with the proxy %s: %s', async (target, proxy, isUsed) => {
  expect(await goesThrough(new URL(target), {proxy, noProxy: undefined})).toBe(isUsed);
});

test('the environment of the process has no say', async () => {
  for (const name of ['HTTPS_PROXY', 'NO_PROXY']) vi.stubEnv(name, '*');
  onTestFinished(() => void vi.unstubAllEnvs());
  const settings = {proxy: undefined, noProxy: undefined};
  expect(await goesThrough(new URL('https://host'), settings)).toBe(false);
  expect(await goesThrough(new URL('https://host'), {...settings, proxy: 'http://p:1'})).toBe(true);
});
