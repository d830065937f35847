// Answers that are no event stream.
import {serve, type Served} from '../wire/serve.ts';
import {answer, checkUrl, type Fault, verify} from './fault.ts';
import type {Trial} from './trial.ts';

const html = {'content-type': 'text/html; charset=utf-8'};
const page = '<!doctype html><title>Maintenance</title><h1>Back soon</h1>';
const tokenRemedy =
  'check SWF_API_TOKEN (missing, wrong or expired); behind Apache: WSGIPassAuthorization On';
const redirectRemedy =
  'the Authorization header did not pass the proxy in front (Apache: WSGIPassAuthorization On), or SWF_MONITOR_PROD_URL is not the monitor';

/** The wait that the operator is told, ms, after the answer with this status. */
const waitAfter = (trial: Trial, status: number) =>
  trial
    .of('retrying')
    .filter(({reason}) => reason.startsWith(`HTTP ${status}`))
    .map(({at, retryAt}) => retryAt - at);

function redirect(status: 301 | 302, place: 'the same host' | 'another host'): Fault {
  let other: Served | undefined;
  const path = '/swf-monitor/accounts/login/';
  const host = place === 'another host' ? 'http://localhost:…' : '';
  return answer(
    `${status} to ${place}`,
    [status],
    {
      kind: 'refused',
      reason: `HTTP ${status}, redirect to ${host}${path}`,
      remedy: redirectRemedy,
    },
    {
      note: 'not followed: the other place gets neither a request nor the token',
      strike: async ({monitor}) => {
        other = await serve(response => response.end());
        const origin = host === '' ? '' : `http://localhost:${other.port}`;
        monitor.interceptStream = (_request, response) => {
          response.writeHead(status, {location: `${origin}${path}`}).end();
          return true;
        };
        monitor.endStreams();
      },
      after: trial => {
        verify(other?.requests.map(({headers}) => headers.authorization)).toEqual([]);
        verify(trial.paths.filter(asked => asked.includes('/login/'))).toEqual([]);
      },
    },
  );
}

export const answerFaults: readonly Fault[] = [
  answer('200 with HTML', [200, html, page], {
    reason: 'answered text/html; charset=utf-8, not an event stream',
    remedy: checkUrl,
  }),
  answer('204', [204], {reason: 'HTTP 204'}, {note: 'tried again all the same'}),
  redirect(301, 'the same host'),
  redirect(301, 'another host'),
  redirect(302, 'the same host'),
  redirect(302, 'another host'),
  answer(
    '401',
    [401, {'content-type': 'application/json'}, '{"detail": "Invalid token."}'],
    {kind: 'refused', reason: 'HTTP 401 (Invalid token.)', remedy: tokenRemedy},
    {note: 'tried at the slow pace of a refusal, for the token may come back'},
  ),
  answer('403', [403, html, page], {
    kind: 'refused',
    reason: 'HTTP 403',
    remedy: tokenRemedy,
  }),
  {
    name: 'token revoked in mid-stream',
    note: 'the server ends the stream and refuses the next one; another server takes the token',
    strike: ({monitor}) => monitor.revokeToken({endStreams: true}),
    words: ['LIVE', 'RETRYING', 'REFUSED'],
    says: {
      word: 'REFUSED',
      reason: 'HTTP 401 (Authentication credentials were not provided.)',
      remedy: tokenRemedy,
    },
    heal: trial => trial.replaceMonitor(),
  },
  {
    name: 'relay that tells of a refusal as an event',
    note: '200, then `event: error` with plain text, and the end',
    strike: ({monitor}) => {
      monitor.interceptStream = (_request, response) => {
        response.writeHead(200, {'content-type': 'text/event-stream'});
        response.end('event: error\ndata: upstream 401\n\n');
        return true;
      };
      monitor.endStreams();
    },
    words: ['LIVE', 'RETRYING', 'REFUSED'],
    says: {
      word: 'REFUSED',
      reason: 'the relay in front says: upstream 401',
      remedy: tokenRemedy,
    },
    heal: ({monitor}) => {
      monitor.interceptStream = undefined;
    },
  },
  answer('404', [404, html, page], {reason: 'HTTP 404, no stream there', remedy: checkUrl}),
  answer(
    '429 with Retry-After',
    [429, {'retry-after': '1'}],
    {reason: 'HTTP 429'},
    {
      note: 'Retry-After is obeyed',
      during: trial => verify(waitAfter(trial, 429)[0]).toBe(1000),
    },
  ),
  answer(
    '503 with Retry-After',
    [503, {'retry-after': '3600'}],
    {reason: 'HTTP 503'},
    {
      note: 'Retry-After of an hour is cut to the longest patience',
      setting: {timings: {longestRetryAfter: 500}},
      during: trial => verify(waitAfter(trial, 503)[0]).toBe(500),
    },
  ),
  answer('500', [500, html, page], {reason: 'HTTP 500'}),
  answer('502', [502, html, page], {reason: 'HTTP 502'}),
  answer(
    '503 without a channel layer',
    [503, {'content-type': 'application/json'}, '{"detail": "SSE not available"}'],
    {reason: 'HTTP 503 (SSE not available)'},
  ),
  answer(
    '503 in HTML from a proxy in front',
    [503, html, page],
    {reason: 'HTTP 503'},
    {
      note: 'REST is answered so too',
      strike: ({monitor}) => {
        monitor.intercept = (_request, response) => {
          response.writeHead(503, html).end(page);
          return true;
        };
        monitor.endStreams();
      },
      heal: ({monitor}) => {
        monitor.intercept = undefined;
      },
    },
  ),
];
