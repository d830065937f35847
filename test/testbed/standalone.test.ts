// The monitor on its own: messages from outside, who listens, what was dropped, and what REST makes
// of it.
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {connect} from 'node:net';
import {hostname} from 'node:os';
import {urlHost} from '../../source/testbed/monitor.ts';
import {maxBody} from '../../source/testbed/request-body.ts';
import {isFromHere, startStandalone, type Standalone} from '../../source/testbed/standalone.ts';
import type {SubscriberNews} from '../../source/testbed/stream-hub.ts';
import {eventually} from '../eventually.ts';
import {openStream} from './open-stream.ts';

let standalone: Standalone;
let news: SubscriberNews[];
beforeEach(async () => {
  news = [];
  standalone = await startStandalone({onSubscriber: one => news.push(one)});
});
afterEach(() => standalone.monitor.close());

interface Asked extends Omit<RequestInit, 'headers'> {
  readonly headers?: Readonly<Record<string, string>>;
}
const ask = (path: string, {headers = {}, ...init}: Asked = {}) => {
  const {url, token} = standalone.monitor;
  return fetch(`${url}/api/${path}`, {
    ...init,
    headers: {authorization: `Token ${token}`, ...headers},
  });
};
const read = async (path: string): Promise<unknown> => (await ask(path)).json();
const post = (message: unknown, headers: Record<string, string> = {}) =>
  ask('messages/', {
    method: 'POST',
    headers,
    body: typeof message === 'string' ? message : JSON.stringify(message),
  });

describe('a message over HTTP', () => {
  it('goes to the streams that ask for it, and says to how many', async () => {
    const [all, others] = [
      await openStream(standalone.monitor),
      await openStream(standalone.monitor, '?msg_types=other'),
    ];
    const response = await post({msg_type: 'mine', run_id: '7', note: 'é'});
    expect([response.status, await response.json()]).toEqual([201, {receivers: 1}]);
    await eventually(() => expect(all.messages()).toHaveLength(1));
    expect(all.messages()[0]?.name).toBe('mine');
    expect(JSON.parse(all.messages()[0]!.data)).toMatchObject({
      msg_type: 'mine',
      run_id: '7',
      note: 'é',
      queue_name: 'epictopic',
    });
    expect(others.messages()).toEqual([]);
    expect(standalone.monitor.published).toBe(1);
  });

  it.each([
    ['{', 400, {detail: 'JSON parse error'}],
    ['[]', 400, {detail: 'JSON parse error'}],
    ['{"run_id": "7"}', 400, {msg_type: ['This field is required.']}],
    [`"${'x'.repeat(maxBody)}"`, 413, {detail: `Request body larger than ${maxBody} bytes.`}],
  ])('%# is refused when it is none', async (body, status, answer) => {
    const response = await post(body);
    expect([response.status, await response.json()]).toEqual([status, answer]);
    expect(standalone.monitor.published).toBe(0);
  });

  it('needs the token', async () => {
    const response = await post({msg_type: 'x'}, {authorization: 'Token wrong'});
    expect(response.status).toBe(403);
    expect(standalone.monitor.published).toBe(0);
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::ffff:10.127.0.1', false],
  ['::10', false],
])('whether %s is this machine: %s', (remoteAddress, isHere) => {
  expect(isFromHere({remoteAddress})).toBe(isHere);
});

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '[::1]'],
  ['localhost', 'localhost'],
  ['0.0.0.0', hostname()],
  ['::', hostname()],
])('listening at %s it is found at %s', (host, found) => {
  expect(urlHost(host)).toBe(found);
});

it('takes text from elsewhere, and says why not', () => {
  expect(standalone.take('{"msg_type": "x"}')).toBeUndefined();
  for (const text of ['', '{', '[]', '3', 'null']) {
    expect(standalone.take(text)).toBe('no JSON object');
  }
  expect(standalone.take('{}')).toBe('without msg_type');
  expect(standalone.monitor.published).toBe(1);
});

it('says who listens, and forgets who has left', async () => {
  const stream = await openStream(standalone.monitor, '?run_ids=7');
  const {id} = standalone.monitor.clients[0]!;
  const filter = {run_ids: ['7']};
  expect(await read('messages/stream/status/')).toEqual({
    connected_clients: 1,
    client_ids: [id],
    client_filters: {[id]: filter},
  });
  stream.close();
  await eventually(async () =>
    expect(await read('messages/stream/status/')).toMatchObject({connected_clients: 0}),
  );
  expect(news.map(({kind, open}) => [kind, open])).toEqual([
    ['came', 1],
    ['left', 0],
  ]);
});

it('counts what a slow reader loses, and tells of it once', async () => {
  const slow = await openStream(standalone.monitor);
  slow.pause();
  const [client] = standalone.monitor.clients;
  const text = JSON.stringify({msg_type: 'x', filler: 'x'.repeat(16_384)});
  for (let count = 0; count < 1000; count += 1) standalone.take(text);
  expect(client!.dropped).toBeGreaterThan(0);
  expect(await read('subscribers/')).toMatchObject([
    {
      subscriber_name: client!.name,
      client_ip: '127.0.0.1',
      messages_sent: client!.sent,
      messages_dropped: client!.dropped,
    },
  ]);
  expect(news.map(({kind}) => kind)).toEqual(['came', 'slow']);
});

describe('executions that no runner records', () => {
  const message = (type: string, id: unknown = 'one') => ({
    msg_type: type,
    execution_id: id,
    namespace: 'torre1',
    run_id: '7',
    sender: 'daq-1',
  });

  it('run from the first message that names them to end_run', async () => {
    await post(message('run_imminent'));
    expect(await read('workflow-executions/?status=running')).toMatchObject([
      {execution_id: 'one', namespace: 'torre1', executed_by: 'daq-1', end_time: null},
    ]);
    await post(message('stf_gen'));
    await post(message('end_run'));
    await post(message('stf_gen'));
    expect(await read('workflow-executions/?status=running')).toEqual([]);
    expect(await read('workflow-executions/one/')).toMatchObject({
      status: 'completed',
      end_time: expect.any(String) as unknown,
    });
    expect(await read('workflow-messages/?execution_id=one')).toHaveLength(4);
    expect(await read('run-states/7/')).toMatchObject({phase: 'completed'});
  });

  it.each([null, '', 7])('are none where the message names %j', async id => {
    await post(message('run_imminent', id));
    expect(await read('workflow-executions/')).toEqual([]);
  });
});

it('lists the agents that registered', async () => {
  const body = {instance_name: 'a', agent_type: 'DATA', status: 'OK'};
  const headers = {'content-type': 'application/json'};
  await ask('systemagents/heartbeat/', {method: 'POST', headers, body: JSON.stringify(body)});
  expect(await read('systemagents/')).toMatchObject([body]);
});

it('answers a request whose address makes no URL', async () => {
  const {port} = standalone.monitor;
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => (said += text));
  socket.write('OPTIONS * HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n');
  await eventually(() => expect(said).toMatch(/^HTTP\/1\.1 400 /));
  socket.destroy();
});
