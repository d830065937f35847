// Opens an event stream and writes down all that its listener is told.
import {onTestFinished} from 'vitest';
import {openEventStream, type StreamListener} from '../../source/http/event-stream.ts';
import type {Failure} from '../../source/wire/failure.ts';
import type {Fetch} from '../../source/wire/transport.ts';
import {send} from './send.ts';

export interface Heard {
  /** `open`, `event` and `end`, in their order. */
  readonly calls: string[];
  readonly events: [name: string, data: string][];
  bytes: number;
  readonly ends: Failure[];
  /** The first end. */
  readonly end: Promise<Failure>;
  close(): void;
}

export interface ListenOptions {
  readonly fetch?: Fetch;
  /** Called after each call is written down; may throw. */
  readonly also?: Partial<StreamListener>;
}

/** Closed when the test is finished. */
export function listenTo(url: URL, {fetch = send, also = {}}: ListenOptions = {}): Heard {
  const {promise: end, resolve} = Promise.withResolvers<Failure>();
  const heard: Heard = {
    calls: [],
    events: [],
    bytes: 0,
    ends: [],
    end,
    close: () => stream.close(),
  };
  const stream = openEventStream(url, fetch, {
    onOpen: serverTime => {
      heard.calls.push('open');
      also.onOpen?.(serverTime);
    },
    onBytes: count => {
      heard.bytes += count;
      also.onBytes?.(count);
    },
    onEvent: (name, data) => {
      heard.calls.push('event');
      heard.events.push([name, data]);
      also.onEvent?.(name, data);
    },
    onEnd: failure => {
      heard.calls.push('end');
      heard.ends.push(failure);
      resolve(failure);
    },
  });
  onTestFinished(() => stream.close());
  return heard;
}
