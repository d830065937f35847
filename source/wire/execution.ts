// One workflow execution as REST tells it, and how many STFs its parameters promise.
import {asRecord, type JsonRecord} from './json-record.ts';
import {LongInteger} from './json.ts';
import {monitorUrl, paths} from './paths.ts';
import {requestJson} from './request.ts';
import {sanitise} from './sanitise.ts';
import {parseStamp} from './stamp.ts';
import type {Fetch} from './transport.ts';

/** What the monitor says of a workflow execution, as far as a run's progress and its reader need. */
export interface Execution {
  readonly id: string;
  readonly namespace: string | undefined;
  /** `running`, `completed`, `terminated` or `failed`. */
  readonly status: string | undefined;
  /** `end_time`, ms since the epoch; null at the monitor for `terminated` and `failed`. Recordings may lack it. */
  readonly endedAt?: number | undefined;
  /** The account that runs it. */
  readonly executedBy: string | undefined;
  /** Name of the workflow. */
  readonly workflow: string | undefined;
  /** Physics periods; 0 is endless; undefined when not said. */
  readonly physicsPeriods: number | undefined;
  /** STFs in all: per period times periods; undefined when endless or not said. */
  readonly expectedStfs: number | undefined;
  /** Seconds between two STFs, above 0; undefined when not said. */
  readonly stfInterval: number | undefined;
  /** What is worth reading of its parameters: the workflow first, then by name; at most 40. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const overStatuses: ReadonlySet<string> = new Set(['completed', 'terminated', 'failed']);

/** Whether an execution with this status runs no more. */
export const isOverStatus = (status: string | undefined): boolean =>
  status !== undefined && overStatuses.has(status);

/** Parameters that are kept, and the longest name and value, in UTF-16 units. */
const maxParameters = 40;
const maxName = 64;
const maxValue = 128;

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
  const sections = asRecord(record['parameter_values']) ?? {};
  const parameters = mergedParameters(sections);
  const perPeriod = count(parameters['stf_count']);
  const physicsPeriods = count(parameters['physics_period_count']);
  return {
    id,
    namespace: word(record['namespace']),
    status: word(record['status']),
    endedAt: parseStamp(record['end_time']),
    executedBy: word(record['executed_by']),
    workflow: word(asRecord(sections['workflow'])?.['name']),
    physicsPeriods,
    expectedStfs:
      perPeriod !== undefined && physicsPeriods ? perPeriod * physicsPeriods : undefined,
    stfInterval: duration(parameters['stf_interval']),
    parameters: readableParameters(sections),
  };
}

/**
 * `parameter_values` holds sections; where two name the same parameter the workflow's own
 * (`simulation`) overrides the state machine's defaults (`daq_state_machine`).
 */
function mergedParameters(sections: JsonRecord): JsonRecord {
  const {simulation, ...rest} = sections;
  return Object.assign(
    {},
    sections,
    ...Object.values(rest).map(section => asRecord(section) ?? {}),
    asRecord(simulation) ?? {},
  ) as JsonRecord;
}

/** Which workflow it is, and the single values that steer the run. */
function readableParameters(sections: JsonRecord): Execution['parameters'] {
  const workflow = asRecord(sections['workflow']) ?? {};
  const steering = {
    ...asRecord(sections['daq_state_machine']),
    ...asRecord(sections['simulation']),
  };
  return [
    ...['name', 'config', 'version'].map(key => [`workflow ${key}`, workflow[key]] as const),
    // The database keeps no order of keys.
    ...Object.entries(steering).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]
    .filter(([, value]) => isScalar(value))
    .slice(0, maxParameters)
    .map(([name, value]) => [sanitise(name, maxName), sanitise(String(value), maxValue)] as const);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof LongInteger;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function duration(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' ? sanitise(value) : undefined;
}
