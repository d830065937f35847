// Make before break: a second stream opens beside the first, takes over once the server has
// confirmed it by a first event, and the first is read on for a moment for what was on its way. While both run,
// what both bring is passed on once.
import type {ConnectReason} from '../monitor-event.ts';
import type {Failure} from '../wire/failure.ts';
import type {Clock} from './clock.ts';
import {Overlap} from './overlap.ts';
import type {Stream} from './stream.ts';
import type {Timings} from './timings.ts';

/** A replaced stream with a backlog is read until it has caught up, at most this many lingers. */
const longestLinger = 8;

interface Successor {
  readonly stream: Stream;
  readonly why: ConnectReason;
  readonly replaces: Stream;
}

export class Changeover {
  readonly #clock: Clock;
  readonly #timings: Timings;
  readonly #changeTo: (stream: Stream, why: ConnectReason) => void;
  readonly #failed: (stream: Stream, why: ConnectReason, failure: Failure) => void;
  /** Replaced streams that are still read, with what cancels their next look. */
  readonly #lingering = new Map<Stream, () => void>();
  #successor: Successor | undefined;
  #overlap: Overlap | undefined;
  #cancelForget: (() => void) | undefined;

  constructor(options: {
    readonly clock: Clock;
    readonly timings: Timings;
    /** The successor is up: make it the current stream. */
    readonly changeTo: (stream: Stream, why: ConnectReason) => void;
    /** The successor could not be opened: the current stream stays. */
    readonly failed: (stream: Stream, why: ConnectReason, failure: Failure) => void;
  }) {
    this.#clock = options.clock;
    this.#timings = options.timings;
    this.#changeTo = options.changeTo;
    this.#failed = options.failed;
  }

  get isUnderWay(): boolean {
    return this.#successor !== undefined;
  }

  /** `stream` is to replace `current`; one that was on its way before is given up. */
  begin(current: Stream, stream: Stream, why: ConnectReason): void {
    this.abandon();
    this.#cancelForget?.();
    this.#overlap ??= new Overlap();
    this.#overlap.add(current.id);
    this.#overlap.add(stream.id);
    this.#successor = {stream, why, replaces: current};
  }

  /** Gives up the stream that was to replace the current one. */
  abandon(): void {
    const successor = this.#takeOut();
    if (!successor) return;
    successor.stream.close();
    this.#forget(successor.stream);
  }

  /** `stream` brought an event: the server has confirmed it. */
  proven(stream: Stream): void {
    const successor = this.#successor;
    if (successor?.stream !== stream) return;
    this.#takeOut();
    this.#linger(successor.replaces, stream, 1);
    this.#changeTo(stream, successor.why);
  }

  /** Whether this class knew what to do with the end of `stream`. */
  ended(stream: Stream, failure: Failure): boolean {
    const cancelLook = this.#lingering.get(stream);
    if (cancelLook) {
      cancelLook();
      this.#lingering.delete(stream);
      this.#forget(stream);
      return true;
    }
    const successor = this.#successor;
    if (successor?.stream !== stream) return false;
    this.#takeOut();
    this.#forget(stream);
    this.#failed(stream, successor.why, failure);
    return true;
  }

  /** The stream on its way to replace `lost`, which has ended by itself. */
  takeSuccessor(lost: Stream): Stream | undefined {
    const stream = this.#takeOut()?.stream;
    if (this.#overlap) this.#forget(lost);
    return stream;
  }

  isNew(stream: Stream, data: string): boolean {
    return this.#overlap?.isNew(stream.id, data) ?? true;
  }

  stop(): void {
    this.abandon();
    this.#cancelForget?.();
    for (const [stream, cancelLook] of this.#lingering) {
      cancelLook();
      stream.close();
    }
    this.#lingering.clear();
  }

  #takeOut(): Successor | undefined {
    const successor = this.#successor;
    this.#successor = undefined;
    return successor;
  }

  #linger(stream: Stream, successor: Stream, turn: number): void {
    const look = () => {
      this.#lingering.delete(stream);
      if (turn < longestLinger && isBehind(stream, successor, this.#clock.monotonic())) {
        this.#linger(stream, successor, turn + 1);
        return;
      }
      stream.close();
      this.#forget(stream);
    };
    this.#lingering.set(stream, this.#clock.timeout(this.#timings.linger, look));
  }

  /** Once nothing overlaps any more, what came is remembered a little longer, then forgotten. */
  #forget(stream: Stream): void {
    this.#overlap?.remove(stream.id);
    if (this.#successor || this.#lingering.size > 0) return;
    this.#cancelForget?.();
    this.#cancelForget = this.#clock.after(this.#timings.remember, () => {
      this.#overlap = undefined;
    });
  }
}

/** Whether `stream` still delivers a backlog from before its successor was there; `now`: a moment. */
function isBehind(stream: Stream, successor: Stream, now: number): boolean {
  if (stream.lastSentAt === undefined || successor.firstSentAt === undefined) return false;
  return now - stream.lastByteMoment < 500 && stream.lastSentAt < successor.firstSentAt;
}
