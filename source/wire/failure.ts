// Why an attempt to read from the monitor failed, in the operator's words, with what to do about
// it. Tables: one for HTTP answers, one for network and TLS errors.
import {sanitise} from './sanitise.ts';
import type {HttpResponse} from './transport.ts';

export interface Failure {
  /** `refused`: the server (or the proxy in front) will say the same again until somebody acts. */
  readonly kind: 'lost' | 'refused';
  readonly reason: string;
  readonly remedy: string | undefined;
  /** What the server asked for with Retry-After, in ms. */
  readonly retryAfter: number | undefined;
}

export function lost(reason: string, remedy?: string, retryAfter?: number): Failure {
  return {kind: 'lost', reason: sanitise(reason), remedy, retryAfter};
}

function refused(reason: string, remedy: string): Failure {
  return {kind: 'refused', reason: sanitise(reason), remedy, retryAfter: undefined};
}

const checkUrl = 'check SWF_MONITOR_PROD_URL';
const checkToken =
  'check SWF_API_TOKEN (missing, wrong or expired); behind Apache: WSGIPassAuthorization On';
const whatCompresses = 'is there a proxy that compresses what it passes on?';

/** What undici unpacks. */
const readableCodings = new Set(['', 'identity', 'gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

/** The failure that an HTTP answer is; undefined for a 200 with an event stream. */
export function responseFailure(
  answer: Pick<HttpResponse, 'status' | 'headers'>,
  detail: string,
  now: number,
): Failure | undefined {
  const {status, headers} = answer;
  const reason = statusReason(answer);
  const type = headers.get('content-type') ?? '';
  const said = detail === '' ? '' : ` (${detail})`;
  if (status === 200) {
    if (/^\s*text\/event-stream\s*(;|$)/i.test(type)) return codingFailure(headers);
    return lost(`answered ${type === '' ? 'without a type' : type}, not an event stream`, checkUrl);
  }
  if (status === 401 || status === 403) {
    return refused(`${reason}${said}`, checkToken);
  }
  if (status >= 300 && status < 400) {
    return refused(
      reason,
      'the Authorization header did not pass the proxy in front (Apache: WSGIPassAuthorization On), or SWF_MONITOR_PROD_URL is not the monitor',
    );
  }
  const retryAfter = retryAfterOf(headers.get('retry-after'), now);
  if (status === 404) return lost(`${reason}, no stream there`, checkUrl, retryAfter);
  if (status === 407) return lost(reason, proxyCredentials, retryAfter);
  return lost(`${reason}${said}`, undefined, retryAfter);
}

/** A stream that is compressed in a way that cannot be unpacked. */
function codingFailure(headers: HttpResponse['headers']): Failure | undefined {
  const codings = (headers.get('content-encoding') ?? '').split(',');
  const unknown = codings
    .map(one => one.trim())
    .find(one => !readableCodings.has(one.toLowerCase()));
  if (unknown === undefined) return undefined;
  return lost(`the stream is compressed by ${unknown}, which cannot be unpacked`, whatCompresses);
}

/**
 * The failure that a relay in front of the monitor tells in an `error` event of plain text, after it
 * has answered 200; undefined for every other event, also for a workflow message of that name.
 */
export function relayFailure(name: string, data: string): Failure | undefined {
  if (name !== 'error' || data.includes('"msg_type"')) return undefined;
  const reason = `the relay in front says: ${sanitise(data, 120)}`;
  return /\b40[13]\b/.test(data) ? refused(reason, checkToken) : lost(reason);
}

/** A stream that opened and brought no event in time, as behind a proxy that buffers. */
export const noEventFailure = (timeoutMs: number): Failure =>
  lost(
    `opened, but no event came within ${timeoutMs / 1000} s`,
    'is there a proxy that holds back what it should pass on? Else tell whoever runs the monitor',
  );

/** What an answer's status says, whatever was asked for. */
export function statusReason({status, headers}: Pick<HttpResponse, 'status' | 'headers'>): string {
  if (status === 407) return 'HTTP 407 from the proxy';
  if (status < 300 || status >= 400) return `HTTP ${status}`;
  return sanitise(`HTTP ${status}, redirect to ${headers.get('location') ?? 'an unnamed place'}`);
}

/** Retry-After is seconds or an HTTP date (RFC 9110, 10.2.3); in ms from now, never negative. */
function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const asSeconds = Number(header);
  const delay = Number.isFinite(asSeconds) ? asSeconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(delay) ? undefined : Math.max(0, delay);
}

const isItUp = 'is the monitor up, SWF_MONITOR_PROD_URL right?';
const checkProxy = 'check HTTPS_PROXY';
const proxyCredentials = 'put user:password into HTTPS_PROXY';
const trustFile = 'set REQUESTS_CA_BUNDLE to the file with the full certificate chain';

const noCertificate =
  'swfmon has none to show: ask whoever runs the monitor for an address that takes the token alone';
const brokenHandshake = [
  'the TLS handshake was broken off',
  `it may demand a client certificate: ${noCertificate}`,
] as const;

/** Network and TLS errors by message, code or name: what they mean, and what to do. */
const networkErrors = new Map<string, readonly [reason: string, remedy?: string]>(
  Object.entries({
    ECONNREFUSED: [
      'connection refused',
      'nothing listens there: is the monitor up, the URL right?',
    ],
    // Undici's words for an end before its time; its code for that has other uses.
    'other side closed': ['connection closed by the other side'],
    ECONNRESET: ['connection reset by the other side'],
    EPIPE: ['connection closed by the other side'],
    ETIMEDOUT: ['connection timed out'],
    UND_ERR_CONNECT_TIMEOUT: ['connection timed out'],
    UND_ERR_HEADERS_TIMEOUT: ['no answer in time'],
    'bad port': ['a port that no HTTP client connects to (WHATWG fetch)', checkUrl],
    HTTPParserError: ['no HTTP spoken there', checkUrl],
    Z_DATA_ERROR: ['the answer is compressed, and cannot be unpacked', whatCompresses],
    Z_BUF_ERROR: ['the answer is compressed, and ends too early', whatCompresses],
    EHOSTUNREACH: ['host unreachable'],
    ENETUNREACH: ['network unreachable'],
    ENETDOWN: ['network down'],
    ENOTFOUND: ['host name not found', checkUrl],
    EAI_AGAIN: ['name server does not answer'],
    EPROTO: ['no TLS spoken there', checkUrl],
    ERR_SSL_WRONG_VERSION_NUMBER: ['no TLS spoken there', checkUrl],
    ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: ['a client certificate is demanded', noCertificate],
    'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE': brokenHandshake,
    // As older OpenSSL calls it.
    ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: brokenHandshake,
    SELF_SIGNED_CERT_IN_CHAIN: ['certificate of an unknown authority', trustFile],
    DEPTH_ZERO_SELF_SIGNED_CERT: ['self-signed certificate', trustFile],
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['certificate of an unknown authority', trustFile],
    UNABLE_TO_GET_ISSUER_CERT: ['certificate of an unknown authority', trustFile],
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['certificate of an unknown authority', trustFile],
    CERT_HAS_EXPIRED: ['certificate has expired'],
    CERT_NOT_YET_VALID: ['certificate is not valid yet', 'is this machine’s clock right?'],
    ERR_TLS_CERT_ALTNAME_INVALID: ['certificate is for another host', checkUrl],
  }),
);

/** The failure that a thrown error is; codes are looked for down the chain of causes. */
export function networkFailure(error: unknown): Failure {
  let message = 'unknown error';
  for (let depth = 0, cause = error; depth < 8 && cause instanceof Error; depth += 1) {
    if (cause instanceof ProxyError) return proxyFailure(cause);
    const {code} = cause as {code?: unknown};
    const known = [cause.message, String(code), cause.name].find(key => networkErrors.has(key));
    if (known !== undefined) return lost(...networkErrors.get(known)!);
    message = cause.message || (typeof code === 'string' ? code : message);
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return lost(message);
}

/** What can be right again once the file of trusted certificates is read again. */
const trustErrors = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA$|PATH_LENGTH_)/;

/** Whether certificates, or credentials for the proxy, are the reason. */
export function isAboutAccess(error: unknown): boolean {
  for (let depth = 0, cause = error; depth < 8 && cause instanceof Error; depth += 1) {
    if (cause instanceof ProxyError && cause.status === 407) return true;
    if (trustErrors.test(String((cause as {code?: unknown}).code))) return true;
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return false;
}

/** What went wrong between here and the proxy, before there was a way to the monitor. */
export class ProxyError extends Error {
  /** Host and port, without credentials. */
  readonly proxy: string;
  /** What it answered when a tunnel was requested; undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(proxy: string, status: number | undefined, cause?: unknown) {
    super(`proxy ${proxy}`, {cause});
    this.proxy = proxy;
    this.status = status;
  }
}

/** What a proxy answers when it is asked for the way, where that says what to do. */
const proxyAnswers: Readonly<Record<number, readonly [says: string, remedy: string]>> = {
  407: ['demands credentials', proxyCredentials],
  502: ['does not reach the monitor', isItUp],
  503: ['does not reach the monitor', isItUp],
  504: ['does not reach the monitor', isItUp],
};

function proxyFailure({proxy, status, cause}: ProxyError): Failure {
  if (status === undefined) {
    const {reason, remedy} = networkFailure(cause);
    return lost(
      `no connection to the proxy ${proxy} (${reason})`,
      remedy === trustFile ? trustFile : checkProxy,
    );
  }
  const [says, remedy] = proxyAnswers[status] ?? ['does not give way to the monitor', checkProxy];
  return lost(`the proxy ${proxy} ${says} (HTTP ${status})`, remedy);
}
