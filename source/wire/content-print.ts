// A fingerprint of what an agent said, by which a row of the history and a streamed message are
// known as one: whatever the order of keys, and without the keys that the monitor adds on the way.

/** Added or changed by the monitor: in the stream but not in the row's `message_content`. */
const monitorKeys: ReadonlySet<string> = new Set([
  'sender_agent',
  'recipient_agent',
  'namespace',
  'queue_name',
  'sent_at',
]);

/** 53 bits, as a number. Equal contents have equal prints; others differ but for one in 10^15. */
export function contentPrint(content: Readonly<Record<string, unknown>>): number {
  let high = 0;
  let low = 0;
  for (const key of Object.keys(content)) {
    if (monitorKeys.has(key)) continue;
    const text = `${key}\u0000${canonical(content[key])}`;
    // A sum does not depend on the order of keys.
    high = (high + hash(text, 0x811c9dc5)) >>> 0;
    low = (low + hash(text, 0x9747b28c)) >>> 0;
  }
  return high * 0x200000 + (low >>> 11);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (typeof value === 'string') return `"${value}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).map(([key, held]) => `${key}:${canonical(held)}`);
  return `{${entries.sort().join(',')}}`;
}

/** FNV-1a, 32 bits, with a last mixing so that sums of hashes stay apart. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
