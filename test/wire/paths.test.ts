// Addresses below the monitor's base URL.
import {expect, test} from 'vitest';
import {defaultMonitorUrl, monitorUrl, paths} from '../../source/wire/paths.ts';

test.each([
  ['https://host/swf-monitor', 'https://host/swf-monitor/api/run-states/'],
  ['https://host/swf-monitor/', 'https://host/swf-monitor/api/run-states/'],
  ['https://host/a/b', 'https://host/a/b/api/run-states/'],
  ['https://host', 'https://host/api/run-states/'],
  ['https://host/', 'https://host/api/run-states/'],
  ['http://[::1]:8000/m', 'http://[::1]:8000/m/api/run-states/'],
])('the path of %s is kept', (base, url) => {
  expect(monitorUrl(base, paths.runStates).href).toBe(url);
});

test('every path ends in a slash, and none leaves the base', () => {
  for (const path of Object.values(paths)) {
    expect(monitorUrl(defaultMonitorUrl, path).href).toBe(`${defaultMonitorUrl}/${path}`);
    expect(path).toMatch(/^[^/].*\/$/);
  }
});

test('parameters are encoded, undefined ones left out', () => {
  const url = monitorUrl('https://host/m', paths.messages, {execution_id: 'a&b', other: undefined});
  expect(url.href).toBe('https://host/m/api/workflow-messages/?execution_id=a%26b');
});
