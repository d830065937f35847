// Which value wins, and what a setting becomes.
import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {parseEnvFile} from '../../source/settings/env-file.ts';
import {defaultThresholds} from '../../source/thresholds.ts';
import {
  demoSettings,
  loadSettings,
  type Environment,
  type Flags,
} from '../../source/settings/settings.ts';

const account: Environment = {SWF_SSE_RECEIVER_NAME: 'my-watch', SWF_API_TOKEN: 's3cret-token'};
const load = (flags: Flags = {}, environment: Environment = {}, isTerminal = true) =>
  loadSettings({flags, environment: {...account, TERM: 'xterm', ...environment}}, isTerminal);

test('the defaults', () => {
  const {token, ...settings} = load();
  expect(token.reveal()).toBe('s3cret-token');
  expect(settings).toEqual({
    monitorUrl: 'https://pandaserver02.sdcc.bnl.gov/swf-monitor',
    name: 'my-watch',
    namespace: undefined,
    caFile: undefined,
    proxy: undefined,
    noProxy: undefined,
    filter: {types: [], agents: [], runs: []},
    register: true,
    output: 'screen',
    count: undefined,
    fps: 5,
    hasColour: true,
    palette: 'terminal',
    depth: 1,
    isAscii: false,
    time: 'local',
    keys: undefined,
    record: undefined,
    recordTotal: 1000,
    thresholds: defaultThresholds,
  });
});

test('flags go over the environment, that over ~/.env, that over the defaults', () => {
  const {values: envFile} = parseEnvFile(
    'export SWF_MONITOR_PROD_URL=https://file/m\nexport SWF_API_TOKEN="from-file"\n' +
      'SWF_SSE_RECEIVER_NAME=x\nSSL_CERT_FILE=/file.pem\n',
  );
  const inFile = loadSettings({envFile}, true);
  expect(inFile).toMatchObject({monitorUrl: 'https://file/m', name: 'x', caFile: '/file.pem'});
  expect(inFile.token.reveal()).toBe('from-file');
  const environment = {
    SWF_MONITOR_PROD_URL: 'https://environment/m',
    SWF_API_TOKEN: 'env',
    REQUESTS_CA_BUNDLE: '/environment.pem',
  };
  const inBoth = loadSettings({environment, envFile}, true);
  expect(inBoth).toMatchObject({monitorUrl: 'https://environment/m', caFile: '/environment.pem'});
  expect(inBoth.token.reveal()).toBe('env');
  const flags = {monitorUrl: 'https://flag/m', name: 'flag', caFile: '/flag.pem'};
  expect(loadSettings({flags, environment, envFile}, true)).toMatchObject(flags);
});

test('a blank variable of the environment hides the one of ~/.env', () => {
  const envFile = {...account, HTTPS_PROXY: 'http://proxy', SWF_MONITOR_PROD_URL: 'https://file'};
  const environment = {HTTPS_PROXY: '', SWF_MONITOR_PROD_URL: ' '};
  expect(loadSettings({environment, envFile}, true)).toMatchObject({
    monitorUrl: 'https://pandaserver02.sdcc.bnl.gov/swf-monitor',
    proxy: undefined,
  });
});

test('blanks around a value are no part of it, and a blank value is none', () => {
  expect(load({name: '  '}, {SWF_MONITOR_PROD_URL: '  ', REQUESTS_CA_BUNDLE: ''})).toMatchObject({
    monitorUrl: 'https://pandaserver02.sdcc.bnl.gov/swf-monitor',
    name: 'my-watch',
    caFile: undefined,
  });
  const padded = load({name: ' flag '}, {SWF_API_TOKEN: ' token\n', SSL_CERT_FILE: ' /a.pem '});
  expect([padded.name, padded.token.reveal(), padded.caFile]).toEqual(['flag', 'token', '/a.pem']);
});

test('REQUESTS_CA_BUNDLE goes before SSL_CERT_FILE', () => {
  const both = {REQUESTS_CA_BUNDLE: '/a.pem', SSL_CERT_FILE: '/b.pem'};
  expect(load({}, both).caFile).toBe('/a.pem');
});

describe('the proxy', () => {
  test.each([
    [{HTTPS_PROXY: 'http://proxy:3128'}, 'http://proxy:3128'],
    [{https_proxy: 'http://proxy:3128'}, 'http://proxy:3128'],
    [{HTTPS_PROXY: 'proxy:3128'}, 'http://proxy:3128'],
    [{HTTPS_PROXY: '', https_proxy: 'https://proxy'}, 'https://proxy'],
    [{HTTPS_PROXY: 'http://user:p%25w@proxy'}, 'http://user:p%25w@proxy'],
    [{HTTP_PROXY: 'http://proxy:3128'}, undefined],
  ])('%j', (environment, proxy) => {
    expect(load({}, environment).proxy).toBe(proxy);
  });

  test('NO_PROXY in either case', () => {
    expect(load({}, {NO_PROXY: 'a,b'}).noProxy).toBe('a,b');
    expect(load({}, {no_proxy: 'c'}).noProxy).toBe('c');
  });
});

test('lists: repeated flags and commas alike, no blanks, no doubles, in order', () => {
  const {filter} = load({
    message: ['stf_gen, end_run', 'stf_gen', ''],
    agent: [' , ', 'daq'],
    run: ['2,1,,2'],
  });
  expect(filter).toEqual({types: ['stf_gen', 'end_run'], agents: ['daq'], runs: ['2', '1']});
});

describe('the output', () => {
  test.each([
    [{}, true, 'screen'],
    [{}, false, 'lines'],
    [{plain: true}, true, 'lines'],
    [{plain: false}, true, 'screen'],
    [{json: true}, true, 'json'],
    [{json: true, plain: true}, false, 'json'],
  ])('%j, terminal: %j: %s', (flags, isTerminal, output) => {
    expect(load(flags, {}, isTerminal).output).toBe(output);
  });

  test.each([
    ['dumb', 'TERM=dumb'],
    ['unknown', 'TERM=unknown'],
    ['', 'TERM is not set'],
    ['vt100', undefined],
    ['linux', undefined],
    ['dumb-emacs-ansi', undefined],
  ])('on TERM=%s', (TERM, linesReason) => {
    const output = linesReason === undefined ? 'screen' : 'lines';
    expect(load({}, {TERM}, true)).toMatchObject({output, linesReason});
    expect(load({plain: true}, {TERM}, true)).toMatchObject({output: 'lines'});
    expect(load({plain: true}, {TERM}, true).linesReason).toBeUndefined();
    expect(load({}, {TERM}, false).linesReason).toBeUndefined();
    expect(load({json: true}, {TERM}, true)).toMatchObject({output: 'json'});
  });

  test('without TERM', () => {
    const environment = {...account};
    expect(loadSettings({environment}, true).linesReason).toBe('TERM is not set');
  });

  test('lines where a screen reader reads', () => {
    expect(load({}, {INK_SCREEN_READER: 'true'}, true).output).toBe('lines');
    expect(load({json: true}, {INK_SCREEN_READER: 'true'}, true).output).toBe('json');
  });
});

describe('colour and glyphs', () => {
  test.each([
    [{NO_COLOR: '1'}, false],
    [{NO_COLOR: ''}, true],
    [{TERM: 'dumb'}, false],
    [{TERM: 'xterm'}, true],
  ])('%j: colour %j', (environment, hasColour) => {
    expect(load({}, environment).hasColour).toBe(hasColour);
  });

  test.each([
    [{}, false],
    [{LANG: 'en_US.UTF-8'}, false],
    [{LANG: 'en_US.utf8'}, false],
    [{LANG: 'C'}, true],
    [{LANG: 'en_US.ISO-8859-1'}, true],
    [{LC_ALL: 'C', LANG: 'en_US.UTF-8'}, true],
    [{LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C'}, false],
    [{LC_CTYPE: 'POSIX', LANG: 'en_US.UTF-8'}, true],
  ])('%j: ASCII %j', (environment, isAscii) => {
    expect(load({}, environment).isAscii).toBe(isAscii);
  });

  test('--ascii in any locale', () => {
    expect(load({ascii: true}, {LANG: 'en_US.UTF-8'}).isAscii).toBe(true);
  });
});

test('other flags go through', () => {
  const flags = {namespace: 'torre1', register: false, count: 5, fps: 30, time: 'lab'};
  expect(load(flags)).toMatchObject(flags);
});

test('thresholds: in seconds, for intervals their number; the last word on each counts', () => {
  const alert = ['imminent=600, silence=off', 'intervals=3', 'imminent=1.5', ''];
  expect(load({alert}).thresholds).toEqual({
    ...defaultThresholds,
    imminent: 1500,
    silence: Infinity,
    intervals: 3,
  });
});

test('settings are frozen', () => {
  expect(load()).toSatisfy(Object.isFrozen);
  expect(demoSettings({}, true, {url: 'x', token: 'y'})).toSatisfy(Object.isFrozen);
});

test('the token is in no text of the settings', () => {
  const settings = load();
  for (const text of [
    JSON.stringify(settings),
    inspect(settings, {depth: 9, showHidden: true}),
    JSON.stringify({...settings}),
    Object.values(settings).join(' '),
  ]) {
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('s3cret');
  }
});

test('the demo reads nothing of the user’s account', () => {
  const environment = {
    ...account,
    SWF_MONITOR_PROD_URL: 'not a url',
    REQUESTS_CA_BUNDLE: '/a.pem',
    HTTPS_PROXY: 'not a proxy',
    NO_PROXY: 'x',
    NO_COLOR: '1',
  };
  const flags = {monitorUrl: 'https://flag', caFile: '/b.pem', run: ['7']};
  const monitor = {url: 'http://127.0.0.1:1/swf-monitor', token: 'demo-token'};
  const {token, ...settings} = demoSettings({flags, environment}, true, monitor);
  expect(token.reveal()).toBe('demo-token');
  expect(settings).toMatchObject({
    monitorUrl: monitor.url,
    name: 'swfmon-demo',
    caFile: undefined,
    proxy: undefined,
    noProxy: undefined,
    filter: {runs: ['7']},
    hasColour: false,
  });
  expect(demoSettings({flags: {name: 'mine'}}, true, monitor).name).toBe('mine');
});
