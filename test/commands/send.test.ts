// `swfmon send` against brokers that speak as much STOMP as the test wants, and the testbed's monitor.
import {createServer} from 'node:tls';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {describe, expect, it, onTestFinished} from 'vitest';
import {startMonitor, type JsonObject, type TestbedMonitor} from '../../source/testbed/monitor.ts';
import {stompServer, welcome} from '../broker/stomp-server.ts';
import {eventually} from '../eventually.ts';
import {createAuthority, hasOpenssl} from '../wire/certificates.ts';
import {freePort} from '../wire/serve.ts';
import {accountFor, runCommand} from './run-command.ts';

const password = 'hunter2';
const brokerAt = (port: number) => ({
  ACTIVEMQ_HOST: '127.0.0.1',
  ACTIVEMQ_PORT: String(port),
  ACTIVEMQ_PASSWORD: password,
});

/** A broker that takes everything, and hands it to a monitor if there is one. */
async function takingBroker(monitor?: TestbedMonitor) {
  const server = await stompServer((frame, socket) => {
    welcome(frame, socket);
    if (frame.command === 'SEND') monitor?.publish(JSON.parse(frame.body) as JsonObject);
  });
  const sent = () =>
    server.frames
      .filter(({command}) => command === 'SEND')
      .map(({body}) => JSON.parse(body) as JsonObject);
  return {environment: brokerAt(server.options.port), sent, ...server};
}

async function aMonitor(): Promise<TestbedMonitor> {
  const monitor = await startMonitor();
  onTestFinished(() => monitor.close());
  return monitor;
}

/** How it ended, and what it wrote; no password in it. */
async function ending(args: readonly string[], environment: Record<string, string>) {
  const command = runCommand(['send', ...args], environment);
  const status = await command.ended;
  const {stdout, stderr} = command;
  expect(stdout + stderr).not.toMatch(/hunter2|testbed-token/);
  return {status, stdout, stderr};
}

describe('swfmon send', () => {
  it('sends one batch as the testbed’s sender does, and tells it', async () => {
    const broker = await takingBroker();
    const {status, stdout, stderr} = await ending(['--oneshot', '--namespace', 'torre1'], {
      ...broker.environment,
      ACTIVEMQ_USER: 'me',
    });
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
    const sender = expect.stringMatching(/^sse_sender-agent-\w+-\d+$/) as unknown;
    const common = {processed_by: sender, run_id: 'test-run-001', sender, namespace: 'torre1'};
    const filename = 'test_file_001.dat';
    expect(broker.sent()).toEqual([
      {
        msg_type: 'sse_test',
        message: 'Hello from SSE sender!',
        data: 'This is a test message for SSE demonstration',
        ...common,
      },
      {msg_type: 'stf_ready', filename, message: 'Simulated data ready event', ...common},
      {
        msg_type: 'processing_complete',
        filename,
        message: 'Simulated processing complete event',
        ...common,
      },
    ]);
    const [connect, send] = broker.frames;
    expect(connect?.headers).toMatchObject({login: 'me', passcode: password});
    expect(send?.headers['destination']).toBe('/topic/epictopic');
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^\[\d\d:\d\d:\d\d\] sse_test .* run test-run-001 .*Hello/),
      expect.stringMatching(/^\[\d\d:\d\d:\d\d\] stf_ready .* test_file_001\.dat$/),
      expect.stringMatching(/^\[\d\d:\d\d:\d\d\] processing_complete .* test_file_001\.dat$/),
    ]);
  });

  it('sends batch after batch until it is told to end', async () => {
    const broker = await takingBroker();
    const command = runCommand(['send', '--json', '--topic', '/queue/mine'], {
      ...broker.environment,
      SWF_SENDER_BATCH_INTERVAL: '1',
    });
    await eventually(() => expect(broker.sent().length).toBeGreaterThan(3));
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(143);
    const lines = command.stdout.trim().split('\n');
    expect(lines.map(line => JSON.parse(line) as unknown)).toEqual(
      broker.sent().slice(0, lines.length),
    );
    expect(broker.frames.find(({command}) => command === 'SEND')?.headers['destination']).toBe(
      '/queue/mine',
    );
  });

  it('goes on when the broker is away for a batch', async () => {
    let isRefusing = false;
    const {frames, options} = await stompServer((frame, socket) => {
      if (isRefusing) socket.destroy();
      else welcome(frame, socket);
    });
    const count = () => frames.filter(({command}) => command === 'SEND').length;
    const command = runCommand(['send', '--interval', '1'], brokerAt(options.port));
    await eventually(() => expect(count()).toBe(3));
    isRefusing = true;
    await eventually(() => expect(command.stderr).toContain('closed'));
    isRefusing = false;
    await eventually(() => expect(count()).toBeGreaterThan(3));
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(130);
  });

  it('ends at once when it waits for a broker that does not answer', async () => {
    const {options, sockets} = await stompServer(() => undefined);
    const command = runCommand(['send'], brokerAt(options.port));
    await eventually(() => expect(sockets.size).toBe(1));
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(130);
    expect(command.stderr).toBe('');
  });

  it('ends with 1 where no broker listens', async () => {
    const port = await freePort();
    const {status, stdout, stderr} = await ending(['--oneshot'], brokerAt(port));
    expect({status, stdout}).toEqual({status: 1, stdout: ''});
    expect(stderr).toContain(`broker 127.0.0.1:${port}: connection refused\n`);
    expect(stderr).toContain('ACTIVEMQ_HOST and ACTIVEMQ_PORT');
  });

  it('ends with 1 when the broker refuses the password', async () => {
    const {options} = await stompServer((_frame, socket) =>
      socket.end('ERROR\nmessage:User name [admin] or password is invalid.\n\n\0'),
    );
    const {status, stderr} = await ending([], brokerAt(options.port));
    expect(status).toBe(1);
    expect(stderr).toContain('the broker refuses: User name [admin] or password is invalid.');
    expect(stderr).toContain('check ACTIVEMQ_USER and ACTIVEMQ_PASSWORD');
  });

  it.skipIf(!hasOpenssl)(
    'ends with 1 when the broker’s authority is not the one named',
    async () => {
      const [authority, other] = [createAuthority(), createAuthority()];
      const server = createServer(authority.sign('IP:127.0.0.1'));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => {
        server.close();
        authority.remove();
        other.remove();
      });
      const {status, stderr} = await ending(['--oneshot'], {
        ...brokerAt((server.address() as AddressInfo).port),
        ACTIVEMQ_USE_SSL: 'True',
        ACTIVEMQ_SSL_CA_CERTS: other.caFile,
      });
      expect(status).toBe(1);
      expect(stderr).toContain('certificate of an unknown authority');
      expect(stderr).toContain('ACTIVEMQ_SSL_CA_CERTS');
    },
  );

  it.each([
    [{ACTIVEMQ_PORT: 'stomp'}, 'ACTIVEMQ_PORT takes a whole number from 1 to 65535'],
    [{ACTIVEMQ_USE_SSL: 'maybe'}, 'ACTIVEMQ_USE_SSL takes true or false, not "maybe"'],
    [{ACTIVEMQ_PASSWORD: 'hunter2\u0001'}, 'ACTIVEMQ_PASSWORD holds control characters'],
    [{SWF_SENDER_BATCH_INTERVAL: '0'}, 'SWF_SENDER_BATCH_INTERVAL takes a whole number from 1'],
    [
      {ACTIVEMQ_USE_SSL: 'true', ACTIVEMQ_SSL_CA_CERTS: '/nonexistent/ca.pem'},
      'the broker’s file of trusted certificates cannot be read',
    ],
  ])('ends with 2 on %o, and says what to type', async (environment, expected) => {
    const {status, stderr} = await ending(['--oneshot'], environment);
    expect(status).toBe(2);
    expect(stderr).toContain(expected);
    expect(stderr).toContain('export ');
  });

  it('takes a topic for what it is', async () => {
    const {status, stderr} = await ending(['--topic', 'epictopic'], {});
    expect(status).toBe(2);
    expect(stderr).toContain('--topic takes /topic/NAME or /queue/NAME, not "epictopic"');
  });
});

describe('swfmon send --probe', () => {
  const probing = (monitor: TestbedMonitor, args: readonly string[], broker: object) =>
    ending(['--probe', ...args], {...accountFor(monitor), ...broker});

  it('says how long the message took to come back', async () => {
    const monitor = await aMonitor();
    const broker = await takingBroker(monitor);
    const {status, stdout, stderr} = await probing(monitor, [], broker.environment);
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
    expect(stdout).toMatch(/^the message came back after \d+ ms \(stream open in \d+ ms, .*\)\n$/);
    expect(broker.sent()).toMatchObject([{msg_type: 'sse_test', run_id: 'test-run-001'}]);
    expect(monitor.agents.size).toBe(0);
  });

  it('says so as JSON', async () => {
    const monitor = await aMonitor();
    const broker = await takingBroker(monitor);
    const {stdout} = await probing(monitor, ['--json'], broker.environment);
    const milliseconds = expect.any(Number) as unknown;
    expect(JSON.parse(stdout)).toEqual({
      came: true,
      stream_ms: milliseconds,
      broker_ms: milliseconds,
      round_trip_ms: milliseconds,
    });
  });

  it('takes no other message for its own', async () => {
    const monitor = await aMonitor();
    const {options} = await stompServer((frame, socket) => {
      welcome(frame, socket);
      if (frame.command === 'SEND') monitor.publish({msg_type: 'sse_test', probe: 'another'});
    });
    const {status, stderr} = await probing(monitor, ['--wait', '1'], brokerAt(options.port));
    expect(status).toBe(1);
    expect(stderr).toContain('the stream did not bring it within 1 s');
  });

  it('ends with 1 when the stream never brings it', async () => {
    const monitor = await aMonitor();
    monitor.setDeaf(true);
    const broker = await takingBroker(monitor);
    const {status, stdout, stderr} = await probing(
      monitor,
      ['--wait', '1', '--json'],
      broker.environment,
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({came: false, reason: expect.any(String) as unknown});
    expect(stderr).toContain('the broker has taken the message, but the stream did not bring it');
  });

  it('ends with 1 when the stream ends before', async () => {
    const monitor = await aMonitor();
    const {options} = await stompServer((frame, socket) => {
      welcome(frame, socket);
      if (frame.command === 'SEND') monitor.endStreams();
    });
    const {status, stderr} = await probing(monitor, [], brokerAt(options.port));
    expect(status).toBe(1);
    expect(stderr).toMatch(/the monitor’s stream: .*(ended|closed)/);
  });

  it('ends with 1 when the monitor refuses the token, and sends nothing', async () => {
    const monitor = await aMonitor();
    const broker = await takingBroker();
    monitor.revokeToken();
    const {status, stderr} = await probing(monitor, [], broker.environment);
    expect(status).toBe(1);
    expect(stderr).toContain('the monitor’s stream: HTTP 401');
    expect(stderr).toContain('check SWF_API_TOKEN');
    expect(broker.frames).toEqual([]);
  });

  it('ends with 1 when no monitor listens', async () => {
    const broker = await takingBroker();
    const {status, stderr} = await ending(['--probe'], {
      ...broker.environment,
      SWF_API_TOKEN: 'testbed-token',
      SWF_MONITOR_PROD_URL: `http://127.0.0.1:${await freePort()}`,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('the monitor’s stream: connection refused');
  });

  it('ends with 1 when the monitor does not answer', async () => {
    const monitor = await aMonitor();
    monitor.interceptStream = () => true;
    const broker = await takingBroker();
    const {status, stderr} = await probing(monitor, ['--wait', '1'], broker.environment);
    expect(status).toBe(1);
    expect(stderr).toContain('the monitor’s stream did not begin within 1 s');
  });

  it('ends with 1 when no broker listens, and leaves no stream behind', async () => {
    const monitor = await aMonitor();
    const {status, stderr} = await probing(monitor, [], brokerAt(await freePort()));
    expect(status).toBe(1);
    expect(stderr).toMatch(/probe: broker 127\.0\.0\.1:\d+: connection refused/);
    await eventually(() => expect(monitor.clients).toEqual([]));
  });

  it('ends at once when it is told to', async () => {
    const monitor = await aMonitor();
    monitor.setDeaf(true);
    const broker = await takingBroker(monitor);
    const command = runCommand(['send', '--probe'], {
      ...accountFor(monitor),
      ...broker.environment,
    });
    await eventually(() => expect(broker.sent()).toHaveLength(1));
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(130);
  });

  it('asks for the token', async () => {
    const {status, stderr} = await ending(['--probe'], {});
    expect(status).toBe(2);
    expect(stderr).toContain('SWF_API_TOKEN must be set');
  });
});
