// One attempt to read the monitor's event stream, with one EventSource: opens, reports every event
// whatever its name, the bytes as they arrive, and exactly one end with its reason. The next attempt
// is somebody else's.
import {setImmediate as nextTurn, setTimeout as after} from 'node:timers/promises';
import {ErrorEvent, EventSource, type EventSourceInit} from 'eventsource';
import {
  lost,
  networkFailure,
  relayFailure,
  responseFailure,
  type Failure,
} from '../wire/failure.ts';
import {asRecord, parsedJson} from '../wire/json-record.ts';
import {sanitise} from '../wire/sanitise.ts';
import type {Fetch, HttpResponse} from '../wire/transport.ts';

export interface StreamListener {
  /**
   * 200 with an event stream: not yet a success, for a broken server ends it right after.
   * `serverTime`: the answer's Date, to the second, ms since the epoch.
   */
  onOpen(serverTime: number | undefined): void;
  /** Called for each piece, before its events; comments and half events count too. */
  onBytes(count: number): void;
  onEvent(name: string, data: string): void;
  /**
   * The last call, and the only one of its kind; never after `close()`. An error that one of the
   * others throws ends the attempt too, and is the reason.
   */
  onEnd(failure: Failure): void;
}

export interface EventStream {
  /** Ends the attempt; the listener is not called any more. */
  close(): void;
}

/** Longest event that is read, in UTF-16 units. One beyond it ends the attempt. */
export const maxEventLength = 8 * 1024 * 1024;

const tooLarge = `an event larger than ${maxEventLength / 1024 / 1024} MB`;

/** Bytes that are dealt with at once. */
const fewMessages = 4096;

/** How much of a refusal's body is read, in bytes, and for how long, ms. */
const maxDetailBytes = 16 * 1024;
const detailTimeoutMs = 1000;

/** Hands every event to one place, its own and those of the server, whatever they are called. */
class WholeEventSource extends EventSource {
  readonly #take: (event: Event) => void;

  constructor(url: URL, init: EventSourceInit, take: (event: Event) => void) {
    super(url, init);
    this.#take = take;
  }

  override dispatchEvent(event: Event): boolean {
    this.#take(event);
    return true;
  }
}

export function openEventStream(url: URL, fetch: Fetch, listener: StreamListener): EventStream {
  let isOver = false;
  let serverTime: number | undefined;

  const close = () => {
    isOver = true;
    // It would wait, and try again by itself.
    source.close();
  };
  const end = (failure: Failure) => {
    if (isOver) return;
    close();
    listener.onEnd(failure);
  };
  // An error that leaves here would be taken for one of the connection; one that is called
  // AbortError would not even end the attempt.
  const endingIn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      // The source may not have been made yet.
      await Promise.resolve();
      end(networkFailure(error));
      throw error;
    }
  };

  const take = (event: Event) => {
    if (isOver) return;
    try {
      if (isMessage(event)) passOn(event);
      else if (event instanceof ErrorEvent) end(failureOf(event));
      else listener.onOpen(serverTime);
    } catch (error) {
      end(networkFailure(error));
    }
  };

  const passOn = ({type, data}: Message) => {
    const failure = relayFailure(type, data);
    if (failure) end(failure);
    else listener.onEvent(type, data);
  };

  const source = new WholeEventSource(
    url,
    {
      maxBufferSize: maxEventLength,
      fetch: (place, {headers, signal}) =>
        endingIn(async () => {
          const response = await fetch(new URL(place), {
            headers: {...headers, 'cache-control': 'no-cache'},
            signal: signal as AbortSignal,
          });
          const failure = await refusalOf(response);
          if (failure) end(failure);
          serverTime = dateOf(response);
          const {status, headers: sent, body} = response;
          const pieces = body && piecesOf(body);
          return {status, headers: sent, url: url.href, redirected: false, body: pieces};
        }),
    },
    take,
  );
  return {close};

  function piecesOf(body: ReadableStream<Uint8Array>) {
    const reader = body.getReader();
    let size = 0;
    const read = () =>
      endingIn(async () => {
        // Under a flood the socket would be read 32 times over before anything else had its turn.
        if (size > fewMessages) await nextTurn();
        const piece = await reader.read();
        size = piece.value?.byteLength ?? 0;
        if (!piece.done && !isOver) listener.onBytes(size);
        return piece;
      });
    return {getReader: () => ({read, cancel: () => reader.cancel()})};
  }
}

/** What the server sent has data; the source's own events have none. */
interface Message extends Event {
  readonly data: string;
}
const isMessage = (event: Event): event is Message => 'data' in event;

/** The end of the body has no message; failures of the connection are known before. */
function failureOf({message}: ErrorEvent): Failure {
  if (message === undefined) return lost('the server ended the stream');
  return lost(/max buffer size/.test(message) ? tooLarge : message);
}

/** The answer's Date, which is cut to the second: the middle of that second, ms. */
function dateOf({headers: sent}: HttpResponse): number | undefined {
  const date = Date.parse(sent.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date + 500;
}

/** Waits for a short answer's text, so that the reason can quote it. */
async function refusalOf(response: HttpResponse): Promise<Failure | undefined> {
  if (responseFailure(response, '', Date.now()) === undefined) return undefined;
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const detail = isJson ? await detailOf(response) : '';
  return responseFailure(response, detail, Date.now());
}

/** The `detail` of a Django REST answer; empty when there is none, it is long or slow to come. */
async function detailOf({body}: HttpResponse): Promise<string> {
  const late = after(detailTimeoutMs, '', {ref: false});
  // An answer that breaks off has said its status all the same.
  const text = await Promise.race([textOf(body), late]).catch(() => '');
  const {detail} = asRecord(parsedJson(text)) ?? {};
  return typeof detail === 'string' ? sanitise(detail, 120) : '';
}

async function textOf(body: HttpResponse['body']): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.byteLength;
    if (size > maxDetailBytes) return '';
    text += decoder.decode(piece, {stream: true});
  }
  return text;
}
