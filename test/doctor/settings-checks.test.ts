// What the doctor says of what was set: nothing stops it, each fault is a line with its remedy.
import {describe, expect, it, test} from 'vitest';
import {parseSettingsFile} from '../../source/settings/parse-settings-file.ts';
import {examined, inState, type Circumstances} from './examined.ts';

/** A monitor that nobody has to look for. */
const nowhere: Circumstances = {
  edges: {lookup: () => Promise.reject(Object.assign(new Error(), {code: 'ENOTFOUND'}))},
};
const found = (environment: Record<string, string | undefined>, more: Circumstances = {}) =>
  examined({...nowhere, ...more, environment});

describe('is told with its remedy', () => {
  test.each([
    ['name', {SWF_SSE_RECEIVER_NAME: ''}, /^is missing: /, /^export SWF_SSE_RECEIVER_NAME=/],
    ['token', {SWF_API_TOKEN: undefined}, /^is missing: /, /^export SWF_API_TOKEN=/],
    ['token', {SWF_API_TOKEN: 's3cret token'}, /^SWF_API_TOKEN holds/, /^export SWF_API_TOKEN=/],
    ['URL', {SWF_MONITOR_PROD_URL: 'http://host'}, /must begin with https/, /^export SWF_MONITOR/],
    [
      'URL',
      {SWF_MONITOR_PROD_URL: 'https://me:hunter2@host'},
      /must not hold a user or a password$/,
      /^export SWF_MONITOR/,
    ],
    ['proxy', {HTTPS_PROXY: 'socks5://me:hunter2@x'}, /is not the URL of an http/, /^unset HTTPS/],
  ])('a wrong %s: %o', async (name, environment, says, remedy) => {
    const findings = await found(environment);
    expect(findings[name]).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(says),
      remedy: expect.stringMatching(remedy),
    });
    expect(findings['settings']?.state).toBe('ok');
  });

  test('a mistake in the settings file, the first of several', async () => {
    const file = parseSettingsFile('{"fps": 0, "tiem": "utc"}', '/config.json');
    const {settings} = await found({}, {file});
    expect(settings).toMatchObject({
      state: 'failed',
      says: '/config.json:1:9: fps takes a whole number from 1 to 30 (and 1 more)',
      remedy: 'swfmon config',
    });
  });
});

it('tries nothing of the network with a wrong URL', async () => {
  const findings = await found({SWF_MONITOR_PROD_URL: 'nonsense'});
  expect(inState(findings, 'failed')).toEqual(['URL']);
  expect(findings['DNS']?.says).toBe('not tried without URL');
});

describe('a token in ~/.env', () => {
  /** `environment` must not have one of its own, which would win. */
  const foundIn = (envFileMode: number, environment: Record<string, string | undefined>) =>
    found(environment, {envFile: {SWF_API_TOKEN: 's3cret'}, machine: {envFileMode}});

  it('that others can read is worth a word', async () => {
    const {token} = await foundIn(0o100644, {SWF_API_TOKEN: undefined});
    expect(token).toMatchObject({state: 'warning', remedy: 'chmod 600 ~/.env'});
  });

  it('that others cannot read is in order', async () => {
    const {token} = await foundIn(0o100600, {SWF_API_TOKEN: undefined});
    expect(token).toMatchObject({state: 'ok', says: 'is set, from ~/.env SWF_API_TOKEN'});
  });

  it('does not matter where the environment gives one', async () => {
    const {token} = await foundIn(0o100644, {});
    expect(token).toMatchObject({state: 'ok', says: 'is set, from environment SWF_API_TOKEN'});
  });
});
