// One attempt to read the monitor's event stream: opens, reports every event whatever its name,
// the bytes as they come, and exactly one end with its reason. Trying again is somebody else's.
import {setImmediate as nextTurn, setTimeout as after} from 'node:timers/promises';
import {BoundedParser, maxEventSize} from './bounded-parser.ts';
import {lost, networkFailure, responseFailure, type Failure} from './failure.ts';
import {asRecord, parsedJson} from './json-record.ts';
import {sanitise} from './sanitise.ts';
import type {Answer, Fetch} from './transport.ts';

export interface StreamListener {
  /**
   * 200 with an event stream: not yet a success, for a broken server ends it right after.
   * `serverTime`: the answer's Date, to the second, ms since the epoch.
   */
  onOpen(serverTime: number | undefined): void;
  /** Called for each piece, before its events; comments and half events count too. */
  onBytes(count: number): void;
  onEvent(name: string, data: string): void;
  /** An event came that is larger than what is read. */
  onLeftOut?(reason: string): void;
  /**
   * The last call, and the only one of its kind; never after `close()`. An error that one of the
   * others throws ends the attempt too, and is the reason.
   */
  onEnd(failure: Failure): void;
}

export interface EventStream {
  /** Ends the attempt; the listener hears nothing any more. */
  close(): void;
}

const tooLarge = `an event larger than ${maxEventSize / 1024 / 1024} MB`;

/** Bytes that are dealt with at once. */
const fewMessages = 4096;

const headers = {accept: 'text/event-stream', 'cache-control': 'no-cache'};

export function openEventStream(url: URL, fetch: Fetch, listener: StreamListener): EventStream {
  const closing = new AbortController();
  const {signal} = closing;
  const close = () => closing.abort();
  read(url, fetch, listener, signal).then(
    failure => end(failure),
    (error: unknown) => end(networkFailure(error)),
  );

  function end(failure: Failure): void {
    if (signal.aborted) return;
    close();
    listener.onEnd(failure);
  }

  return {close};
}

/** Reads to the end, and answers why there was one. */
async function read(
  url: URL,
  fetch: Fetch,
  listener: StreamListener,
  signal: AbortSignal,
): Promise<Failure> {
  const answer = await fetch(url, {headers, signal});
  const failure = await refusal(answer);
  signal.throwIfAborted();
  if (failure) return failure;
  const parser = new BoundedParser({
    onEvent: (name, data) => {
      if (!signal.aborted) listener.onEvent(name, data);
    },
    onLeftOut: () => listener.onLeftOut?.(tooLarge),
  });
  const decoder = new TextDecoder();
  listener.onOpen(dateOf(answer));
  for await (const piece of answer.body ?? []) {
    signal.throwIfAborted();
    listener.onBytes(piece.byteLength);
    parser.feed(decoder.decode(piece, {stream: true}));
    // Under a flood the socket would be read 32 times over before anything else had its turn.
    if (piece.byteLength > fewMessages) await nextTurn();
  }
  return lost('the server ended the stream');
}

/** The answer's Date, which is cut to the second: the middle of that second, ms. */
function dateOf({headers: sent}: Answer): number | undefined {
  const date = Date.parse(sent.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date + 500;
}

/** Waits for a short answer's text, so that the reason can quote it. */
async function refusal(answer: Answer): Promise<Failure | undefined> {
  if (responseFailure(answer, '', Date.now()) === undefined) return undefined;
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  const detail = isJson ? await detailOf(answer) : '';
  return responseFailure(answer, detail, Date.now());
}

/** The `detail` of a Django REST answer; empty when there is none, it is long or slow to come. */
async function detailOf({body}: Answer): Promise<string> {
  const first = body?.[Symbol.asyncIterator]().next();
  const patience = after(1000, undefined, {ref: false});
  const piece = await Promise.race([first, patience]);
  const {detail} = asRecord(parsedJson(new TextDecoder().decode(piece?.value))) ?? {};
  return typeof detail === 'string' ? sanitise(detail, 120) : '';
}
