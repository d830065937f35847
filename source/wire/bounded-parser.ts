// Reads events from pieces of text. One that is too large is left out, and told; what comes behind
// it is read on, for there is no other way to get it.
import {createParser} from 'eventsource-parser';

/** Longest event that is surely read, in UTF-16 units; one that ends in the same piece is too. */
export const maxEventSize = 8 * 1024 * 1024;
/** How long a too large one is passed over before it is taken to have no end. */
const maxPassedOver = 128 * 1024 * 1024;

/** Ends an event. */
const blankLine = /\n\r?\n|\r\r/;

export class BoundedParser {
  readonly #parser;
  readonly #leftOut: () => void;
  #isTooLarge = false;
  /** Of a too large event; undefined while there is none. */
  #passedOver: number | undefined;
  /** The end of what was passed over last: half a blank line. */
  #rest = '';

  constructor({
    onEvent,
    onLeftOut,
  }: {
    readonly onEvent: (name: string, data: string) => void;
    /** An event over the bound. */
    readonly onLeftOut: () => void;
  }) {
    this.#leftOut = onLeftOut;
    this.#parser = createParser({
      maxBufferSize: maxEventSize,
      onEvent: ({event = 'message', data}) => onEvent(event, data),
      onError: ({type}) => {
        this.#isTooLarge ||= type === 'max-buffer-size-exceeded';
      },
    });
  }

  /** @throws Error when a too large event does not end. */
  feed(piece: string): void {
    if (this.#passedOver !== undefined) {
      this.#passOver(piece);
      return;
    }
    this.#parser.feed(piece);
    if (!this.#isTooLarge) return;
    this.#isTooLarge = false;
    this.#parser.reset();
    this.#leftOut();
    // A piece is far smaller than the bound: what goes over it began in an earlier one.
    this.#passedOver = 0;
    this.#passOver(piece);
  }

  #passOver(piece: string): void {
    const text = this.#rest + piece;
    const end = blankLine.exec(text);
    if (end) {
      this.#passedOver = undefined;
      this.#rest = '';
      this.feed(text.slice(end.index + end[0].length));
      return;
    }
    this.#rest = text.slice(-2);
    this.#passedOver = (this.#passedOver ?? 0) + piece.length;
    if (this.#passedOver > maxPassedOver) throw new Error('an event without an end');
  }
}
