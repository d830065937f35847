// Sending to a real ActiveMQ and taking from it: confirmed messages, credentials, TLS, and a broker
// that goes away and comes back.
import {readFileSync} from 'node:fs';
import {inspect} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {BrokerError} from '../../source/broker/broker-error.ts';
import type {BrokerOptions} from '../../source/broker/broker-options.ts';
import {openBrokerSession} from '../../source/broker/broker-session.ts';
import {subscribeToBroker} from '../../source/broker/broker-subscription.ts';
import {Secret} from '../../source/wire/secret.ts';
import {eventually} from '../eventually.ts';
import {createAuthority, hasOpenssl, type Authority} from '../wire/certificates.ts';
import {account, activeMqMissing, startActiveMq, startTimeout, type ActiveMq} from './activemq.ts';

const topic = '/topic/epictopic';

describe.skipIf(activeMqMissing)(`a real ActiveMQ ${activeMqMissing ?? ''}`, () => {
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

  const options = (changes: Partial<BrokerOptions> = {}): BrokerOptions => ({
    host: '127.0.0.1',
    port: broker.port,
    user: account.user,
    password: new Secret(account.password),
    tls: undefined,
    ...changes,
  });

  /** What the broker sends to a subscriber of the topic. */
  async function subscribed(to: BrokerOptions) {
    const heard = {messages: [] as string[], ups: 0, downs: [] as string[]};
    const subscription = await subscribeToBroker(to, topic, {
      onUp: () => (heard.ups += 1),
      onDown: reason => heard.downs.push(reason.message),
      onMessage: text => heard.messages.push(text),
    });
    return {heard, [Symbol.asyncDispose]: () => subscription.stop()};
  }

  const failureOf = (changes: Partial<BrokerOptions>): Promise<BrokerError> =>
    openBrokerSession(options(changes)).then(
      () => expect.fail('it connected'),
      (error: unknown) => {
        expect(inspect(error)).not.toMatch(/hunter2|wrong-password/);
        return error as BrokerError;
      },
    );

  test('every message arrives, as it was sent', async () => {
    await using subscriber = await subscribed(options());
    await eventually(() => expect(subscriber.heard.ups).toBe(1));
    const session = await openBrokerSession(options());
    const texts = ['{"a": "é 日本 😀"}', '', `{"long": "${'x'.repeat(300_000)}"}`];
    for (const text of texts) await session.send(topic, text);
    await session.close();
    await eventually(() => expect(subscriber.heard.messages).toEqual(texts));
    expect(subscriber.heard.downs).toEqual([]);
  });

  test('a wrong password is refused, with what to check', async () => {
    expect(await failureOf({password: new Secret('wrong-password')})).toMatchObject({
      message: expect.stringMatching(/^the broker refuses: .*password is invalid/) as unknown,
      remedy: 'check ACTIVEMQ_USER and ACTIVEMQ_PASSWORD',
    });
  });

  test('after the end nothing is sent, and it says why', async () => {
    const session = await openBrokerSession(options());
    await session.close();
    await expect(session.send(topic, 'x')).rejects.toThrow('closed the connection');
  });

  describe.skipIf(!hasOpenssl)('inside TLS', () => {
    const secured = (caFile: string | undefined): Partial<BrokerOptions> => ({
      port: broker.tlsPort!,
      tls: {ca: caFile === undefined ? undefined : readFileSync(caFile, 'utf8')},
    });

    test('with the authority that signed for it', async () => {
      const session = await openBrokerSession(options(secured(authority!.caFile)));
      await expect(session.send(topic, 'x')).resolves.toBeUndefined();
      await session.close();
    });

    test('with another authority, or the built-in ones', async () => {
      const other = createAuthority();
      for (const caFile of [other.caFile, undefined]) {
        expect(await failureOf(secured(caFile))).toMatchObject({
          message: 'certificate of an unknown authority',
          remedy: 'set ACTIVEMQ_SSL_CA_CERTS to the file with the authority that signed it',
        });
      }
      other.remove();
    });

    test('by a name that the certificate does not carry', async () => {
      const {message} = await failureOf({...secured(authority!.caFile), host: 'localhost'});
      expect(message).toBe('certificate is for another host');
    });

    test('where the other side expects none, and the other way round', async () => {
      const expected = {remedy: expect.stringContaining('ACTIVEMQ_USE_SSL') as unknown};
      const [plainPort, patience] = [broker.port, 1000];
      expect(await failureOf({...secured(undefined), port: plainPort, patience})).toMatchObject(
        expected,
      );
      expect(await failureOf({port: broker.tlsPort!, patience})).toMatchObject(expected);
    });
  });

  test('a subscription comes back with its broker', {timeout: 2 * startTimeout}, async () => {
    const first = await startActiveMq();
    await using subscriber = await subscribed(options({port: first.port}));
    await eventually(() => expect(subscriber.heard.ups).toBe(1));
    await first.kill();
    await eventually(() => expect(subscriber.heard.downs).toContain('connection refused'));
    const second = await startActiveMq({port: first.port});
    await eventually(() => expect(subscriber.heard.ups).toBe(2), 60_000);
    const session = await openBrokerSession(options({port: first.port}));
    await session.send(topic, 'again');
    await session.close();
    await eventually(() => expect(subscriber.heard.messages).toEqual(['again']));
    await second.kill();
  });
});
