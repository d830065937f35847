// One stream, opened to see what becomes of it. One that holds stays open until it is closed, so
// that the status endpoint can be asked beside it.
import {openEventStream} from '../http/event-stream.ts';
import type {Failure} from '../wire/failure.ts';
import {everything, streamUrl} from '../wire/filter.ts';
import {runningTimeout} from '../wire/running-timeout.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Edges} from './visit.ts';

/** ms. */
export interface Patience {
  /** For a connection, a handshake, an answer. */
  readonly answer: number;
  /** For the stream's first event, once it has opened. */
  readonly firstEvent: number;
  /** A stream that ends within this time of its first event is broken. */
  readonly steady: number;
}

/** What comes of each phase when nothing happens in time, and when the stream ends in it. */
const phases = {
  opening: {patience: 'answer', late: 'unanswered', ended: 'refused'},
  open: {patience: 'firstEvent', late: 'silent', ended: 'refused'},
  // 200 and `connected` are no success: a broken server ends the stream right after.
  confirmed: {patience: 'steady', late: 'steady', ended: 'broken'},
} as const;

type Phase = keyof typeof phases;
export type StreamOutcome = (typeof phases)[Phase]['late' | 'ended'];

export interface TriedStream {
  readonly outcome: StreamOutcome;
  /** Why it ended, if it did. */
  readonly failure: Failure | undefined;
  /** The monitor's clock minus this machine's, to the second, ms; undefined when it was not told. */
  readonly skew: number | undefined;
  /** From the request to the first event, ms. */
  readonly wait: number | undefined;
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

export async function tryStream(
  fetch: Fetch,
  base: string,
  patience: Patience,
  {now, monotonic}: Pick<Edges, 'now' | 'monotonic'>,
): Promise<TriedStream> {
  const {promise: outcome, resolve} = Promise.withResolvers<StreamOutcome>();
  const began = monotonic();
  let phase: Phase = 'opening';
  let cancelDeadline: (() => void) | undefined;
  let wait: number | undefined;
  let skew: number | undefined;
  let failure: Failure | undefined;
  let isOpen = true;
  const enter = (next: Phase) => {
    phase = next;
    cancelDeadline?.();
    const timeoutMs = patience[phases[next].patience];
    cancelDeadline = runningTimeout(timeoutMs, () => resolve(phases[next].late));
  };
  enter('opening');
  const stream = openEventStream(streamUrl(base, everything), fetch, {
    onOpen: serverTime => {
      skew = serverTime === undefined ? undefined : serverTime - now();
      enter('open');
    },
    onBytes: () => undefined,
    onEvent: () => {
      if (phase === 'confirmed') return;
      wait = Math.round(monotonic() - began);
      enter('confirmed');
    },
    onEnd: why => {
      isOpen = false;
      failure = why;
      cancelDeadline?.();
      resolve(phases[phase].ended);
    },
  });
  const close = () => {
    isOpen = false;
    stream.close();
  };
  const result = await outcome;
  if (result !== 'steady') close();
  return {outcome: result, failure, skew, wait, isOpen: () => isOpen, close};
}
