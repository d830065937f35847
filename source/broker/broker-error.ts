// Why the broker cannot be used, in the operator's words, with what to do about it.
import {networkFailure} from '../wire/failure.ts';
import {sanitise} from '../wire/sanitise.ts';

export class BrokerError extends Error {
  /** What to check or to type, where there is something. */
  readonly remedy: string | undefined;

  constructor(reason: string, remedy?: string) {
    super(sanitise(reason, 200));
    this.name = 'BrokerError';
    this.remedy = remedy;
  }
}

const checkPlace = 'is the broker up, are ACTIVEMQ_HOST and ACTIVEMQ_PORT (its STOMP port) right?';
const checkTls = 'is ACTIVEMQ_PORT the STOMP port, and ACTIVEMQ_USE_SSL right for it?';
const checkTrust = 'set ACTIVEMQ_SSL_CA_CERTS to the file with the authority that signed it';

/** By the code of a network or TLS error. */
const remedies: Readonly<Record<string, string>> = {
  ECONNREFUSED: checkPlace,
  EHOSTUNREACH: checkPlace,
  ENETUNREACH: checkPlace,
  ETIMEDOUT: checkPlace,
  ENOTFOUND: 'check ACTIVEMQ_HOST',
  EAI_AGAIN: 'check ACTIVEMQ_HOST',
  ECONNRESET: checkTls,
  EPROTO: checkTls,
  ERR_SSL_WRONG_VERSION_NUMBER: checkTls,
  SELF_SIGNED_CERT_IN_CHAIN: checkTrust,
  DEPTH_ZERO_SELF_SIGNED_CERT: checkTrust,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: checkTrust,
  UNABLE_TO_GET_ISSUER_CERT: checkTrust,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: checkTrust,
  ERR_TLS_CERT_ALTNAME_INVALID: 'name the broker in ACTIVEMQ_HOST as its certificate does',
};

/** What a socket's error means. */
export function socketError(error: Error): BrokerError {
  const {code = ''} = error as NodeJS.ErrnoException;
  return new BrokerError(networkFailure(error).reason, remedies[code]);
}

/** What the message of an ERROR frame means; credentials are told from the rest by its words. */
export function refusal(message: string | undefined, isConnected: boolean): BrokerError {
  const said = message ? `: ${message}` : '';
  const isAboutUser = !isConnected && /password|user|credential|authenti|security/i.test(said);
  return new BrokerError(
    `the broker refuses${said}`,
    isAboutUser ? 'check ACTIVEMQ_USER and ACTIVEMQ_PASSWORD' : undefined,
  );
}

/** @param patience in ms. */
export function noAnswer(patience: number): BrokerError {
  return new BrokerError(`no answer from the broker within ${patience / 1000} s`, checkTls);
}

/** The other side closed without a word. */
export function closed(isConnected: boolean): BrokerError {
  return isConnected
    ? new BrokerError('the broker closed the connection')
    : new BrokerError('the connection was closed before the broker answered', checkTls);
}
