// The whole way with a real ActiveMQ: messages over the broker to a `serve` and on to its receivers,
// the probe, and what is said when a station fails.
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {runCommand} from '../commands/run-command.ts';
import {read, serving} from '../commands/serving.ts';
import {eventually} from '../eventually.ts';
import {createAuthority, hasOpenssl, type Authority} from '../wire/certificates.ts';
import {account, activeMqMissing, startActiveMq, startTimeout, type ActiveMq} from './activemq.ts';

describe.skipIf(activeMqMissing)(`send and serve with ActiveMQ ${activeMqMissing ?? ''}`, () => {
  let broker: ActiveMq;
  let authority: Authority | undefined;
  beforeAll(async () => {
    authority = hasOpenssl ? createAuthority() : undefined;
    const certificate = authority?.sign('IP:127.0.0.1');
    broker = await startActiveMq(certificate && {certificate});
  }, startTimeout);
  afterAll(async () => {
    await broker?.kill();
    authority?.remove();
  });

  const variables = () => ({
    ACTIVEMQ_HOST: '127.0.0.1',
    ACTIVEMQ_PORT: String(broker.port),
    ACTIVEMQ_USER: account.user,
    ACTIVEMQ_PASSWORD: account.password,
  });
  const secured = () => ({
    ...variables(),
    ACTIVEMQ_PORT: String(broker.tlsPort),
    ACTIVEMQ_USE_SSL: 'True',
    ACTIVEMQ_SSL_CA_CERTS: authority!.caFile,
  });

  /** A `serve` that takes messages from the broker. */
  async function servingFromBroker(environment = variables()) {
    const server = await serving([], environment);
    await eventually(() => expect(server.stderr).toContain('takes messages from'));
    return server;
  }

  async function ending(args: readonly string[], environment: Record<string, string>) {
    const command = runCommand(['send', ...args], environment);
    const status = await command.ended;
    const {stdout, stderr} = command;
    expect(stdout + stderr).not.toMatch(/hunter2|wrong-password/);
    return {status, stdout, stderr};
  }

  it('a batch goes over broker and monitor to a receiver', async () => {
    const server = await servingFromBroker();
    const tail = runCommand(['tail', '--json', '--count', '3'], server.account);
    await eventually(() => expect(server.stderr).toContain(' came from '));
    expect((await ending(['--oneshot'], variables())).status).toBe(0);
    expect(await tail.ended).toBe(0);
    const messages = tail.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as object);
    expect(messages).toMatchObject([
      {msg_type: 'sse_test', run_id: 'test-run-001', queue_name: 'epictopic'},
      {msg_type: 'stf_ready', filename: 'test_file_001.dat'},
      {msg_type: 'processing_complete', filename: 'test_file_001.dat'},
    ]);
    expect(await read(server, 'workflow-messages/')).toHaveLength(3);
  });

  it('the probe comes back', async () => {
    const server = await servingFromBroker();
    const {status, stdout} = await ending(['--probe'], {...server.account, ...variables()});
    expect(status).toBe(0);
    expect(stdout).toMatch(/^the message came back after \d+ ms/);
  });

  it.skipIf(!hasOpenssl)('the probe comes back inside TLS', async () => {
    const server = await servingFromBroker(secured());
    const {status, stderr} = await ending(['--probe'], {...server.account, ...secured()});
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
  });

  it.skipIf(!hasOpenssl)('another authority than the broker’s ends with 1', async () => {
    const other = createAuthority();
    const {status, stderr} = await ending(['--oneshot'], {
      ...secured(),
      ACTIVEMQ_SSL_CA_CERTS: other.caFile,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('certificate of an unknown authority');
    other.remove();
  });

  it('a wrong password ends with 1', async () => {
    const {status, stderr} = await ending(['--oneshot'], {
      ...variables(),
      ACTIVEMQ_PASSWORD: 'wrong-password',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('password is invalid');
    expect(stderr).toContain('check ACTIVEMQ_USER and ACTIVEMQ_PASSWORD');
  });

  it('a probe on another topic than the monitor’s never comes', async () => {
    const server = await servingFromBroker();
    const {status, stderr} = await ending(['--probe', '--wait', '1', '--topic', '/topic/other'], {
      ...server.account,
      ...variables(),
    });
    expect(status).toBe(1);
    expect(stderr).toContain('the stream did not bring it within 1 s');
  });

  it('a `serve` with a wrong password goes on without the broker, and says why', async () => {
    const server = await serving([], {...variables(), ACTIVEMQ_PASSWORD: 'wrong-password'});
    await eventually(() => expect(server.stderr).toContain('check ACTIVEMQ_USER'));
    expect(server.stderr).not.toContain('wrong-password');
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(143);
  });
});
