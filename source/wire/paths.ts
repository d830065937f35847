// Where things are on a swf-monitor, below its base URL. A URL without its last slash is a 301
// there, so every path ends in one.

/** The production monitor, used when neither flag nor SWF_MONITOR_PROD_URL names another. */
export const defaultMonitorUrl = 'https://pandaserver02.sdcc.bnl.gov/swf-monitor';

export const paths = {
  stream: 'api/messages/stream/',
  streamStatus: 'api/messages/stream/status/',
  heartbeat: 'api/systemagents/heartbeat/',
  messages: 'api/workflow-messages/',
  executions: 'api/workflow-executions/',
  runStates: 'api/run-states/',
  stfFiles: 'api/stf-files/',
  subscribers: 'api/subscribers/',
} as const;

/**
 * The URL of `path` on the monitor at `base`; a path of the base itself (`/swf-monitor`) is kept.
 * Parameters that are undefined are left out.
 */
export function monitorUrl(
  base: string,
  path: string,
  parameters: Readonly<Record<string, string | undefined>> = {},
): URL {
  const url = new URL(path, base.endsWith('/') ? base : `${base}/`);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}
