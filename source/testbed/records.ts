// A table that agents keep themselves: what they create, they get a number for, and may change.
import {BoundedMap} from './bounded-map.ts';
import {pythonText, type JsonObject} from './python-json.ts';

/** Records that are kept; the oldest make room. */
const maxRecords = 1000;

export class Records {
  readonly #idKey: string;
  readonly #records = new BoundedMap<string, JsonObject>(maxRecords);
  #count = 0;

  /** `idKey`: under which a record carries its number. */
  constructor(idKey: string) {
    this.#idKey = idKey;
  }

  get(id: string): JsonObject | undefined {
    return this.#records.get(id);
  }

  create(body: JsonObject): JsonObject {
    this.#count += 1;
    const record = {...body, [this.#idKey]: this.#count};
    this.#records.set(String(this.#count), record);
    return record;
  }

  /** Undefined: there is none with this number. */
  change(id: string, body: JsonObject): JsonObject | undefined {
    const known = this.#records.get(id);
    if (!known) return undefined;
    const record = {...known, ...body, [this.#idKey]: known[this.#idKey]!};
    this.#records.set(id, record);
    return record;
  }

  /** Those that carry what the query asks for; a key that none carries is passed over. */
  list(query: URLSearchParams): JsonObject[] {
    return [...this.#records.values()].filter(record =>
      [...query].every(([key, value]) => !(key in record) || pythonText(record[key]!) === value),
    );
  }
}
