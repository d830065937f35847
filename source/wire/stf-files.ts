// The monitor's own list of a run's STF files: the witness for the agents' stages, whose messages
// no execution lists.
import {asRecord} from './json-record.ts';
import {monitorUrl, paths} from './paths.ts';
import {requestJson, type RequestOptions} from './request.ts';
import {sanitise} from './sanitise.ts';
import type {Fetch} from './transport.ts';

export interface StfFiles {
  readonly runId: string;
  /** Files that the monitor knows of. */
  readonly count: number;
  /** How many of those looked at stand in each status (`registered`, `processed` …). */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Files looked at: all, unless there are more than the bound. */
  readonly seen: number;
}

/** Rows a page, and pages at most. */
const page = 500;
const maxPages = 20;

/** @throws Error when the monitor does not answer with pages of files. */
export async function fetchStfFiles(
  fetch: Fetch,
  base: string,
  runId: string,
  options: RequestOptions,
): Promise<StfFiles> {
  const byStatus: Record<string, number> = {};
  let count = 0;
  let seen = 0;
  for (let turn = 0; turn < maxPages; turn += 1) {
    const url = monitorUrl(base, paths.stfFiles, {
      run_number: runId,
      limit: String(page),
      offset: String(seen),
    });
    const answer = asRecord(await requestJson(fetch, url, options));
    const results = answer?.['results'];
    if (!answer || !Array.isArray(results)) throw new Error('the answer is not a page of files');
    count = typeof answer['count'] === 'number' ? answer['count'] : results.length;
    for (const file of results as unknown[]) {
      const status = asRecord(file)?.['status'];
      const name = typeof status === 'string' ? sanitise(status, 32) : 'unknown';
      byStatus[name] = (byStatus[name] ?? 0) + 1;
    }
    seen += results.length;
    if (results.length === 0 || seen >= count) break;
  }
  return {runId, count, byStatus, seen};
}
