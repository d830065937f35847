// Answers that are no stream: one end, with the reason and what to do about it.
import {describe, expect, test} from 'vitest';
import {Secret} from '../../source/wire/secret.ts';
import {createTransport} from '../../source/http/transport.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {listenTo} from '../wire/listen-to.ts';
import {freePort, serve, streamHead} from '../wire/serve.ts';

const json = {'content-type': 'application/json'};
const token = 'check SWF_API_TOKEN (missing, wrong or expired)';
const url = 'check SWF_MONITOR_PROD_URL';

describe('one end, without an opening', () => {
  test.each([
    [
      200,
      {'content-type': 'text/html'},
      '<h1>Log in</h1>',
      'lost',
      /text\/html, not an event/,
      url,
    ],
    [200, {}, 'x', 'lost', /^answered without a type, not an event stream$/, url],
    [204, {}, '', 'lost', /^HTTP 204$/, 'none'],
    [401, json, '{"detail": "Nobody there."}', 'refused', /^HTTP 401 \(Nobody there\.\)$/, token],
    [401, {}, '{"detail": "Nobody there."}', 'refused', /^HTTP 401$/, token],
    [403, json, '{"detail": "Not you."}', 'refused', /^HTTP 403 \(Not you\.\)$/, token],
    [404, {'content-type': 'text/html'}, 'no', 'lost', /^HTTP 404\b/, url],
    [500, {'content-type': 'text/html'}, '<h1>Oh</h1>', 'lost', /^HTTP 500$/, 'none'],
    [503, json, '{"detail": "No layer."}', 'lost', /^HTTP 503 \(No layer\.\)$/, 'none'],
  ] as const)('%i %j %s', async (status, headers, body, kind, reason, remedy) => {
    const server = await serve(response => response.writeHead(status, headers).end(body));
    const heard = listenTo(server.url);
    const end = await heard.end;
    expect(end.kind).toBe(kind);
    expect(end.reason).toMatch(reason);
    expect(end.remedy ?? 'none').toContain(remedy);
    expect(heard.calls).toEqual(['end']);
  });
});

test.each(['[]', 'null', '{"detail": 7}', '{"detail": ', '', '{"detail": ""}'])(
  'a refusal whose body is %j is quoted by its status alone',
  async body => {
    const server = await serve(response => response.writeHead(401, json).end(body));
    expect((await listenTo(server.url).end).reason).toBe('HTTP 401');
  },
);

test('what a refusal says is made safe for the terminal, and short', async () => {
  const detail = `\u001b[2J\u202e${'x'.repeat(1000)}`;
  const server = await serve(response =>
    response.writeHead(401, json).end(JSON.stringify({detail})),
  );
  const {reason} = await listenTo(server.url).end;
  expect(reason).toMatch(/^HTTP 401 \(\u241b\[2J\ufffdx+…\)$/);
  expect(reason.length).toBeLessThan(140);
});

test('a refusal whose body never ends is an end all the same', async () => {
  const server = await serve(response => response.writeHead(401, json).flushHeaders());
  expect((await listenTo(server.url).end).reason).toBe('HTTP 401');
});

describe('Retry-After', () => {
  test.each([429, 503])('in seconds, on %i', async status => {
    const server = await serve(response => response.writeHead(status, {'retry-after': '7'}).end());
    expect(await listenTo(server.url).end).toMatchObject({kind: 'lost', retryAfter: 7000});
  });

  test('as a date', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const server = await serve(response => response.writeHead(503, {'retry-after': date}).end());
    const {retryAfter} = await listenTo(server.url).end;
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(3_600_000);
  });
});

test.each([301, 302, 307, 308])('a %i is not followed, and the token stays here', async status => {
  const elsewhere = await serve(response => response.end());
  const location = `${elsewhere.origin}/login`;
  const server = await serve(response => response.writeHead(status, {location}).end());
  const transport = await createTransport({
    origin: server.origin,
    token: new Secret('s3cret'),
    caFile: undefined,
    proxy: undefined,
    noProxy: undefined,
  });
  const end = await listenTo(server.url, {fetch: transport}).end;
  expect(end).toMatchObject({
    kind: 'refused',
    reason: `HTTP ${status}, redirect to ${location}`,
    remedy: expect.stringContaining('Authorization') as unknown,
  });
  expect(server.requests[0]!.headers.authorization).toBe('Token s3cret');
  expect([server.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
});

test('the monitor quotes itself when it refuses', async () => {
  const monitor = await startMonitor();
  const end = await listenTo(new URL(`${monitor.url}/api/messages/stream/`)).end;
  await monitor.close();
  expect(end.reason).toBe('HTTP 401 (Authentication credentials were not provided.)');
});

test('nobody listening is a refused connection', async () => {
  const heard = listenTo(new URL(`http://127.0.0.1:${await freePort()}/`));
  expect(await heard.end).toMatchObject({kind: 'lost', reason: 'connection refused'});
  expect(heard.calls).toEqual(['end']);
});

test('a server that hangs up without an answer is an end', async () => {
  const server = await serve(response => response.socket!.destroy());
  expect((await listenTo(server.url).end).reason).toBe('connection closed by the other side');
});

describe('a relay in front that answers 200 and tells of a refusal as an event', () => {
  const relayed = (data: string) =>
    serve(response => streamHead(response).write(`event: error\ndata: ${data}\n\ndata: more\n\n`));

  test.each([
    ['upstream 401', 'refused', token],
    ['{"error": "HTTP 403 from the monitor"}', 'refused', token],
    ['upstream connect failed', 'lost', 'none'],
    ['upstream 4010', 'lost', 'none'],
  ])('%s', async (data, kind, remedy) => {
    const heard = listenTo((await relayed(data)).url);
    const end = await heard.end;
    expect(end).toMatchObject({kind, reason: `the relay in front says: ${data}`});
    expect(end.remedy ?? 'none').toContain(remedy);
    expect(heard.calls).toEqual(['open', 'end']);
  });

  test('what it says is made safe for the terminal, and short', async () => {
    const {reason} = await listenTo((await relayed(`\u001b[2J${'x'.repeat(1000)}`)).url).end;
    expect(reason).toMatch(/^the relay in front says: \u241b\[2Jx+…$/);
    expect(reason.length).toBeLessThan(160);
  });

  test('a workflow message of that name is a message, also one that no parser takes', async () => {
    const server = await serve(response =>
      streamHead(response).end('event: error\ndata: {"msg_type": "error", "x": NaN}\n\n'),
    );
    const heard = listenTo(server.url);
    await heard.end;
    expect(heard.calls).toEqual(['open', 'event', 'end']);
  });
});
