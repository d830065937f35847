// Messages as bytes outside of the heap, each read again when somebody looks at it. As objects the
// newest thousands would outlive what is collected often, and be copied each time.
import {readEvent, type WorkflowMessage} from '../wire/message.ts';

/** Bytes that there are for one: those of the testbed have 400 to 600. */
const room = 640;

interface Slot {
  readonly bytes: Uint8Array;
  length: number;
  /** When it came, receiver's clock, ms. */
  at: number;
}

export class PackedMessages {
  readonly #slots: Slot[] = [];
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  /**
   * Puts a message that was read from `data` into the slot, in place of what was there. Answers
   * whether it could: what is odd about one, or longer than most, is not to be told from its bytes.
   */
  put(slot: number, at: number, {fault}: WorkflowMessage, data: string): boolean {
    if (fault !== undefined || data.length > room) return false;
    const packed = (this.#slots[slot] ??= {bytes: new Uint8Array(room), length: 0, at});
    const {read, written} = this.#encoder.encodeInto(data, packed.bytes);
    packed.length = written;
    packed.at = at;
    return read === data.length;
  }

  /** The wall clock was set by so many ms: all that came before is shown by the new time. */
  shift(by: number): void {
    for (const slot of this.#slots) if (slot) slot.at += by;
  }

  /** Makes what was put into the slot last; each time anew. */
  get(slot: number): {readonly at: number; readonly message: WorkflowMessage} | undefined {
    const packed = this.#slots[slot];
    if (!packed) return undefined;
    const {bytes, length, at} = packed;
    const event = readEvent('', this.#decoder.decode(bytes.subarray(0, length)));
    return event.kind === 'message' ? {at, message: event.message} : undefined;
  }
}
