// Which way leads through the proxy, held against what the transport really does.
import {describe, expect, test} from 'vitest';
import {proxyFor} from '../../source/wire/proxy-choice.ts';
import {createTransport} from '../../source/wire/transport.ts';
import {startProxy} from './connect-proxy.ts';
import {freePort} from './serve.ts';

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
    expect(proxyFor(url, way) !== undefined).toBe(proxy.asked.length > 0);
  });
});

test('http and no proxy go directly', () => {
  expect(proxyFor(new URL('http://127.0.0.1'), {proxy: 'http://proxy:1'})).toBeUndefined();
  expect(proxyFor(new URL('https://host'), {})).toBeUndefined();
  expect(proxyFor(new URL('https://host'), {proxy: 'http://proxy:1'})?.host).toBe('proxy:1');
});
