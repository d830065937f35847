// Holds a token so that it cannot be printed by accident: every way of turning it into text,
// JSON or an inspection gives `[redacted]`.
import {inspect} from 'node:util';

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The token itself. Call it only where a request header is made. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}
