// Weighs whether a stream is deaf: several rows that REST has, newer than anything the stream brought,
// and not just on their way.
import type {Testimony} from './testimony.ts';

/** Rows that prove a stream deaf; one alone can have vanished. */
const proof = 2;
/** Stamps of such rows that are kept. */
const most = 100;

export interface Verdict {
  /** A moment. */
  readonly since: number;
  readonly missing: number;
}

export class Deafness {
  /** Stamps of rows that the present stream never brought, server clock, ms. */
  #unheard: readonly number[] = [];

  /**
   * @param missing stamps of rows that never came, server clock, ms.
   * @param askedAt the moment at which REST was asked.
   * @param delivery a stored message has reached the stream after this, or will not, ms.
   */
  weigh(
    missing: readonly number[],
    {skew, connectedAt, lastSentAt = 0}: Testimony,
    askedAt: number,
    delivery: number,
  ): Verdict | undefined {
    const newest = askedAt + skew - delivery;
    const oldest = Math.max(connectedAt + delivery, lastSentAt);
    // A slow run shows one row a look: what earlier looks found counts too.
    this.#unheard = [...this.#unheard, ...missing].filter(sentAt => sentAt > oldest).slice(-most);
    const evidence = this.#unheard.filter(sentAt => sentAt < newest);
    const [first] = evidence;
    if (first === undefined || evidence.length < proof) return undefined;
    return {since: first - skew, missing: evidence.length};
  }
}
