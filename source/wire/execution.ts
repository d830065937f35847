// One workflow execution as REST tells it, and how many STFs its parameters promise.
import {asRecord, type JsonRecord} from './json-record.ts';
import {monitorUrl, paths} from './paths.ts';
import {requestJson} from './request.ts';
import {sanitise} from './sanitise.ts';
import type {Fetch} from './transport.ts';

/** What the monitor says of a workflow execution, as far as a run's progress needs it. */
export interface Execution {
  readonly id: string;
  readonly namespace: string | undefined;
  readonly status: string | undefined;
  /** Physics periods; 0 is endless; undefined when not said. */
  readonly physicsPeriods: number | undefined;
  /** STFs in all: per period times periods; undefined when endless or not said. */
  readonly expectedStfs: number | undefined;
}

/** @throws Error when it is unknown there or the answer is not an execution. */
export async function fetchExecution(
  fetch: Fetch,
  base: string,
  id: string,
  timeout: number,
): Promise<Execution> {
  const url = monitorUrl(base, `${paths.executions}${encodeURIComponent(id)}/`);
  const answer = asRecord(await requestJson(fetch, url, {timeout}));
  if (!answer) throw new Error('the answer is not an execution');
  return readExecution(id, answer);
}

/** An execution from its record in a list or by itself. */
export function readExecution(id: string, record: JsonRecord): Execution {
  const parameters = mergedParameters(record['parameter_values']);
  const perPeriod = count(parameters['stf_count']);
  const physicsPeriods = count(parameters['physics_period_count']);
  return {
    id,
    namespace: word(record['namespace']),
    status: word(record['status']),
    physicsPeriods,
    expectedStfs:
      perPeriod !== undefined && physicsPeriods ? perPeriod * physicsPeriods : undefined,
  };
}

/**
 * `parameter_values` holds sections; where two name the same parameter the workflow's own
 * (`simulation`) overrides the state machine's defaults (`daq_state_machine`).
 */
function mergedParameters(value: unknown): JsonRecord {
  const sections = asRecord(value) ?? {};
  const {simulation, ...rest} = sections;
  return Object.assign(
    {},
    sections,
    ...Object.values(rest).map(section => asRecord(section) ?? {}),
    asRecord(simulation) ?? {},
  ) as JsonRecord;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' ? sanitise(value) : undefined;
}
