// `swfmon serve` as it is run: what it prints, whom it lets in, where it takes messages from, and
// how it ends.
import {writeFileSync} from 'node:fs';
import {request as requestHttps} from 'node:https';
import {connect} from 'node:net';
import {join} from 'node:path';
import {readFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {stompServer, welcome} from '../broker/stomp-server.ts';
import {eventually} from '../eventually.ts';
import {createAuthority, hasOpenssl} from '../wire/certificates.ts';
import {freePort} from '../wire/serve.ts';
import {runCommand} from './run-command.ts';
import {post, read, serving} from './serving.ts';
import {settingsHome} from './settings-home.ts';

describe('swfmon serve', () => {
  it('prints the three lines to paste, and a token that nothing else shows', async () => {
    const server = await serving();
    expect(server.stdout).toMatch(
      /^export SWF_MONITOR_PROD_URL=http:\/\/127\.0\.0\.1:\d+\/swf-monitor\nexport SWF_API_TOKEN=[0-9a-f]{40}\nexport SWF_SSE_RECEIVER_NAME=my-name\n$/,
    );
    expect(server.stderr).not.toContain(server.token);
    expect(server.stderr).toContain('production is swf-monitor');
    expect(server.stderr).toContain('no broker: ACTIVEMQ_HOST');
  });

  it('takes the token of the environment, and does not print it', async () => {
    const server = await serving([], {SWF_API_TOKEN: 'my-own-token'});
    expect(server.stdout + server.stderr).not.toContain('my-own-token');
    const refused = await post({...server, token: 'another'}, {msg_type: 'x'});
    const taken = await post(server, {msg_type: 'x'});
    expect([refused.status, taken.status]).toEqual([403, 201]);
  });

  it('relays what is posted to receivers, tells of them, and ends with the signal', async () => {
    const server = await serving(['--base-path', '/']);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const tails = [1, 2].map(() =>
      runCommand(['tail', '--json', '--count', '1', '--message', 'mine'], server.account),
    );
    await eventually(() => expect(server.stderr.match(/ came from /g)).toHaveLength(2));
    expect(server.stderr).toContain('asks for msg_types=mine; 2 receivers now');
    await post(server, {msg_type: 'other'});
    const response = await post(server, {msg_type: 'mine', run_id: '7'});
    expect(await response.json()).toEqual({receivers: 2});
    for (const tail of tails) {
      expect(await tail.ended).toBe(0);
      expect(JSON.parse(tail.stdout)).toMatchObject({msg_type: 'mine', run_id: '7'});
    }
    await eventually(() => expect(server.stderr).toContain('left: 1 sent, 0 dropped; 0 receivers'));
    expect(await read(server, 'systemagents/')).toMatchObject([
      {instance_name: 'watch-1', operational_state: 'EXITED'},
    ]);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(143);
    expect(server.stderr).toContain('ended; 2 messages taken');
  });

  it('ends on a signal whoever listens', async () => {
    const server = await serving();
    const tail = runCommand(['tail'], server.account);
    await eventually(() => expect(server.stderr).toContain(' came from '));
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(130);
    await eventually(() => expect(tail.stderr).toContain('connection refused'));
  });

  it('simulates a DAQ', async () => {
    const server = await serving(['--simulate']);
    await eventually(async () =>
      expect(await read(server, 'run-states/')).toMatchObject([{state: 'imminent'}]),
    );
    expect(await read(server, 'workflow-executions/?status=running')).toHaveLength(1);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(143);
    expect(server.stderr).toMatch(/ended; [1-9]\d* messages? taken/);
  });

  it('takes its place from the settings file', async () => {
    const port = await freePort();
    const home = settingsHome({settings: `{"serve": {"port": ${port}, "basePath": "/m"}}`});
    const command = runCommand(['serve'], home);
    await eventually(() => expect(command.stdout).toContain(`http://127.0.0.1:${port}/m\n`));
  });
});

describe('swfmon serve with a broker', () => {
  const topic = '/topic/epictopic';

  it('relays what the broker sends, and says what it leaves aside', async () => {
    const bodies = ['{"msg_type": "mine", "note": "é"}', 'no \u001b[31m JSON', '{"run_id": "7"}'];
    const {options, frames} = await stompServer((frame, socket) => {
      welcome(frame, socket);
      if (frame.command !== 'SUBSCRIBE') return;
      const {id} = frame.headers;
      for (const body of bodies) {
        socket.write(`MESSAGE\nsubscription:${id}\nmessage-id:1\ndestination:x\n\n${body}\0`);
      }
    });
    const server = await serving(['--broker-host', '127.0.0.1'], {
      ACTIVEMQ_PORT: String(options.port),
      ACTIVEMQ_PASSWORD: 'hunter2',
    });
    await eventually(() => expect(server.stderr).toContain(`takes messages from ${topic}`));
    await eventually(() => expect(server.stderr).toContain('a message that is without msg_type'));
    expect(server.stderr).toContain('left aside, 1 so far: a message that is no JSON object');
    expect(await read(server, 'workflow-messages/?execution_id=')).toEqual([]);
    expect(frames.find(({command}) => command === 'SUBSCRIBE')?.headers).toMatchObject({
      destination: topic,
    });
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(143);
    expect(server.stderr).toContain('ended; 1 message taken');
    expect(server.stdout + server.stderr).not.toMatch(/hunter2|\u001b/);
    expect(frames.at(-1)?.command).toBe('DISCONNECT');
  });

  it('waits for a broker that is away, and says so once', async () => {
    const port = await freePort();
    const server = await serving([], {
      ACTIVEMQ_HOST: '127.0.0.1',
      ACTIVEMQ_PORT: String(port),
    });
    await eventually(() => expect(server.stderr).toContain('connection refused'));
    expect((await post(server, {msg_type: 'x'})).status).toBe(201);
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(130);
    expect(server.stderr.match(/connection refused/g)).toHaveLength(1);
  });
});

describe('swfmon serve for other machines', () => {
  it('asks for TLS, or for the word that it is to do without', async () => {
    const command = runCommand(['serve', '--host', '0.0.0.0', '--port', '0']);
    expect(await command.ended).toBe(2);
    expect(command.stderr).toContain('--host 0.0.0.0 lets in other machines');
    expect(command.stderr).toContain('--tls-cert FILE --tls-key FILE   (or --plain-http)');
  });

  describe.skipIf(!hasOpenssl)('with TLS', () => {
    function files() {
      const authority = createAuthority();
      onTestFinished(() => authority.remove());
      const {cert, key} = authority.sign('IP:127.0.0.1,DNS:localhost');
      const path = (name: string) => join(authority.caFile, '..', name);
      writeFileSync(path('cert.pem'), cert);
      writeFileSync(path('key.pem'), key);
      return {ca: authority.caFile, cert: path('cert.pem'), key: path('key.pem')};
    }

    it('serves receivers that trust its authority', async () => {
      const {ca, cert, key} = files();
      const server = await serving(['--tls-cert', cert, '--tls-key', key]);
      expect(server.url).toMatch(/^https:/);
      const tail = runCommand(['tail', '--json', '--count', '1'], {
        ...server.account,
        REQUESTS_CA_BUNDLE: ca,
      });
      await eventually(() => expect(server.stderr).toContain(' came from '));
      const posting = requestHttps(`${server.url}/api/messages/`, {
        method: 'POST',
        ca: readFileSync(ca),
        headers: {authorization: `Token ${server.token}`},
      });
      posting.end('{"msg_type": "mine"}');
      expect(await tail.ended).toBe(0);
      expect(JSON.parse(tail.stdout)).toMatchObject({msg_type: 'mine'});
    });

    it.each([
      [['--tls-cert', 'CERT'], '--tls-key is missing'],
      [['--tls-cert', '/nonexistent', '--tls-key', 'KEY'], '--tls-cert cannot be read'],
      [['--tls-cert', 'KEY', '--tls-key', 'CERT'], '--tls-cert, --tls-key: '],
    ])('ends with 2 on %j', async (args, expected) => {
      const {cert, key} = files();
      const named = args.map(arg => ({CERT: cert, KEY: key})[arg] ?? arg);
      const command = runCommand(['serve', '--port', '0', ...named]);
      expect(await command.ended).toBe(2);
      expect(command.stderr).toContain(expected);
    });
  });
});

describe('swfmon serve cannot start', () => {
  it('where the port is taken', async () => {
    const {port} = new URL((await serving()).url);
    const command = runCommand(['serve', '--port', port]);
    expect(await command.ended).toBe(2);
    expect(command.stderr).toContain(`port ${port} is taken`);
    expect(command.stderr).toContain('swfmon serve --port 0');
  });

  it.each([
    [['--host', '192.0.2.1', '--plain-http'], '--host 192.0.2.1 is no address of this machine'],
    [['--base-path', 'monitor'], '--base-path takes a path from / on'],
    [['--port', '70000'], '--port takes a whole number from 0 to 65535'],
  ])('with %j', async (args, expected) => {
    const command = runCommand(['serve', ...args]);
    expect(await command.ended).toBe(2);
    expect(command.stderr).toContain(expected);
  });
});

it('a half-open connection does not hold it', async () => {
  const server = await serving();
  const {port} = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined).write('GET / HTTP/1.1\r\n');
  await post(server, {msg_type: 'x'});
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(143);
});
