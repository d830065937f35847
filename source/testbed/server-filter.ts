// The stream's filter as the server applies it, quirks and all: exact match on JSON values, so
// only strings ever match; `agents` looks at `processed_by` alone.
import type {JsonObject} from './python-json.ts';

const comparedKey = {msg_types: 'msg_type', agents: 'processed_by', run_ids: 'run_id'} as const;

type Parameter = keyof typeof comparedKey;

/** As the subscriber's row shows it: only the parameters that were given. */
export type ServerFilter = Readonly<Partial<Record<Parameter, readonly string[]>>>;

export function readServerFilter(query: URLSearchParams): ServerFilter {
  const filter: Partial<Record<Parameter, readonly string[]>> = {};
  for (const parameter of Object.keys(comparedKey) as Parameter[]) {
    const given = query.get(parameter);
    if (given) filter[parameter] = given.split(',').map(value => value.trim());
  }
  return filter;
}

export function passesFilter(message: JsonObject, filter: ServerFilter): boolean {
  return Object.entries(filter).every(([parameter, values]) => {
    const value = message[comparedKey[parameter as Parameter]];
    return typeof value === 'string' && values.includes(value);
  });
}
