// Registering: every field, every time.
import {expect, test} from 'vitest';
import {sendHeartbeat, type RegistrationState} from '../../source/wire/heartbeat.ts';
import {Secret} from '../../source/wire/secret.ts';
import {createTransport} from '../../source/http/transport.ts';
import type {Fetch} from '../../source/wire/transport.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';

const identity = {
  name: 'my-watch',
  description: 'a monitor',
  namespace: 'torre1' as string | undefined,
  hostname: 'host',
  pid: 4711,
};

async function bodyOf(state: RegistrationState, who = identity) {
  let sent: unknown;
  const spy: Fetch = (url, init) => {
    sent = {
      url: url.href,
      method: init?.method,
      type: new Headers(init?.headers).get('content-type'),
      body: JSON.parse(init?.body as string) as unknown,
    };
    return Promise.resolve(new Response('{}', {status: 201}));
  };
  await sendHeartbeat(spy, 'https://host/m', who, state, {timeout: 1000});
  return sent;
}

test.each([
  ['receiving', 'OK', 'PROCESSING'],
  ['disconnected', 'WARNING', 'READY'],
  ['exited', 'EXITED', 'EXITED'],
] as const)('%s is %s and %s, with all that the registry would blank', async (state, ...words) => {
  expect(await bodyOf(state)).toEqual({
    url: 'https://host/m/api/systemagents/heartbeat/',
    method: 'POST',
    type: 'application/json',
    body: {
      instance_name: 'my-watch',
      agent_type: 'sse_receiver',
      status: words[0],
      operational_state: words[1],
      description: 'a monitor',
      namespace: 'torre1',
      hostname: 'host',
      pid: 4711,
      mq_connected: false,
    },
  });
});

test('no namespace is sent as null', async () => {
  expect(await bodyOf('receiving', {...identity, namespace: undefined})).toMatchObject({
    body: {namespace: null},
  });
});

test('the monitor takes it with a token, and says why it does not without', async () => {
  const monitor = await startMonitor();
  const {origin} = new URL(monitor.url);
  const direct = {origin, caFile: undefined, proxy: undefined, noProxy: undefined};
  const options = {timeout: 30_000};
  const known = await createTransport({...direct, token: new Secret(monitor.token)});
  await sendHeartbeat(known, monitor.url, identity, 'receiving', options);
  await sendHeartbeat(known, monitor.url, identity, 'exited', options);
  expect(monitor.agents.get('my-watch')).toMatchObject({
    status: 'EXITED',
    operational_state: 'EXITED',
    description: 'a monitor',
    namespace: 'torre1',
  });
  const unknown = await createTransport({...direct, token: undefined});
  await expect(sendHeartbeat(unknown, monitor.url, identity, 'receiving', options)).rejects.toThrow(
    /^HTTP 40[13]/,
  );
  await monitor.close();
});
