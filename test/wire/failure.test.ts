// Answers and errors in the operator's words.
import {describe, expect, test} from 'vitest';
import {
  lost,
  networkFailure,
  ProxyError,
  responseFailure,
  statusReason,
} from '../../source/wire/failure.ts';
import {hostAndPort} from '../../source/http/proxy.ts';
import {unsafe} from './unsafe.ts';

const now = Date.UTC(2026, 10, 23, 12, 0, 0);
const failureOf = (status: number, headers: Record<string, string> = {}, detail = '') =>
  responseFailure({status, headers: new Headers(headers)}, detail, now);

describe('a stream is 200 with its type', () => {
  test.each(['text/event-stream', 'text/event-stream; charset=utf-8', 'TEXT/Event-Stream ;q'])(
    '%s',
    type => {
      expect(failureOf(200, {'content-type': type})).toBeUndefined();
    },
  );

  test.each(['text/event-streams', 'application/json', 'x text/event-stream'])(
    'and %s is none',
    type => {
      expect(failureOf(200, {'content-type': type})).toMatchObject({
        kind: 'lost',
        reason: `answered ${type}, not an event stream`,
      });
    },
  );

  test('no other status is one, whatever its type', () => {
    for (const status of [201, 204, 206, 302, 401, 500]) {
      expect(failureOf(status, {'content-type': 'text/event-stream'})).toBeDefined();
    }
  });
});

describe('what will be the same until somebody acts is refused, all else is lost', () => {
  test.each([
    [301, 'refused'],
    [302, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'lost'],
    [405, 'lost'],
    [407, 'lost'],
    [429, 'lost'],
    [500, 'lost'],
    [502, 'lost'],
    [503, 'lost'],
    [504, 'lost'],
  ])('%i: %s', (status, kind) => {
    const failure = failureOf(status, {}, 'because')!;
    expect(failure.kind).toBe(kind);
    expect(failure.reason).toContain(String(status));
  });

  test('a redirect names its target, or that it has none', () => {
    expect(failureOf(302, {location: '/login/'})!.reason).toBe('HTTP 302, redirect to /login/');
    expect(failureOf(302)!.reason).toBe('HTTP 302, redirect to an unnamed place');
  });
});

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7000],
    [' 120 ', 120_000],
    ['-5', 0],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    ['Infinity', undefined],
  ])('%j is %j ms', (value, expected) => {
    for (const status of [404, 429, 503]) {
      expect(failureOf(status, {'retry-after': value})!.retryAfter).toBe(expected);
    }
  });

  test('a missing one is undefined', () => {
    expect(failureOf(503)!.retryAfter).toBeUndefined();
  });
});

describe('network errors', () => {
  const coded = (code: string, message = 'raw') => Object.assign(new Error(message), {code});

  test.each([
    ['ECONNREFUSED', 'connection refused', /monitor up/],
    ['ECONNRESET', 'connection reset by the other side', undefined],
    ['ENOTFOUND', 'host name not found', /SWF_MONITOR_PROD_URL/],
    ['EAI_AGAIN', 'name server does not answer', undefined],
    ['ETIMEDOUT', 'connection timed out', undefined],
    ['EPROTO', 'no TLS spoken there', /SWF_MONITOR_PROD_URL/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'no TLS spoken there', /SWF_MONITOR_PROD_URL/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate of an unknown authority', /REQUESTS_CA_BUNDLE/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', /REQUESTS_CA_BUNDLE/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate of an unknown authority', /CA_BUNDLE/],
    ['CERT_HAS_EXPIRED', 'certificate has expired', undefined],
    ['CERT_NOT_YET_VALID', 'certificate is not valid yet', /clock/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate is for another host', /PROD_URL/],
    ['UND_ERR_CONNECT_TIMEOUT', 'connection timed out', undefined],
    ['UND_ERR_HEADERS_TIMEOUT', 'no answer in time', undefined],
    ['Z_DATA_ERROR', 'the answer is compressed, and cannot be unpacked', /compresses/],
    [
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'a client certificate is demanded',
      /the token alone/,
    ],
    [
      'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
      'the TLS handshake was broken off',
      /client certificate/,
    ],
  ])('%s', (code, reason, remedy) => {
    const failure = networkFailure(new TypeError('fetch failed', {cause: coded(code)}));
    expect(failure).toMatchObject({kind: 'lost', reason, retryAfter: undefined});
    expect(failure.remedy ?? 'none').toMatch(remedy ?? /^none$/);
  });

  test('an end before its time', () => {
    const cause = coded('UND_ERR_SOCKET', 'other side closed');
    const {reason} = networkFailure(new TypeError('terminated', {cause}));
    expect(reason).toBe('connection closed by the other side');
  });

  test('of several tries the first counts', () => {
    const several = new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')], '');
    expect(networkFailure(new Error('x', {cause: several})).reason).toBe('network unreachable');
  });

  test('an unknown code: the innermost words', () => {
    const error = new Error('fetch failed', {cause: coded('EODD', 'oddly broken')});
    expect(networkFailure(error).reason).toBe('oddly broken');
    expect(networkFailure(coded('EODD', '')).reason).toBe('EODD');
  });

  test.each([undefined, null, 'text', {code: 'ECONNRESET'}, new Error('')])('%j', error => {
    expect(networkFailure(error).reason).toBe('unknown error');
  });

  test('causes that go in a circle end', () => {
    const error = new Error('round');
    error.cause = error;
    expect(networkFailure(error).reason).toBe('round');
  });

  describe('of a proxy name it', () => {
    const proxy = 'squid.example:3128';
    const failureOfProxy = (status: number | undefined, cause?: unknown) =>
      networkFailure(new Error('fetch failed', {cause: new ProxyError(proxy, status, cause)}));

    test.each([
      [407, `the proxy ${proxy} demands credentials (HTTP 407)`, /user:password into HTTPS_PROXY/],
      [502, `the proxy ${proxy} does not reach the monitor (HTTP 502)`, /monitor up/],
      [503, `the proxy ${proxy} does not reach the monitor (HTTP 503)`, /monitor up/],
      [403, `the proxy ${proxy} does not give way to the monitor (HTTP 403)`, /HTTPS_PROXY/],
    ])('that answers %i', (status, reason, remedy) => {
      expect(failureOfProxy(status)).toMatchObject({kind: 'lost', reason});
      expect(failureOfProxy(status).remedy).toMatch(remedy);
    });

    test.each([
      ['ECONNREFUSED', 'connection refused', 'check HTTPS_PROXY'],
      ['ENOTFOUND', 'host name not found', 'check HTTPS_PROXY'],
      ['EPIPE', 'connection closed by the other side', 'check HTTPS_PROXY'],
      ['EPROTO', 'no TLS spoken there', 'check HTTPS_PROXY'],
      [
        'DEPTH_ZERO_SELF_SIGNED_CERT',
        'self-signed certificate',
        'set REQUESTS_CA_BUNDLE to the file with the full certificate chain',
      ],
    ])('that cannot be reached: %s', (code, why, remedy) => {
      expect(failureOfProxy(undefined, coded(code))).toMatchObject({
        kind: 'lost',
        reason: `no connection to the proxy ${proxy} (${why})`,
        remedy,
      });
    });
  });
});

test.each([
  ['http://user:password@squid.example:3128', 'squid.example:3128'],
  ['http://squid.example', 'squid.example:80'],
  ['https://user@squid.example/', 'squid.example:443'],
  ['http://[::1]:3128', '[::1]:3128'],
])('a proxy’s name: %s', (url, name) => {
  expect(hostAndPort(new URL(url))).toBe(name);
});

test.each([
  [404, {}, 'HTTP 404'],
  [500, {}, 'HTTP 500'],
  [407, {}, 'HTTP 407 from the proxy'],
  [302, {location: '/login/'}, 'HTTP 302, redirect to /login/'],
])('a status in words that hold for any request: %i', (status, headers, reason) => {
  expect(statusReason({status, headers: new Headers(headers)})).toBe(reason);
});

test('an answer without a stream says so', () => {
  expect(failureOf(404)).toMatchObject({
    reason: 'HTTP 404, no stream there',
    remedy: 'check SWF_MONITOR_PROD_URL',
  });
});

test('a reason is safe for the terminal', () => {
  const bad = '\u001b]0;owned\u0007\u202e';
  const reasons = [
    lost(bad).reason,
    networkFailure(new Error(bad)).reason,
    failureOf(500, {}, bad)!.reason,
    failureOf(401, {}, bad)!.reason,
  ];
  for (const reason of reasons) expect(reason).not.toMatch(unsafe);
});
