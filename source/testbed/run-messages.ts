// The messages of a run as each agent writes them, key by key in the order of the wire.
import type {JsonObject} from './python-json.ts';
import {randomUuid, wholeBetween, type Random} from './random.ts';
import type {RunParameters} from './run-parameters.ts';
import {labNaiveStamp} from './stamps.ts';

/** The simulation's clock shows this many seconds when a run becomes imminent. */
const tickAtStart = 5;

/** Time frames in one STF. */
const framesPerStf = 1000;

export type DaqType =
  'run_imminent' | 'start_run' | 'stf_gen' | 'pause_run' | 'resume_run' | 'end_run';

const physics = {state: 'run', substate: 'physics'};

/** The machine's state with each message; the end of a run carries none. */
const stateWith: Readonly<Record<DaqType, JsonObject>> = {
  run_imminent: {state: 'beam', substate: 'not_ready'},
  start_run: physics,
  stf_gen: physics,
  pause_run: {state: 'run', substate: 'standby', reason: 'Brief standby period'},
  resume_run: physics,
  end_run: {},
};

/**
 * A message of the DAQ, which runs inside the workflow runner. `after`: seconds since the run
 * became imminent; `stfs`: STFs made so far.
 */
export function daqMessage(
  run: RunParameters,
  type: DaqType,
  after: number,
  stfs: number,
): JsonObject {
  return {
    msg_type: type,
    namespace: run.namespace,
    execution_id: run.executionId,
    run_id: String(run.runNumber),
    ...(type === 'stf_gen' && {filename: stfFilename(run, stfs), sequence: stfs}),
    timestamp: agentTime(run, after),
    simulation_tick: tickAtStart + after,
    ...stateWith[type],
    ...(type === 'end_run' && {total_stf_files: stfs}),
    sender: agentName(run, 'daq'),
  };
}

/** The data agent has taken over an STF. */
export function stfReady(run: RunParameters, stfGen: JsonObject): JsonObject {
  const sender = agentName(run, 'data');
  return {
    msg_type: 'stf_ready',
    namespace: run.namespace,
    filename: stfGen['filename'] ?? null,
    run_id: String(run.runNumber),
    file_url: null,
    checksum: null,
    size_bytes: null,
    start: null,
    end: null,
    ...physics,
    sequence: stfGen['sequence'] ?? null,
    simulation_tick: stfGen['simulation_tick'] ?? null,
    processed_by: sender,
    sender,
  };
}

/** The fast monitor has sampled time frame `index` (from 1) of the `count` it takes of an STF. */
export function tfFileRegistered(
  run: RunParameters,
  stf: number,
  {index, count, after}: {index: number; count: number; after: number},
  random: Random,
): JsonObject {
  const sender = agentName(run, 'fastmon');
  const frames = wholeBetween(random, 15, 25);
  const share = Math.floor(framesPerStf / count);
  const first = share * (index - 1) + wholeBetween(random, 0, Math.max(0, share - frames));
  const stfName = stfFilename(run, stf);
  return {
    msg_type: 'tf_file_registered',
    namespace: run.namespace,
    run_id: String(run.runNumber),
    execution_id: null,
    processed_by: sender,
    tf_file_id: randomUuid(random),
    tf_filename: `${stfName.replace(/\.stf$/, '')}_tf_${padded(index, 3)}.tf`,
    tf_first: first,
    tf_last: first + frames - 1,
    tf_count: frames,
    file_size_bytes: frames,
    stf_filename: stfName,
    status: 'registered',
    timestamp: agentTime(run, after),
    sender,
  };
}

export function processingComplete(run: RunParameters, stf: number): JsonObject {
  const sender = agentName(run, 'processing');
  return {
    msg_type: 'processing_complete',
    processed_by: sender,
    run_id: String(run.runNumber),
    filename: stfFilename(run, stf),
    message: 'Processing complete',
    sender,
    namespace: run.namespace,
  };
}

const agentKinds = {
  daq: 'stf_datataking',
  data: 'data',
  fastmon: 'fastmon',
  processing: 'processing',
} as const;

function agentName({user, suffixes}: RunParameters, role: keyof typeof agentKinds): string {
  return `${agentKinds[role]}-agent-${user}-${suffixes[role]}`;
}

function stfFilename({runNumber}: RunParameters, stf: number): string {
  return `swf.${runNumber}.${padded(stf, 6)}.stf`;
}

function agentTime({startedAt, speed}: RunParameters, after: number): string {
  return labNaiveStamp(startedAt + (after * 1000) / speed);
}

function padded(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
