// The filter that the server applies to a stream: exact match, values separated by commas, all
// given parameters must match.
import {asRecord} from './json-record.ts';
import {lifecycleTypes} from './lifecycle-types.ts';
import {monitorUrl, paths} from './paths.ts';

export interface StreamFilter {
  /** Compared with `msg_type`. Empty: every type. */
  readonly types: readonly string[];
  /**
   * Compared with `processed_by` alone, which the DAQ and the workflow runner do not send: any
   * agents filter hides every run lifecycle message and every `stf_gen`.
   */
  readonly agents: readonly string[];
  /** Compared with `run_id`; a message whose `run_id` is a JSON number never matches. */
  readonly runs: readonly string[];
}

export const everything: StreamFilter = {types: [], agents: [], runs: []};

/** Opening the stream with this URL asks the server for `filter`. */
export function streamUrl(base: string, filter: StreamFilter): URL {
  const list = (values: readonly string[]) => (values.length > 0 ? values.join(',') : undefined);
  return monitorUrl(base, paths.stream, {
    msg_types: list(filter.types),
    agents: list(filter.agents),
    run_ids: list(filter.runs),
  });
}

export function isEverything(filter: StreamFilter): boolean {
  return filter.types.length + filter.agents.length + filter.runs.length === 0;
}

/** Whether all of a run's messages of this type come with it; who sends them is not known. */
export function carries({types, agents, runs}: StreamFilter, type: string, runId: string): boolean {
  return (
    agents.length === 0 &&
    (types.length === 0 || types.includes(type)) &&
    (runs.length === 0 || runs.includes(runId))
  );
}

/** Whether messages of the runs' lifecycle do not come with it. */
export function hidesLifecycle({types, agents}: StreamFilter): boolean {
  return agents.length > 0 || (types.length > 0 && !lifecycleTypes.every(t => types.includes(t)));
}

/** Whether the server would send a message with this content: only texts are ever equal. */
export function passes({types, agents, runs}: StreamFilter, content: unknown): boolean {
  const record = asRecord(content) ?? {};
  const isAmong = (values: readonly string[], key: string) =>
    values.length === 0 || values.some(value => value === record[key]);
  return isAmong(types, 'msg_type') && isAmong(agents, 'processed_by') && isAmong(runs, 'run_id');
}

export function sameFilter(a: StreamFilter, b: StreamFilter): boolean {
  const same = (x: readonly string[], y: readonly string[]) =>
    x.every(value => y.includes(value)) && y.every(value => x.includes(value));
  return same(a.types, b.types) && same(a.agents, b.agents) && same(a.runs, b.runs);
}

/** Whether all that comes with `filter` comes with `other` too. */
export function isWithin(filter: StreamFilter, other: StreamFilter): boolean {
  const within = (inner: readonly string[], outer: readonly string[]) =>
    outer.length === 0 || (inner.length > 0 && inner.every(value => outer.includes(value)));
  return (
    within(filter.types, other.types) &&
    within(filter.agents, other.agents) &&
    within(filter.runs, other.runs)
  );
}

/** The filter in words, as screens and logs show it: `types stf_gen,end_run · runs 100013`. */
export function describeFilter(filter: StreamFilter): string {
  const parts = [
    ['types', filter.types],
    ['agents', filter.agents],
    ['runs', filter.runs],
  ] as const;
  const shown = parts.filter(([, values]) => values.length > 0);
  if (shown.length === 0) return 'all messages';
  return shown.map(([name, values]) => `${name} ${values.join(',')}`).join(' · ');
}
