// The installed command, as the benchmarks start it: without anybody's settings.
import type {BenchMonitor} from './monitor.ts';

export const program = new URL('../bin/swfmon.js', import.meta.url).pathname;

export function environmentFor(monitor: BenchMonitor): Record<string, string | undefined> {
  return {
    ...bareEnvironment,
    SWF_API_TOKEN: 'bench-token',
    SWF_SSE_RECEIVER_NAME: 'bench-1',
    SWF_MONITOR_PROD_URL: monitor.url,
  };
}

export const bareEnvironment = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
};
