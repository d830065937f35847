// Time as the monitor and its agents write it: ISO 8601 with microseconds, with or without offset.

/** Milliseconds since the epoch; the fraction carries microseconds. */
export type Clock = () => number;

export const systemClock: Clock = () => performance.timeOrigin + performance.now();

/** The lab's offset from UTC in hours, as REST answers carry it (winter time, the year round). */
const labOffset = -5;

/** `2026-11-23T19:18:28.673758+00:00`: `sent_at` on the stream. */
export function utcStamp(at: number): string {
  return `${naive(at)}+00:00`;
}

/** `2026-11-23T14:18:28.642144-05:00`: every time in a REST answer. */
export function labStamp(at: number): string {
  return `${labNaiveStamp(at)}-05:00`;
}

/** `2026-11-23T14:18:28.631628`: an agent's own clock, without saying where. */
export function labNaiveStamp(at: number): string {
  return naive(at + labOffset * 3_600_000);
}

function naive(at: number): string {
  const microseconds = Math.round(at * 1000);
  const seconds = Math.floor(microseconds / 1_000_000);
  const fraction = String(microseconds - seconds * 1_000_000).padStart(6, '0');
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${fraction}`;
}
