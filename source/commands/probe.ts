// `swfmon send --probe`: one message with a mark of its own, sent over the broker and awaited on the
// monitor's stream. It tells whether the whole way is open, and how long it took.
import {randomUUID} from 'node:crypto';
import {BrokerError} from '../broker/broker-error.ts';
import type {BrokerOptions} from '../broker/broker-options.ts';
import {openBrokerSession} from '../broker/broker-session.ts';
import type {ProbeSettings} from '../settings/testbed-settings.ts';
import {testBatch} from '../testbed/test-sender.ts';
import {openEventStream} from '../http/event-stream.ts';
import {everything, streamUrl} from '../wire/filter.ts';
import {readEvent} from '../wire/message.ts';
import type {Fetch} from '../wire/transport.ts';
import {brokerOptions} from './broker-options.ts';
import {monitorTransport} from './monitor-transport.ts';
import {output} from './output.ts';
import {userName} from './user-name.ts';
import {writeError} from './write-error.ts';

/** One of the stations has failed. */
class ProbeError extends Error {
  readonly remedy: string | undefined;

  constructor(message: string, remedy?: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** How long each station took, ms. */
interface Timings {
  /** From the request to the stream's first event. */
  readonly stream: number;
  /** From sending to the broker's word that it has the message. */
  readonly broker: number;
  /** From sending to the message on the stream. */
  readonly roundTrip: number;
}

/**
 * Exit status: 0 when the message came back, else 1.
 * @throws SettingsError when a CA file cannot be read.
 */
export async function probe(settings: ProbeSettings, signal: AbortSignal): Promise<number> {
  const broker = brokerOptions(settings.broker);
  const fetch = await monitorTransport(settings.monitor);
  try {
    report(await measure(settings, broker, fetch, signal), settings.isJson);
    return 0;
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    if (signal.aborted) return 1;
    const {message: reason, remedy} = error;
    if (settings.isJson) print(JSON.stringify({came: false, reason}));
    writeError({message: `probe: ${reason}`, remedy});
    return 1;
  }
}

function report({stream, broker, roundTrip}: Timings, isJson: boolean): void {
  const [open, taken, came] = [stream, broker, roundTrip].map(Math.round);
  print(
    isJson
      ? JSON.stringify({came: true, stream_ms: open, broker_ms: taken, round_trip_ms: came})
      : `the message came back after ${came} ms (stream open in ${open} ms, taken by the broker in ${taken} ms)`,
  );
}

function print(line: string): void {
  output.write(`${line}\n`);
}

async function measure(
  settings: ProbeSettings,
  broker: BrokerOptions,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<Timings> {
  const {wait, monitor, namespace} = settings;
  const mark = randomUUID();
  const begun = performance.now();
  const stream = listenFor(mark, monitor.monitorUrl, fetch, wait);
  signal.addEventListener('abort', stream.close);
  try {
    const opened = await stream.opened;
    const session = await openBrokerSession(broker, signal);
    try {
      const message = {...testBatch(namespace, userName(), process.pid)[0], probe: mark};
      const sent = performance.now();
      await session.send(settings.broker.topic, JSON.stringify(message));
      const taken = performance.now();
      const came = await stream.came();
      return {stream: opened - begun, broker: taken - sent, roundTrip: came - sent};
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    throw new ProbeError(`broker ${broker.host}:${broker.port}: ${error.message}`, error.remedy);
  } finally {
    stream.close();
  }
}

interface Listening {
  /** When the stream's first event came. */
  readonly opened: Promise<number>;
  /** When the marked message came, within `wait` s from now at most. */
  readonly came: () => Promise<number>;
  /** Whoever still waits hears that it was called off. */
  readonly close: () => void;
}

function listenFor(mark: string, base: string, fetch: Fetch, wait: number): Listening {
  const opened = Promise.withResolvers<number>();
  const came = Promise.withResolvers<number>();
  // Each is awaited in its turn only.
  for (const {promise} of [opened, came]) promise.catch(() => undefined);
  const fail = (message: string, remedy?: string) => {
    const error = new ProbeError(message, remedy);
    opened.reject(error);
    came.reject(error);
  };
  const late = (message: string, remedy?: string) =>
    setTimeout(() => fail(`${message} within ${wait} s`, remedy), wait * 1000);
  let patience = late('the monitor’s stream did not begin');
  let isOpen = false;

  const stream = openEventStream(streamUrl(base, {...everything, types: ['sse_test']}), fetch, {
    onOpen: () => undefined,
    onBytes: () => undefined,
    onEvent(name, data) {
      if (!isOpen) clearTimeout(patience);
      isOpen = true;
      opened.resolve(performance.now());
      const event = readEvent(name, data);
      if (event.kind !== 'message') return;
      const {probe: found} = event.message.content as {readonly probe?: unknown};
      if (found === mark) came.resolve(performance.now());
    },
    onEnd: ({reason, remedy}) => fail(`the monitor’s stream: ${reason}`, remedy),
  });

  return {
    opened: opened.promise,
    came() {
      clearTimeout(patience);
      patience = late(
        'the broker has taken the message, but the stream did not bring it',
        'does the monitor take from this broker and topic? Single messages vanish at times: try again',
      );
      return came.promise;
    },
    close() {
      clearTimeout(patience);
      stream.close();
      fail('called off');
    },
  };
}
