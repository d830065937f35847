// What the doctor says of the monitor itself: its stream, status, REST, registration and clock.
import type {ServerResponse} from 'node:http';
import {describe, expect, it, onTestFinished, test} from 'vitest';
import {paths} from '../../source/wire/paths.ts';
import {startMonitor, type MonitorOptions} from '../../source/testbed/monitor.ts';
import {eventually} from '../eventually.ts';
import {serve, streamHead} from '../wire/serve.ts';
import {examined, inState, token} from './examined.ts';

async function started(options: MonitorOptions = {}) {
  const monitor = await startMonitor({token, ...options});
  onTestFinished(() => monitor.close());
  const environment = {SWF_MONITOR_PROD_URL: monitor.url};
  const asked = () => monitor.requests.map(({path}) => path.replace('/swf-monitor/', ''));
  return {monitor, environment, asked};
}

describe('a monitor that is well', () => {
  it('is found so', async () => {
    const {environment} = await started();
    const findings = await examined({environment});
    expect(inState(findings, 'ok')).toEqual(Object.keys(findings));
    expect(findings['stream']?.says).toMatch(
      /^the token is taken, the first event came after \d+ ms$/,
    );
    expect(findings['REST']?.says).toBe('answers: 0 executions run');
    expect(findings['clock']?.says).toBe("agrees with the monitor's to the second");
  });

  it('is asked for its status once, and beside an open stream', async () => {
    const {monitor, environment, asked} = await started();
    const open: number[] = [];
    monitor.intercept = ({url}) => {
      if (url?.endsWith(paths.streamStatus)) open.push(monitor.clients.length);
      return false;
    };
    await examined({environment});
    expect(open).toEqual([1]);
    expect(asked().indexOf(paths.stream)).toBeLessThan(asked().indexOf(paths.streamStatus));
    await eventually(() => expect(monitor.clients).toEqual([]));
  });

  it('is left without a receiver that stays', async () => {
    const {monitor, environment} = await started();
    await examined({environment});
    expect([...monitor.agents.keys()]).toEqual(['watch-1-doctor']);
    expect(monitor.agents.get('watch-1-doctor')).toMatchObject({
      agent_type: 'sse_receiver',
      operational_state: 'EXITED',
    });
  });

  it('is not registered with when that is not wanted', async () => {
    const {monitor, environment} = await started();
    const findings = await examined({environment, flags: {register: false}});
    expect(findings['registration']).toMatchObject({state: 'ok', says: 'not wanted'});
    expect(monitor.agents.size).toBe(0);
  });
});

type Answer = (response: ServerResponse) => unknown;
const status = (code: number, headers: Record<string, string> = {}) =>
  ((response: ServerResponse) => response.writeHead(code, headers).end()) satisfies Answer;

/** What is found of a stream that is answered so; everything else of the monitor is well. */
async function streamAnswered(answer: Answer, patience = {}) {
  const {monitor, environment, asked} = await started();
  monitor.interceptStream = (_request, response) => {
    answer(response);
    return true;
  };
  return {findings: await examined({environment, patience}), asked};
}

const tokenRemedy = /^check SWF_API_TOKEN/;
const operators = /^tell whoever runs the monitor/;

describe('a stream', () => {
  test.each<[string, Answer, string | RegExp, RegExp]>([
    ['401', status(401), 'HTTP 401', tokenRemedy],
    ['403', status(403), 'HTTP 403', tokenRemedy],
    [
      'a redirect',
      status(302, {location: 'https://login.example/'}),
      'HTTP 302, redirect to https://login.example/',
      /WSGIPassAuthorization On/,
    ],
    [
      'HTML',
      response => response.writeHead(200, {'content-type': 'text/html'}).end('<html>'),
      'answered text/html, not an event stream',
      /^check SWF_MONITOR_PROD_URL$/,
    ],
    [
      'the refusal that a relay tells',
      response => streamHead(response).end('event: error\ndata: upstream 401\n\n'),
      'the relay in front says: upstream 401',
      tokenRemedy,
    ],
    ['404', status(404), 'HTTP 404, no stream there', /^check SWF_MONITOR_PROD_URL$/],
    [
      'an end right after it was confirmed',
      response => streamHead(response).end('event: connected\ndata: {}\n\n'),
      /^ended right after its first event: /,
      operators,
    ],
  ])('that answers with %s', async (_name, answer, says, remedy) => {
    const {findings, asked} = await streamAnswered(answer);
    expect(findings['stream']).toMatchObject({
      state: 'failed',
      says: typeof says === 'string' ? says : expect.stringMatching(says),
      remedy: expect.stringMatching(remedy),
    });
    expect(inState(findings, 'failed')).toEqual(['stream']);
    expect(inState(findings, 'skipped')).toEqual(['status', 'clock']);
    expect(asked()).not.toContain(paths.streamStatus);
  });

  it('that opens and says nothing', async () => {
    const {findings} = await streamAnswered(streamHead, {firstEvent: 50});
    expect(findings['stream']).toMatchObject({
      state: 'failed',
      says: 'opened, but no event came within 0.05 s',
      remedy: expect.stringContaining('a proxy that holds back what it should pass on'),
    });
  });

  it('that does not answer', async () => {
    const {findings} = await streamAnswered(() => undefined, {answer: 200});
    expect(findings['stream']).toMatchObject({
      state: 'failed',
      says: 'no answer within 0.2 s',
      remedy: 'tell whoever runs the monitor',
    });
  });

  it('that refuses a wrong token', async () => {
    const {environment} = await started({token: 'another'});
    const findings = await examined({environment});
    expect(findings['stream']?.says).toBe(
      'HTTP 401 (Authentication credentials were not provided.)',
    );
    expect(findings['registration']).toMatchObject({state: 'failed', says: 'HTTP 403'});
    expect(findings['REST']?.state).toBe('ok');
  });
});

describe('what a monitor answers beside its stream', () => {
  async function answering(path: string, answer: Answer) {
    const {monitor, environment} = await started();
    monitor.intercept = ({url = ''}, response) => {
      if (!url.split('?')[0]!.endsWith(path)) return false;
      answer(response);
      return true;
    };
    return examined({environment, patience: {answer: 1000}});
  }

  it.each<[string, Answer, string]>([
    ['405', status(405), 'HTTP 405, as it may'],
    ['nothing', () => undefined, 'no answer within 1 s, as it may'],
  ])('is no failure when its status answers %s', async (_name, answer, says) => {
    const findings = await answering(paths.streamStatus, answer);
    expect(findings['status']).toMatchObject({state: 'ok', says});
  });

  it('is a failure when REST does not answer', async () => {
    const {REST} = await answering(paths.executions, status(500));
    expect(REST).toMatchObject({state: 'failed', says: expect.stringMatching(/^HTTP 500: /)});
  });

  it('is a failure when registration is refused', async () => {
    const findings = await answering(paths.heartbeat, status(403));
    expect(findings['registration']).toEqual({
      name: 'registration',
      state: 'failed',
      says: 'HTTP 403',
      remedy: 'check SWF_API_TOKEN; swfmon --no-register receives without it',
    });
  });
});

describe('the clock', () => {
  async function clockAt(skew: number) {
    const {origin} = await serve(response => {
      response.setHeader('date', new Date(Date.now() + skew).toUTCString());
      streamHead(response).write('event: connected\ndata: {}\n\n');
    });
    const findings = await examined({
      environment: {SWF_MONITOR_PROD_URL: origin},
      flags: {register: false},
      patience: {answer: 500},
    });
    return findings['clock'];
  }

  it('far from the monitor’s is worth a word', async () => {
    expect(await clockAt(-600_000)).toMatchObject({
      state: 'warning',
      says: expect.stringMatching(/^(599|600|601) s ahead of the monitor's: /),
      remedy: 'set the clock: timedatectl set-ntp true',
    });
    expect((await clockAt(600_000))?.says).toMatch(/^(599|600|601) s behind the monitor's: /);
  });

  it('is not told finer than the Date header’s second', async () => {
    expect((await clockAt(0))?.says).toBe("agrees with the monitor's to the second");
  });

  it('near it is in order', async () => {
    expect(await clockAt(3000)).toMatchObject({state: 'ok'});
  });
});
