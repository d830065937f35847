// A body that comes compressed though nobody wanted it so: unpacked event by event, or refused.
import {createDeflate, createGzip, createBrotliCompress, constants, gzipSync} from 'node:zlib';
import type {ServerResponse} from 'node:http';
import {describe, expect, test} from 'vitest';
import {request} from '../../source/wire/request.ts';
import {eventually} from '../eventually.ts';
import {listenTo} from '../wire/listen-to.ts';
import {send} from '../wire/send.ts';
import {serve} from '../wire/serve.ts';

const codings = {
  gzip: () => createGzip({flush: constants.Z_SYNC_FLUSH}),
  'x-gzip': () => createGzip({flush: constants.Z_SYNC_FLUSH}),
  deflate: () => createDeflate({flush: constants.Z_SYNC_FLUSH}),
  br: () => createBrotliCompress({flush: constants.BROTLI_OPERATION_FLUSH}),
};

const head = (response: ServerResponse, coding: string) =>
  response.writeHead(200, {'content-type': 'text/event-stream', 'content-encoding': coding});

const whatCompresses = 'is there a proxy that compresses what it passes on?';

describe('a stream', () => {
  test.each(Object.entries(codings))(
    'in %s is read as each event comes',
    async (coding, packer) => {
      const packing = packer();
      const server = await serve(response => void packing.pipe(head(response, coding)));
      const heard = listenTo(server.url);
      for (let count = 1; count <= 3; count += 1) {
        packing.write(`event: stf_gen\ndata: ${count}\n\n`);
        await eventually(() => expect(heard.events).toHaveLength(count));
      }
      expect(heard.events.at(-1)).toEqual(['stf_gen', '3']);
      expect(server.requests[0]!.headers['accept-encoding']).toBe('identity');
      packing.end();
      expect((await heard.end).reason).toBe('the server ended the stream');
    },
  );

  test('that breaks off in gzip is an end', async () => {
    const whole = gzipSync('data: 1\n\n'.repeat(1000));
    const server = await serve(response => {
      head(response, 'gzip').write(whole.subarray(0, whole.length - 8), () =>
        response.socket!.destroy(),
      );
    });
    expect((await listenTo(server.url).end).reason).toBe('connection closed by the other side');
  });

  test('that is not what it says is refused in words', async () => {
    const server = await serve(response => head(response, 'gzip').write('data: plain\n\n'));
    expect(await listenTo(server.url).end).toMatchObject({
      kind: 'lost',
      reason: 'the answer is compressed, and cannot be unpacked',
      remedy: whatCompresses,
    });
  });

  test('in a coding that nobody here knows is refused in words', async () => {
    const server = await serve(response => head(response, 'gzip, lzma2').write('x'));
    const heard = listenTo(server.url);
    expect(await heard.end).toMatchObject({
      kind: 'lost',
      reason: 'the stream is compressed by lzma2, which cannot be unpacked',
      remedy: whatCompresses,
    });
    expect(heard.calls).toEqual(['end']);
  });
});

test('an answer of REST in gzip is read', async () => {
  const server = await serve(response =>
    response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync('[1, 2]')),
  );
  expect(await request(send, server.url, {timeout: 10_000})).toBe('[1, 2]');
});
