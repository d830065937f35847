// What `send` and `serve` run with, and that the other commands do not mind what is theirs.
import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {loadSettings, type Environment, type Flags} from '../../source/settings/settings.ts';
import {
  loadProbeSettings,
  loadSendSettings,
  loadServeSettings,
} from '../../source/settings/testbed-settings.ts';

const account: Environment = {SWF_SSE_RECEIVER_NAME: 'me', SWF_API_TOKEN: 's3cret'};
const sending = (environment: Environment = {}, flags: Flags = {}) =>
  loadSendSettings({environment, flags});
const serving = (environment: Environment = {}, flags: Flags = {}) =>
  loadServeSettings({environment, flags});

describe('sending', () => {
  test('the defaults are those of the testbed’s agents', () => {
    const {broker, ...rest} = sending();
    expect(rest).toEqual({
      namespace: undefined,
      isOneshot: false,
      interval: 30,
      isJson: false,
      time: 'local',
    });
    const {password, ...place} = broker;
    expect(place).toEqual({
      host: undefined,
      port: 61_612,
      user: 'admin',
      hasTls: false,
      caFile: undefined,
      topic: '/topic/epictopic',
    });
    expect(password.reveal()).toBe('admin');
  });

  test('the variables of the testbed', () => {
    const settings = sending({
      ACTIVEMQ_HOST: 'broker',
      ACTIVEMQ_PORT: '61613',
      ACTIVEMQ_USER: 'me',
      ACTIVEMQ_PASSWORD: 'hunter2',
      ACTIVEMQ_USE_SSL: 'True',
      ACTIVEMQ_SSL_CA_CERTS: 'ca.pem',
      SWF_SENDER_ONESHOT: 'yes',
      SWF_SENDER_BATCH_INTERVAL: '5',
    });
    expect(settings).toMatchObject({
      isOneshot: true,
      interval: 5,
      broker: {host: 'broker', port: 61_613, user: 'me', hasTls: true, caFile: 'ca.pem'},
    });
    expect(settings.broker.password.reveal()).toBe('hunter2');
    expect(inspect(settings, {depth: 5})).not.toContain('hunter2');
  });

  test.each(['1', 'true', 'TRUE', 'yes', 'on'])('%s is yes', word => {
    expect(sending({SWF_SENDER_ONESHOT: word}).isOneshot).toBe(true);
  });
  test.each(['0', 'False', 'no', 'off', ''])('%j is no', word => {
    expect(sending({SWF_SENDER_ONESHOT: word}).isOneshot).toBe(false);
  });

  test('flags go over variables', () => {
    const settings = sending(
      {ACTIVEMQ_HOST: 'a', ACTIVEMQ_USE_SSL: 'true', SWF_SENDER_ONESHOT: '1'},
      {brokerHost: 'b', brokerTls: false, oneshot: false, interval: 1, json: true},
    );
    expect(settings).toMatchObject({
      broker: {host: 'b', hasTls: false},
      isOneshot: false,
      interval: 1,
      isJson: true,
    });
  });

  test('the probe needs a token, and no name', () => {
    expect(() => loadProbeSettings({})).toThrow('SWF_API_TOKEN must be set');
    const {monitor, wait} = loadProbeSettings({environment: {SWF_API_TOKEN: 's3cret'}});
    expect([monitor.token.reveal(), wait]).toEqual(['s3cret', 30]);
  });
});

describe('serving', () => {
  test('the defaults: this machine alone, no broker, a token of its own', () => {
    expect(serving()).toEqual({
      broker: undefined,
      host: '127.0.0.1',
      port: 8002,
      basePath: '/swf-monitor',
      tls: undefined,
      token: undefined,
      isSimulating: false,
      time: 'local',
    });
  });

  test('a broker where one is named', () => {
    expect(serving({ACTIVEMQ_HOST: 'broker'}).broker).toMatchObject({host: 'broker', port: 61_612});
  });

  test.each(['127.0.0.1', '127.9.9.9', 'localhost', '::1'])('%s needs no TLS', host => {
    expect(serving({}, {host}).host).toBe(host);
  });
  test.each(['0.0.0.0', '::', '10.0.0.1', 'host', '127.0.0.1.example'])('%s needs it', host => {
    expect(() => serving({}, {host})).toThrow('the token would travel in the open');
    expect(serving({}, {host, plainHttp: true}).host).toBe(host);
    const tls = {cert: 'a', key: 'b'};
    expect(serving({}, {host, tlsCert: 'a', tlsKey: 'b'}).tls).toEqual(tls);
  });

  test.each([
    ['/', ''],
    ['/m/', '/m'],
    ['/a/b', '/a/b'],
  ])('a base path of %s is "%s"', (given, basePath) => {
    expect(serving({}, {basePath: given}).basePath).toBe(basePath);
  });
});

test('what is wrong with a variable of the broker does not matter to a receiver', () => {
  const broken = {ACTIVEMQ_PORT: 'x', ACTIVEMQ_USE_SSL: 'x', SWF_SENDER_BATCH_INTERVAL: 'x'};
  expect(loadSettings({environment: {...account, ...broken}}, true).name).toBe('me');
  expect(() => sending(broken)).toThrow(/^ACTIVEMQ_PORT/);
  expect(() => serving(broken)).toThrow(/^ACTIVEMQ_PORT/);
});

test('nor does what is wrong with a receiver’s matter to them', () => {
  const broken = {SWF_MONITOR_PROD_URL: 'x', HTTPS_PROXY: 'socks5://x'};
  expect(sending(broken).interval).toBe(30);
  expect(serving(broken).port).toBe(8002);
});
