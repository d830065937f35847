// A fingerprint of what an agent said, by which a row of the history and a streamed message are
// known as one: whatever the order of keys, and without the keys that the monitor adds on the way.
import {LongInteger} from './json.ts';

/** Added or changed by the monitor: in the stream but not in the row's `message_content`. */
const monitorKeys: ReadonlySet<string> = new Set([
  'sender_agent',
  'recipient_agent',
  'namespace',
  'queue_name',
  'sent_at',
]);

type Content = Readonly<Record<string, unknown>>;

// Two hashes of 32 bits in one walk (FNV-1a by UTF-16 unit, with two beginnings), and nothing made
// on the way: every message of the stream comes through here.
let high = 0;
let low = 0;

/** 53 bits, as a number. Equal contents have equal prints; others differ but for one in 10^15. */
export function contentPrint(content: Content): number {
  high = 0x811c9dc5 | 0;
  low = 0x9747b28c | 0;
  addEntries(content, monitorKeys);
  return (high >>> 0) * 0x200000 + (low >>> 11);
}

/** Each entry goes on from the same hash, and a sum does not depend on their order. */
function addEntries(content: Content, but?: ReadonlySet<string>): void {
  const fromHigh = high;
  const fromLow = low;
  let sumHigh = 0;
  let sumLow = 0;
  for (const key in content) {
    if (but?.has(key) === true) continue;
    high = fromHigh;
    low = fromLow;
    addText(key);
    addValue(content[key]);
    sumHigh = (sumHigh + mixed(high)) | 0;
    sumLow = (sumLow + mixed(low)) | 0;
  }
  high = sumHigh;
  low = sumLow;
}

function addValue(value: unknown): void {
  if (typeof value === 'string') {
    addUnit(0x22);
    addText(value);
  } else if (Array.isArray(value)) {
    addUnit(0x5b);
    for (const item of value as readonly unknown[]) {
      addUnit(0x2c);
      addValue(item);
    }
    addUnit(0x5d);
  } else if (value instanceof LongInteger) {
    addText(value.digits);
  } else if (typeof value === 'object' && value !== null) {
    addEntries(value as Content);
    addUnit(0x7d);
  } else {
    addText(typeof value === 'number' ? digitsOf(value) : String(value));
  }
}

/** The database writes large numbers out: what was 1e+21 is 22 digits in a row of the history. */
function digitsOf(value: number): string {
  const text = String(value);
  if (Math.abs(value) < 1e21 || !Number.isFinite(value)) return text;
  const [, whole = '', fraction = '', power = ''] = /^(-?\d)(?:\.(\d+))?e\+(\d+)$/.exec(text) ?? [];
  return whole + fraction.padEnd(Number(power), '0');
}

/** The text and its end. */
function addText(text: string): void {
  let nextHigh = high;
  let nextLow = low;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    nextHigh = Math.imul(nextHigh ^ unit, prime);
    nextLow = Math.imul(nextLow ^ unit, prime);
  }
  high = nextHigh;
  low = nextLow;
  addUnit(0x10000);
}

function addUnit(unit: number): void {
  high = Math.imul(high ^ unit, prime);
  low = Math.imul(low ^ unit, prime);
}

const prime = 0x01000193;

/** Spreads what differs over all bits, so that sums of hashes stay apart. */
function mixed(hash: number): number {
  const value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return value ^ (value >>> 13);
}
