// Stamps in ISO 8601, as the monitor and its agents write them.

/** A stamp ends in its zone, or names none. */
const zoned = /(?:Z|GMT|UTC|[+-]\d\d(?::?\d\d)?)$/i;

/** A stamp out of this century is none: nothing could be computed with it. */
const century = [Date.UTC(2000), Date.UTC(2100)] as const;

/** @returns ms since the epoch, UTC where no zone is named; undefined for what is no stamp of this century. */
export function parseStamp(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trimEnd();
  const parsed = Date.parse(zoned.test(text) ? text : `${text}Z`);
  return parsed >= century[0] && parsed < century[1] ? parsed : undefined;
}

/** So far ahead of the server's clock no clock of the testbed is, nor a measurement of it wrong, ms. */
const maxAhead = 60_000;

/**
 * Whether a stamp is of later than now: agents may give their own, of a wrong clock or zone.
 * @param now server clock, ms.
 */
export const isAhead = (sentAt: number, now: number): boolean => sentAt - now > maxAhead;
