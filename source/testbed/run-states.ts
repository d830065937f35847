// The table of run states, which the runner and the processing agents keep up to date.
import {BoundedMap} from './bounded-map.ts';
import type {JsonObject} from './python-json.ts';
import {labStamp} from './stamps.ts';

/** Runs that are kept; the oldest make room. */
const maxRuns = 1000;

/** What each lifecycle message makes of a run: the launcher's words at first, then the machine's own. */
const stateAfter: Readonly<Record<string, JsonObject>> = {
  run_imminent: {phase: 'initializing', state: 'imminent', substate: 'preparing'},
  start_run: {phase: 'physics', state: 'run', substate: 'physics'},
  pause_run: {phase: 'run', state: 'run', substate: 'standby'},
  resume_run: {phase: 'run', state: 'run', substate: 'physics'},
  end_run: {phase: 'completed', state: 'ended', substate: null},
};

export class RunStates {
  readonly #rows = new BoundedMap<string, JsonObject>(maxRuns);

  /** Takes in a message; all but a run's lifecycle leave no trace. */
  update(message: JsonObject, at: number): void {
    const {msg_type: type, run_id: run} = message;
    const state = typeof type === 'string' && Object.hasOwn(stateAfter, type) && stateAfter[type];
    if (!state || (typeof run !== 'string' && typeof run !== 'number')) return;
    this.#rows.set(String(run), {
      run_number: Number(run),
      ...state,
      target_worker_count: 0,
      active_worker_count: 0,
      stf_samples_received: 0,
      slices_created: 0,
      slices_queued: 0,
      slices_processing: 0,
      slices_completed: 0,
      slices_failed: 0,
      state_changed_at: labStamp(at),
      updated_at: labStamp(at),
      metadata: {
        execution_id: message['execution_id'] ?? null,
        slices_per_sample: null,
        stf_sampling_rate: null,
      },
    });
  }

  /** What a row says from now on; undefined: there is no such row. */
  change(runNumber: string, given: JsonObject, at: number): JsonObject | undefined {
    const row = this.#rows.get(runNumber);
    if (!row) return undefined;
    const changed = {...row, ...given, state_changed_at: labStamp(at), updated_at: labStamp(at)};
    this.#rows.set(runNumber, changed);
    return changed;
  }

  get(runNumber: string): JsonObject | undefined {
    return this.#rows.get(runNumber);
  }

  /** Newest run first. */
  list(): JsonObject[] {
    return [...this.#rows.values()].toReversed();
  }
}
