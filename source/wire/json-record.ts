// JSON from outside, looked at with care.
import {LongInteger, parseJson} from './json.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** `value` as an object with keys; undefined for everything else. */
export function asRecord(value: unknown): JsonRecord | undefined {
  const isRecord =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof LongInteger);
  return isRecord ? (value as JsonRecord) : undefined;
}

/** The value in `json`; undefined when it is none: the parser's error would quote the raw text. */
export function parsedJson(json: string): unknown {
  try {
    return parseJson(json);
  } catch {
    return undefined;
  }
}
