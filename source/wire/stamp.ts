// Stamps in ISO 8601, as the monitor and its agents write them.

/** A stamp ends in its zone, or names none. */
const zoned = /(?:Z|GMT|UTC|[+-]\d\d(?::?\d\d)?)$/i;

/** A stamp out of this century is none: nothing could be computed with it. */
const century = [Date.UTC(2000), Date.UTC(2100)] as const;

/** @returns ms since the epoch, UTC where no zone is named; undefined for what is no stamp of this century. */
export function parseStamp(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  // The monitor's own are read without delay.
  const parsed = Date.parse(value.endsWith('+00:00') ? value : inZone(value.trimEnd()));
  return parsed >= century[0] && parsed < century[1] ? parsed : undefined;
}

/** What the monitor adds before `sent_at` where the agent gave none. */
const addedBefore: ReadonlySet<string> = new Set(['sender_agent', 'recipient_agent', 'queue_name']);

/**
 * Whether the monitor set a message's `sent_at`, and no agent: what the monitor adds stands behind what the
 * agent wrote, `sent_at` last. An agent's own says nothing of the way from the monitor to here.
 */
export function isStampedByMonitor(content: unknown): boolean {
  let isStamped = false;
  for (const key in content as object) {
    if (key === 'sent_at') isStamped = true;
    else if (isStamped && addedBefore.has(key)) return false;
  }
  return isStamped;
}

const inZone = (text: string): string => (zoned.test(text) ? text : `${text}Z`);

/** So far ahead of the server's clock no clock of the testbed is, nor a measurement of it wrong, ms. */
const maxAhead = 60_000;

/**
 * Whether a stamp is of later than now: agents may give their own, of a wrong clock or zone.
 * @param now server clock, ms.
 */
export const isAhead = (sentAt: number, now: number): boolean => sentAt - now > maxAhead;
