// JSON from outside, looked at with care.

export type JsonRecord = Readonly<Record<string, unknown>>;

/** `value` as an object with keys; undefined for everything else. */
export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}

/** The value in `json`; undefined when it is none: the parser's error would quote the raw text. */
export function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
