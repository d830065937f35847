// The table of STF files, the witness for what the data agent did: a row comes with `stf_gen` and
// is processed with `stf_ready`.
import {randomUUID} from 'node:crypto';
import {BoundedMap} from './bounded-map.ts';
import type {Json, JsonObject} from './python-json.ts';
import {labNaiveStamp, labStamp} from './stamps.ts';

/** Rows on a page when the request names no limit. */
const defaultLimit = 100;

interface StfFile {
  readonly runNumber: string;
  readonly row: JsonObject;
}

export class StfFiles {
  readonly #files: BoundedMap<string, StfFile>;
  /** The database's own number of each run. */
  readonly #runs: BoundedMap<string, number>;
  #runCount = 0;

  constructor(maxRows: number) {
    this.#files = new BoundedMap(maxRows);
    this.#runs = new BoundedMap(maxRows);
  }

  /** Takes in a message; all but `stf_gen`, `stf_ready` and its older name leave no trace. */
  update(message: JsonObject, at: number): void {
    const {msg_type: type, filename, run_id: run} = message;
    if (typeof filename !== 'string' || (typeof run !== 'string' && typeof run !== 'number'))
      return;
    if (type === 'stf_gen') this.#register(message, String(run), filename, at);
    if (type === 'stf_ready' || type === 'data_ready') this.#process(message, filename, at);
  }

  /** One page, `limit` and `offset` as given in the request for `url`. */
  page(url: URL): JsonObject {
    const {searchParams: query} = url;
    const runNumber = query.get('run_number');
    const files = [...this.#files.values()].filter(
      file => runNumber === null || file.runNumber === runNumber,
    );
    const limit = wholeNumber(query.get('limit')) || defaultLimit;
    const offset = wholeNumber(query.get('offset'));
    return {
      count: files.length,
      next: offset + limit < files.length ? pageUrl(url, limit, offset + limit) : null,
      previous: offset > 0 ? pageUrl(url, limit, Math.max(0, offset - limit)) : null,
      results: files.slice(offset, offset + limit).map(({row}) => row),
    };
  }

  /** A row as an agent registers it; one that `stf_gen` has made already is changed. */
  create(filename: string, runNumber: string, given: JsonObject, at: number): JsonObject {
    const known = this.#files.get(filename);
    if (!known) this.#add(filename, runNumber, null, at);
    const file = known ?? this.#files.get(filename)!;
    return this.#change(filename, file, given);
  }

  /** Undefined: no row has this `file_id`. */
  change(fileId: string, given: JsonObject): JsonObject | undefined {
    for (const [filename, file] of this.#files.entries()) {
      if (file.row['file_id'] === fileId) return this.#change(filename, file, given);
    }
    return undefined;
  }

  #change(filename: string, file: StfFile, given: JsonObject): JsonObject {
    const {file_id, stf_filename, run} = file.row;
    const row = {...file.row, ...given, file_id: file_id!, stf_filename: stf_filename!, run: run!};
    this.#files.set(filename, {...file, row});
    return row;
  }

  #register(message: JsonObject, runNumber: string, filename: string, at: number): void {
    this.#add(filename, runNumber, message['state'] ?? null, at);
  }

  #add(filename: string, runNumber: string, state: Json, at: number): void {
    const run = this.#runs.get(runNumber) ?? (this.#runCount += 1);
    this.#runs.set(runNumber, run);
    const row = {
      file_id: randomUUID(),
      machine_state: state,
      stf_filename: filename,
      file_size_bytes: null,
      checksum: null,
      created_at: labStamp(at),
      status: 'registered',
      metadata: null,
      workflow_id: null,
      daq_state: null,
      daq_substate: null,
      workflow_status: null,
      tf_count: null,
      run,
    };
    this.#files.set(filename, {runNumber, row});
  }

  #process(message: JsonObject, filename: string, at: number): void {
    const metadata = {updated_at: labNaiveStamp(at), processed_by: message['processed_by'] ?? null};
    const file = this.#files.get(filename);
    if (!file) return;
    this.#files.set(filename, {...file, row: {...file.row, status: 'processed', metadata}});
  }
}

function wholeNumber(given: string | null): number {
  const parsed = Number(given);
  return Number.isSafeInteger(parsed) && parsed > 0 ? parsed : 0;
}

/** Links carry their parameters in alphabetical order, and no offset to the first page. */
function pageUrl(url: URL, limit: number, offset: number): string {
  const link = new URL(url);
  link.searchParams.set('limit', String(limit));
  if (offset > 0) link.searchParams.set('offset', String(offset));
  else link.searchParams.delete('offset');
  link.searchParams.sort();
  return link.href;
}
