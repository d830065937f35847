// Long: what a plain server of Node sends comes out of `tail --json` byte for byte, all of it.
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {runCommand} from '../commands/run-command.ts';
import {isLong} from '../sizes.ts';
import {serve, streamHead} from '../wire/serve.ts';

const messages = 200_000;

const messageOf = (index: number): string =>
  JSON.stringify({
    msg_type: index % 10 === 0 ? 'stf_gen' : 'tf_file_registered',
    run_id: '100013',
    namespace: 'test1',
    sequence: index,
    text: 'a "quoted" \\ text '.repeat(index % 7),
    sent_at: '2026-11-23T12:00:00.123456+00:00',
  });

describe.skipIf(!isLong)('200,000 messages', () => {
  test('come byte for byte', async () => {
    const sent = createHash('sha256');
    const server = await serve((response, {url = ''}) => {
      if (!url.includes('/messages/stream/')) {
        response.writeHead(200, {'content-type': 'application/json'}).end('[]');
        return;
      }
      void (async () => {
        streamHead(response).write('event: connected\ndata: {"client_id": "x"}\n\n');
        for (let index = 0; index < messages; index += 1) {
          const text = messageOf(index);
          sent.update(`${text}\n`);
          const hasRoom = response.write(`event: m\ndata: ${text}\n\n`);
          if (!hasRoom) await once(response, 'drain');
        }
      })();
    });
    const running = runCommand(['tail', '--json', '--no-register', '--count', `${messages}`], {
      SWF_API_TOKEN: 'token',
      SWF_SSE_RECEIVER_NAME: 'watch-1',
      SWF_MONITOR_PROD_URL: server.origin,
    });
    expect(await running.ended).toBe(0);
    const lines = running.stdout.split('\n').length - 1;
    expect(lines).toBe(messages);
    expect(createHash('sha256').update(running.stdout).digest('hex')).toBe(sent.digest('hex'));
  });
});
