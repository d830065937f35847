// One REST request to the monitor: a time-out, a bound on the answer's size, and errors whose
// message is fit to be shown.
import {parsedJson} from './json-record.ts';
import {networkFailure, statusReason} from './failure.ts';
import {runningTimeout} from './running-timeout.ts';
import type {Fetch, HttpRequest, HttpResponse} from './transport.ts';

export interface RequestOptions {
  /** For the whole exchange, ms in which the process runs. */
  readonly timeout: number;
  /** Ends the exchange early. */
  readonly signal?: AbortSignal;
  /** Told the size of an answer, in bytes. */
  readonly onAnswer?: (bytes: number) => void;
}

/** The monitor answered, but not with success. */
export class AnswerError extends Error {
  readonly status: number;

  constructor(answer: HttpResponse) {
    super(statusReason(answer));
    this.status = answer.status;
  }
}

/** Largest answer that is read, in bytes. */
const maxAnswer = 32 * 1024 * 1024;

/**
 * The answer's text.
 * @throws AnswerError on any status but 2xx; Error on network failures, time-out and oversize.
 */
export async function request(
  fetch: Fetch,
  url: URL,
  options: RequestOptions & HttpRequest,
): Promise<string> {
  const {timeout, onAnswer, signal: caller, ...init} = options;
  // AbortSignal.timeout and .any stay in memory long after the exchange is over.
  const exchange = new AbortController();
  const abort = () => exchange.abort();
  let isLate = false;
  const cancelTimeout = runningTimeout(timeout, () => {
    isLate = true;
    abort();
  });
  caller?.addEventListener('abort', abort);
  try {
    if (caller?.aborted) abort();
    const answer = await fetch(url, {...init, signal: exchange.signal});
    if (answer.status >= 200 && answer.status < 300) return await boundedText(answer, onAnswer);
    abort();
    throw new AnswerError(answer);
  } catch (error) {
    if (error instanceof AnswerError) throw error;
    if (isLate) throw new Error(`no answer within ${timeout / 1000} s`, {cause: error});
    throw new Error(networkFailure(error).reason, {cause: error});
  } finally {
    cancelTimeout();
    caller?.removeEventListener('abort', abort);
  }
}

/** The answer's JSON value; undefined when it is none. @throws as `request` does. */
export async function requestJson(
  fetch: Fetch,
  url: URL,
  options: RequestOptions,
): Promise<unknown> {
  return parsedJson(await request(fetch, url, options));
}

async function boundedText(
  answer: HttpResponse,
  onAnswer: RequestOptions['onAnswer'],
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const piece of answer.body ?? []) {
    size += piece.byteLength;
    if (size > maxAnswer) throw new Error(`answer larger than ${maxAnswer} bytes`);
    text += decoder.decode(piece, {stream: true});
  }
  onAnswer?.(size);
  return text + decoder.decode();
}
