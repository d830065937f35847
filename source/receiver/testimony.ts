import type {StreamFilter} from '../wire/filter.ts';

/** What the witness has to know of the stream that it is held against. */
export interface Testimony {
  readonly filter: StreamFilter;
  /** Server clock, ms: when the server confirmed the stream, and its newest message's stamp. */
  readonly connectedAt: number;
  readonly lastSentAt: number | undefined;
  /** Server clock minus `monotonic()`, ms. */
  readonly skew: number;
}
