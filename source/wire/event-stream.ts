// One attempt to read the monitor's event stream: opens, reports every event whatever its name,
// every chunk of bytes, and exactly one end with its reason. Trying again is somebody else's.
import {EventSource, type FetchLike} from 'eventsource';
import {lost, networkFailure, responseFailure, type Failure} from './failure.ts';
import {sanitise} from './sanitise.ts';
import type {Fetch} from './transport.ts';

export interface StreamListener {
  /**
   * 200 with an event stream: not yet a success, for a broken server ends it right after.
   * `serverTime`: the answer's Date, to the second, ms since the epoch.
   */
  onOpen(serverTime: number | undefined): void;
  /** Called for each chunk, before its events; comments and half events count too. */
  onBytes(count: number): void;
  onEvent(name: string, data: string): void;
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

/** Longest event that is read, in UTF-16 units; a longer one ends the stream. */
export const maxEventSize = 8 * 1024 * 1024;

export function openEventStream(url: URL, fetch: Fetch, listener: StreamListener): EventStream {
  let failure: Failure | undefined;
  let ended = false;
  let serverTime: number | undefined;

  const end = (why: Failure) => {
    if (ended) return;
    ended = true;
    close();
    listener.onEnd(why);
  };

  /** Left to EventSource, a listener's error would pass for the network's, or for nothing at all. */
  const tell = (call: () => void) => {
    try {
      call();
    } catch (error) {
      end(networkFailure(error));
    }
  };

  const fetchStream: FetchLike = async (target, init) => {
    try {
      const response = await fetch(new URL(target), init);
      serverTime = dateOf(response);
      failure = await refusal(response);
      return failure ? response : withReader(response, bytes, failed);
    } catch (error) {
      failure = networkFailure(error);
      throw error;
    }
  };
  const bytes = (count: number) => {
    if (!ended) tell(() => listener.onBytes(count));
  };
  const failed = (error: unknown) => {
    failure = networkFailure(error);
  };

  /**
   * EventSource hands over every named event through `dispatchEvent`; listeners would only hear
   * the names they knew. Its own `error` and `open` are told from messages of that name by class.
   */
  class AnyNameEventSource extends EventSource {
    override dispatchEvent(event: Event): boolean {
      if (ended) return true;
      if (event instanceof MessageEvent) {
        tell(() => listener.onEvent(event.type, String(event.data)));
      } else if (event.type === 'open') {
        tell(() => listener.onOpen(serverTime));
      } else {
        const {message} = event as {message?: unknown};
        end(failure ?? lost(typeof message === 'string' ? inWords(message) : cleanEnd));
      }
      return true;
    }
  }

  const source = new AnyNameEventSource(url, {fetch: fetchStream, maxBufferSize: maxEventSize});

  function close(): void {
    ended = true;
    source.close();
    // An error event is dispatched before EventSource sets its own retry timer: clear that too.
    queueMicrotask(() => source.close());
  }

  return {close};
}

const cleanEnd = 'the server ended the stream';

/** EventSource's own words for an event over the bound speak of its buffer. */
function inWords(message: string): string {
  const isTooLarge = message.includes('max buffer size');
  return isTooLarge ? `an event larger than ${maxEventSize / 1024 / 1024} MB` : message;
}

/** The answer's Date, which is cut to the second: the middle of that second, ms. */
function dateOf(response: Response): number | undefined {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date + 500;
}

/** Waits for a short answer's text, so that the reason can quote it. */
async function refusal(response: Response): Promise<Failure | undefined> {
  if (responseFailure(response, '', Date.now()) === undefined) return undefined;
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const detail = isJson ? await detailOf(response) : '';
  await response.body?.cancel().catch(() => undefined);
  return responseFailure(response, detail, Date.now());
}

/** The `detail` of a Django REST answer; empty when there is none, it is long or slow to come. */
async function detailOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const slow = setTimeout(() => void reader.cancel(), 1000);
  try {
    const {value} = await reader.read();
    const {detail} = JSON.parse(new TextDecoder().decode(value)) as {detail?: unknown};
    return typeof detail === 'string' ? sanitise(detail, 120) : '';
  } catch {
    return ''; // not readable as JSON: the status alone says enough
  } finally {
    clearTimeout(slow);
    reader.releaseLock();
  }
}

/** The response as EventSource reads it, with each chunk reported and a read error kept. */
function withReader(
  response: Response,
  bytes: (count: number) => void,
  failed: (error: unknown) => void,
): Awaited<ReturnType<FetchLike>> {
  const reader = response.body!.getReader();
  const read = async () => {
    try {
      const result = await reader.read();
      if (result.value) bytes(result.value.byteLength);
      return result;
    } catch (error) {
      failed(error);
      throw error;
    }
  };
  return {
    body: {getReader: () => ({read})} as unknown as ReadableStream<Uint8Array>,
    url: response.url,
    status: response.status,
    redirected: false,
    headers: response.headers,
  };
}
