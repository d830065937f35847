// The table of workflow executions: how much a run will bring, and which ones are running.
import {BoundedMap} from './bounded-map.ts';
import type {Json, JsonObject} from './python-json.ts';

export interface ExecutionRecord extends JsonObject {
  readonly execution_id: string;
  readonly namespace: string | null;
  /** Sections of parameters (`simulation`, `daq_state_machine`, …), as the runner merged them. */
  readonly parameter_values: Json;
  readonly performance_metrics: Json;
  readonly status: string;
  readonly start_time: string;
  readonly end_time: string | null;
  readonly executed_by: string;
  readonly workflow_definition: number;
}

/** Executions that are kept; the oldest make room. */
const maxExecutions = 1000;

export class Executions {
  readonly #records = new BoundedMap<string, ExecutionRecord>(maxExecutions);

  /** Adds a record, or replaces the one of the same id. */
  put(record: ExecutionRecord): void {
    this.#records.set(record.execution_id, record);
  }

  get(executionId: string): ExecutionRecord | undefined {
    return this.#records.get(executionId);
  }

  /** All that are equal to what the query names of these, or all; newest first. */
  list(query: URLSearchParams): ExecutionRecord[] {
    const names = (['status', 'namespace', 'executed_by'] as const).filter(name => query.has(name));
    return [...this.#records.values()]
      .filter(record => names.every(name => record[name] === query.get(name)))
      .toReversed();
  }
}
