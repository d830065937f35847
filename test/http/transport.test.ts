// Where the token goes, and what is never followed.
import {text} from 'node:stream/consumers';
import {describe, expect, test} from 'vitest';
import {Secret} from '../../source/wire/secret.ts';
import {createTransport, type TransportOptions} from '../../source/http/transport.ts';
import {serve} from '../wire/serve.ts';

const transport = (origin: string, options: Partial<TransportOptions> = {}) =>
  createTransport({
    origin,
    token: new Secret('s3cret'),
    caFile: undefined,
    proxy: undefined,
    noProxy: undefined,
    ...options,
  });

// A proxy is for https alone.
describe.each([
  ['without a proxy', {}],
  ['with a proxy', {proxy: 'http://127.0.0.1:9'}],
])('%s', (_, options) => {
  test('the token goes to the configured origin, with the caller’s own headers', async () => {
    const server = await serve(response => response.end('yes'));
    const send = await transport(server.origin, options);
    const response = await send(server.url, {headers: {accept: 'text/x', authorization: 'other'}});
    expect(await text(response.body!)).toBe('yes');
    expect(server.requests[0]!.headers).toMatchObject({
      authorization: 'Token s3cret',
      accept: 'text/x',
    });
    expect(server.requests[0]!.url).not.toContain('s3cret');
  });

  test('no token, no header', async () => {
    const server = await serve(response => response.end());
    await (
      await transport(server.origin, {...options, token: undefined})
    )(server.url);
    expect(server.requests[0]!.headers).not.toHaveProperty('authorization');
  });

  test('another origin is not asked at all', async () => {
    const server = await serve(response => response.end());
    const send = await transport(server.origin, options);
    for (const origin of [
      `http://localhost:${server.port}`,
      `https://127.0.0.1:${server.port}`,
      `http://127.0.0.1:${server.port === 65_535 ? 1 : server.port + 1}`,
      'https://127.0.0.1.example',
    ]) {
      await expect(send(new URL('/x?s3cret', origin))).rejects.toThrow(
        `not the configured monitor: ${origin}`,
      );
    }
    expect(server.requests).toEqual([]);
  });

  test('a redirect is an answer', async () => {
    const elsewhere = await serve(response => response.end());
    const server = await serve(response =>
      response.writeHead(302, {location: elsewhere.url.href}).end(),
    );
    const send = await transport(server.origin, options);
    expect((await send(server.url)).status).toBe(302);
    expect(elsewhere.requests).toEqual([]);
  });

  test('an aborted request ends', async () => {
    const server = await serve(() => undefined);
    const send = await transport(server.origin, options);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(send(server.url, {signal})).rejects.toThrow('enough');
  });
});

test('a CA file that is not there is an error at once', async () => {
  await expect(transport('https://host', {caFile: '/nowhere/chain.pem'})).rejects.toThrow(/ENOENT/);
});
