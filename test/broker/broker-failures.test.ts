// Brokers that are not there, refuse, fall silent or say too much: each has a reason, none holds us.
import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {BrokerError} from '../../source/broker/broker-error.ts';
import type {BrokerOptions} from '../../source/broker/broker-options.ts';
import {openBrokerSession} from '../../source/broker/broker-session.ts';
import {subscribeToBroker} from '../../source/broker/broker-subscription.ts';
import {maxFrame} from '../../source/broker/stomp-socket.ts';
import {eventually} from '../eventually.ts';
import {freePort} from '../wire/serve.ts';
import {stompServer, welcome} from './stomp-server.ts';

/** The reason why a message could not be sent. */
async function failureOf(options: BrokerOptions): Promise<BrokerError> {
  try {
    const session = await openBrokerSession(options);
    await session.send('/topic/epictopic', 'x');
  } catch (error) {
    expect(error).toBeInstanceOf(BrokerError);
    expect(inspect(error)).not.toContain('hunter2');
    return error as BrokerError;
  }
  return expect.fail('it was sent');
}

test('connects as the agents do: user, password, host, and text without a length', async () => {
  const {options, frames} = await stompServer(welcome);
  const session = await openBrokerSession(options);
  await session.send('/topic/epictopic', '{"a": "é"}');
  await session.close();
  const [connect, send, disconnect] = frames;
  expect(connect).toMatchObject({
    command: 'CONNECT',
    headers: {login: 'me', passcode: 'hunter2', host: '127.0.0.1', 'heart-beat': '10000,10000'},
  });
  expect(send).toMatchObject({command: 'SEND', body: '{"a": "é"}'});
  expect(send?.headers).toEqual({destination: '/topic/epictopic', receipt: 'message-1'});
  expect(disconnect?.command).toBe('DISCONNECT');
});

test('nothing listens there', async () => {
  const {options} = await stompServer(welcome);
  expect(await failureOf({...options, port: await freePort()})).toMatchObject({
    message: 'connection refused',
    remedy: expect.stringContaining('ACTIVEMQ_PORT') as unknown,
  });
});

test('its name is unknown', async () => {
  const {options} = await stompServer(welcome);
  const {remedy} = await failureOf({...options, host: 'broker.invalid'});
  expect(remedy).toBe('check ACTIVEMQ_HOST');
});

test('it never answers', async () => {
  const {options, sockets} = await stompServer(() => undefined);
  expect(await failureOf(options)).toMatchObject({
    message: 'no answer from the broker within 1 s',
    remedy: expect.stringContaining('ACTIVEMQ_USE_SSL') as unknown,
  });
  await eventually(() => expect(sockets.size).toBe(0));
});

test('it never confirms a message', async () => {
  const {options} = await stompServer((frame, socket) => {
    if (frame.command === 'CONNECT') welcome(frame, socket);
  });
  expect((await failureOf(options)).message).toBe('no answer from the broker within 1 s');
});

test('it closes without a word', async () => {
  const {options} = await stompServer((_frame, socket) => socket.end());
  expect((await failureOf(options)).message).toBe(
    'the connection was closed before the broker answered',
  );
});

test('it closes instead of confirming', async () => {
  const {options} = await stompServer((frame, socket) => {
    if (frame.command === 'SEND') socket.end();
    else welcome(frame, socket);
  });
  expect((await failureOf(options)).message).toBe('the broker closed the connection');
});

test('it refuses a message; what it says is made safe', async () => {
  const {options} = await stompServer((frame, socket) => {
    if (frame.command === 'SEND') socket.write('ERROR\nmessage:no right \u001b[31m to write\n\n\0');
    else welcome(frame, socket);
  });
  expect(await failureOf(options)).toMatchObject({
    message: 'the broker refuses: no right \u241b[31m to write',
    remedy: undefined,
  });
});

test('a frame without an end is cut off', async () => {
  const {options} = await stompServer((frame, socket) => {
    if (frame.command === 'SEND') socket.write(`MESSAGE\n\n${'x'.repeat(maxFrame)}`);
    else welcome(frame, socket);
  });
  const {message} = await failureOf({...options, patience: 60_000});
  expect(message).toBe('a frame larger than 8 MB');
});

test('a subscription tells of each end and goes on', async () => {
  let isOpen = false;
  const {options, sockets} = await stompServer((frame, socket) => {
    if (isOpen) welcome(frame, socket);
    else socket.write('ERROR\nmessage:not yet\n\n\0');
  });
  const downs: string[] = [];
  let ups = 0;
  const subscription = await subscribeToBroker(options, '/topic/epictopic', {
    onUp: () => (ups += 1),
    onDown: ({message}) => downs.push(message),
    onMessage: () => undefined,
  });
  await eventually(() => expect(downs).toEqual(['the broker refuses: not yet']));
  isOpen = true;
  await eventually(() => expect(ups).toBe(1));
  for (const socket of sockets) socket.destroy();
  await eventually(() => expect(ups).toBe(2));
  await subscription.stop();
  expect(downs.slice(1)).toEqual(['the broker closed the connection']);
  await eventually(() => expect(sockets.size).toBe(0));
});

test('a subscription is stopped while it waits for the next attempt', async () => {
  const {options} = await stompServer(welcome);
  const downs: string[] = [];
  const subscription = await subscribeToBroker(
    {...options, port: await freePort()},
    '/topic/epictopic',
    {
      onUp: () => undefined,
      onDown: ({message}) => downs.push(message),
      onMessage: () => undefined,
    },
  );
  await eventually(() => expect(downs).toEqual(['connection refused']));
  await subscription.stop();
});
