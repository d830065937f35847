// JSON the way the monitor's stream carries it: as Python's `json.dumps` writes it, with ", " and
// ": " between the parts and everything outside printable ASCII as `\uXXXX`.
import {LongInteger} from '../wire/json.ts';
import {asciiJson} from '../wire/sanitise.ts';

export type Json = null | boolean | number | LongInteger | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** NaN and the infinities come out as Python writes them, which few JSON parsers read. */
export function pythonJson(value: Json): string {
  if (typeof value === 'string') return asciiJson(JSON.stringify(value));
  if (typeof value === 'number' || value instanceof LongInteger) return String(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  const members = Object.entries(value).map(([key, of]) => `${pythonJson(key)}: ${pythonJson(of)}`);
  return `{${members.join(', ')}}`;
}

/** What Python's `str()` makes of a JSON value: the text of an event's name. */
export function pythonText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return pythonJson(value);
}

/** `Array.isArray` does not narrow readonly arrays. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
