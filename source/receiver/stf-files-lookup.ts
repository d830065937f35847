// One look at what REST has of a run's STF files, as the event that it makes.
import type {MonitorEvent} from '../monitor-event.ts';
import type {RequestOptions} from '../wire/request.ts';
import {fetchStfFiles} from '../wire/stf-files.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';

export async function lookUpStfFiles(
  runId: string,
  {
    base,
    fetch,
    clock,
    request,
  }: {
    readonly base: string;
    readonly fetch: Fetch;
    readonly clock: Clock;
    readonly request: RequestOptions;
  },
): Promise<MonitorEvent> {
  try {
    const files = await fetchStfFiles(fetch, base, runId, request);
    return {kind: 'stf-files', at: clock.now(), files};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {kind: 'stf-files-unknown', at: clock.now(), runId, reason};
  }
}
