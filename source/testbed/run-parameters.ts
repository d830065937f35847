// What one simulated run is like, the runner's names for it, and its execution record.
import type {ExecutionRecord} from './executions.ts';
import {labStamp} from './stamps.ts';

export interface RunParameters {
  readonly namespace: string;
  /** The account that runs the testbed: a part of every agent's name. */
  readonly user: string;
  readonly runNumber: number;
  readonly executionId: string;
  /** STFs in each physics period. */
  readonly stfCount: number;
  /** 0: endless. */
  readonly physicsPeriodCount: number;
  /** Seconds between STFs, as configured; generating one takes 0.2 s more. */
  readonly stfInterval: number;
  /** Seconds between physics periods, as configured; the broadcasts take 1.1 s more. */
  readonly standbyDuration: number;
  /** Time frames that the fast monitor samples of each STF; undefined: 5 to 9, by chance. */
  readonly tfPerStf: number | undefined;
  /** Whether a processing agent reports `processing_complete`. */
  readonly withProcessing: boolean;
  /** The number at the end of each agent's name. */
  readonly suffixes: {
    readonly daq: number;
    readonly data: number;
    readonly fastmon: number;
    readonly processing: number;
  };
  /** The first message's time, milliseconds since the epoch. */
  readonly startedAt: number;
  /** How much faster than real time the agents' clocks see the run. */
  readonly speed: number;
}

/** A run as the testbed's own configuration makes it: 5 STFs in each of 2 physics periods. */
export const defaultRun: RunParameters = {
  namespace: 'torre1',
  user: 'root',
  runNumber: 100013,
  executionId: 'stf_datataking-root-0004',
  stfCount: 5,
  physicsPeriodCount: 2,
  stfInterval: 2.2,
  standbyDuration: 2,
  tfPerStf: 7,
  withProcessing: false,
  suffixes: {daq: 23, data: 21, fastmon: 22, processing: 24},
  startedAt: Date.UTC(2026, 10, 23, 19, 18, 28),
  speed: 1,
};

/** The execution as the runner records it when it starts the run. */
export function runningExecution(run: RunParameters): ExecutionRecord {
  const {stfCount, physicsPeriodCount, stfInterval, standbyDuration} = run;
  const script = (name: string, enabled: boolean) => ({
    script: `example_agents/${name}.py`,
    enabled,
  });
  return {
    execution_id: run.executionId,
    namespace: run.namespace,
    parameter_values: {
      agents: {
        data: script('example_data_agent', true),
        fastmon: script('example_fastmon_agent', true),
        processing: script('example_processing_agent', run.withProcessing),
        fast_processing: script('fast_processing_agent', false),
      },
      testbed: {namespace: run.namespace},
      workflow: {
        name: 'stf_datataking',
        config: 'fast_processing_default',
        version: '1.0',
        includes: ['daq_state_machine.toml'],
        realtime: true,
        description: 'Default STF datataking workflow configuration',
      },
      simulation: {
        realtime: true,
        stf_count: stfCount,
        stf_interval: stfInterval,
        physics_period_count: physicsPeriodCount,
        physics_period_duration: 60,
      },
      daq_state_machine: {
        stf_interval: 2.0,
        broadcast_delay: 1,
        beam_ready_delay: 2,
        standby_duration: standbyDuration,
        stf_generation_time: 0.1,
        beam_not_ready_delay: 5,
        physics_period_count: physicsPeriodCount,
        no_beam_not_ready_delay: 5,
        physics_period_duration: 10,
        beam_not_ready_end_delay: 5,
      },
    },
    performance_metrics: null,
    status: 'running',
    start_time: labStamp(run.startedAt),
    end_time: null,
    executed_by: run.user,
    workflow_definition: 1,
  };
}

/** `endedAt`: milliseconds since the epoch. */
export function completedExecution(running: ExecutionRecord, endedAt: number): ExecutionRecord {
  return {...running, status: 'completed', end_time: labStamp(endedAt)};
}
