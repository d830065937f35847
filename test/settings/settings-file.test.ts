// The settings file: where it is, what it gives, and what goes over it.
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {parseSettingsFile} from '../../source/settings/parse-settings-file.ts';
import {readSettingsFile, settingsFilePath} from '../../source/settings/settings-file.ts';
import {demoSettings, loadSettings, type Inputs} from '../../source/settings/settings.ts';
import {defaultThresholds} from '../../source/thresholds.ts';

const environment = {SWF_SSE_RECEIVER_NAME: 'my-watch', SWF_API_TOKEN: 's3cret-token'};

function load(text: string, inputs: Inputs = {}) {
  const file = parseSettingsFile(text, 'config.json');
  return loadSettings({environment, ...inputs, file}, true);
}

describe('every key', () => {
  test.each([
    ['{"monitorUrl": "https://host/m/"}', {monitorUrl: 'https://host/m'}],
    ['{"namespace": "torre1"}', {namespace: 'torre1'}],
    ['{"namespace": ""}', {namespace: undefined}],
    ['{"caFile": "/a.pem"}', {caFile: '/a.pem'}],
    ['{"caFile": "~/a.pem"}', {caFile: `${homedir()}/a.pem`}],
    ['{"register": false}', {register: false}],
    ['{"fps": 30}', {fps: 30}],
    ['{"time": "lab"}', {time: 'lab'}],
    ['{"ascii": true}', {isAscii: true}],
    ['{"filter": {"types": ["a", "b,c", "a"]}}', {filter: {types: ['a', 'b', 'c']}}],
    ['{"filter": {"agents": ["daq"]}}', {filter: {agents: ['daq']}}],
    ['{"filter": {"runs": ["100013", 100014]}}', {filter: {runs: ['100013', '100014']}}],
    ['{"filter": {}}', {filter: {types: [], agents: [], runs: []}}],
    ['{"keys": ["b", "a.b-c_1"]}', {keys: ['b', 'a.b-c_1']}],
    ['{"keys": []}', {keys: []}],
    ['{"theme": "plain"}', {hasColour: false}],
    ['{"alerts": {"imminent": 1.5}}', {thresholds: {...defaultThresholds, imminent: 1500}}],
    ['{"alerts": {"intervals": 3}}', {thresholds: {...defaultThresholds, intervals: 3}}],
    ['{"alerts": {"silence": "off"}}', {thresholds: {...defaultThresholds, silence: Infinity}}],
    ['{"alerts": {"settle": 0}}', {thresholds: {...defaultThresholds, settle: 0}}],
    ['{"alerts": {"unfilled": 60}}', {thresholds: {...defaultThresholds, unfilled: 60_000}}],
    ['// mine\n{"fps": 5, /* few */ "time": "utc",\n}', {fps: 5, time: 'utc'}],
    ['{}', {fps: 5}],
  ])('%s', (text, settings) => {
    expect(load(text)).toMatchObject(settings);
  });

  test('a name', () => {
    const inputs = {environment: {SWF_API_TOKEN: 'x'}};
    expect(load('{"name": "from-file"}', inputs).name).toBe('from-file');
  });

  test.each([
    ['auto', {}, 'terminal', 1],
    ['colour', {TERM: 'xterm-256color'}, 'terminal', 2],
    ['dark', {TERM: 'tmux-256color'}, 'dark', 2],
    ['light', {COLORTERM: 'truecolor', TERM: 'xterm-256color'}, 'light', 3],
  ])('theme %s with %j: the colours of %s, depth %d', (theme, variables, palette, depth) => {
    const inputs = {environment: {...environment, ...variables}};
    expect(load(JSON.stringify({theme}), inputs)).toMatchObject({palette, depth});
  });

  test.each([
    ['auto', {}, true],
    ['auto', {NO_COLOR: '1'}, false],
    ['auto', {TERM: 'dumb'}, false],
    ['colour', {NO_COLOR: '1', TERM: 'dumb'}, true],
    ['dark', {NO_COLOR: '1'}, true],
    ['plain', {}, false],
  ])('theme %s with %j: colour %j', (theme, variables, hasColour) => {
    const inputs = {environment: {...environment, ...variables}};
    expect(load(JSON.stringify({theme}), inputs).hasColour).toBe(hasColour);
  });

  test('ascii false: the other characters whatever the locale', () => {
    const inputs = {environment: {...environment, LANG: 'C'}};
    expect(load('{"ascii": false}', inputs).isAscii).toBe(false);
  });
});

describe('the order', () => {
  const text = JSON.stringify({
    monitorUrl: 'https://file',
    name: 'file',
    namespace: 'file',
    caFile: '/file.pem',
    register: false,
    fps: 1,
    time: 'age',
    ascii: true,
    filter: {types: ['file'], agents: ['file'], runs: ['1']},
    alerts: {imminent: 1, silence: 1},
  });

  test('flags go over it, setting by setting', () => {
    const flags = {
      monitorUrl: 'https://flag',
      name: 'flag',
      namespace: 'flag',
      caFile: 'flag.pem',
      register: true,
      fps: 2,
      time: 'utc',
    };
    const lists = {message: ['flag'], agent: [''], alert: ['imminent=2'], ascii: false};
    const settings = load(text, {flags: {...flags, ...lists}});
    expect(settings).toMatchObject({
      ...flags,
      isAscii: false,
      filter: {types: ['flag'], agents: [], runs: ['1']},
      thresholds: {imminent: 2000, silence: 1000},
    });
  });

  test('a blank namespace on the command line asks for all', () => {
    expect(load(text, {flags: {namespace: ''}}).namespace).toBeUndefined();
  });

  const elsewhere = {SWF_MONITOR_PROD_URL: 'https://variable', SSL_CERT_FILE: '/variable.pem'};
  test.each([
    ['the environment', {environment: {...environment, ...elsewhere}}],
    ['~/.env', {environment: {}, envFile: {...environment, ...elsewhere}}],
  ])('%s goes over it', (_where, inputs) => {
    expect(load(text, inputs)).toMatchObject({
      monitorUrl: 'https://variable',
      caFile: '/variable.pem',
      name: 'my-watch',
      fps: 1,
    });
  });
});

test('the demo takes how it looks from it, and nothing else', () => {
  const text =
    '{"monitorUrl": "https://file", "name": "file", "namespace": "file", "register": false,' +
    '"filter": {"runs": [1]}, "fps": 3, "keys": ["a"], "theme": "plain", "alerts": {"settle": 1}}';
  const file = parseSettingsFile(text, 'config.json');
  const monitor = {url: 'http://127.0.0.1:1', token: 'demo'};
  expect(demoSettings({file}, true, monitor)).toMatchObject({
    monitorUrl: 'http://127.0.0.1:1',
    name: 'swfmon-demo',
    namespace: undefined,
    register: true,
    filter: {runs: []},
    fps: 3,
    keys: ['a'],
    hasColour: false,
    thresholds: {settle: 1000},
  });
});

describe('where it is', () => {
  test.each([
    [undefined, '/home/me/.config/swfmon/config.json'],
    ['', '/home/me/.config/swfmon/config.json'],
    ['relative', '/home/me/.config/swfmon/config.json'],
    ['/xdg', '/xdg/swfmon/config.json'],
  ])('XDG_CONFIG_HOME=%s: %s', (XDG_CONFIG_HOME, path) => {
    expect(settingsFilePath({XDG_CONFIG_HOME}, '/home/me')).toBe(path);
  });

  function folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'settings-'));
    onTestFinished(() => rmSync(path, {recursive: true}));
    return path;
  }

  test('a missing one gives nothing', async () => {
    const path = join(folder(), 'config.json');
    const missing = {path, isThere: false, given: new Map(), faults: [], warnings: []};
    expect(await readSettingsFile(path)).toEqual(missing);
    writeFileSync(path, '{}');
    const below = join(path, 'config.json');
    expect(await readSettingsFile(below)).toEqual({...missing, path: below});
  });

  test('without a home there is none', async () => {
    expect(settingsFilePath({}, undefined)).toBeUndefined();
    expect(settingsFilePath({XDG_CONFIG_HOME: '/xdg'}, undefined)).toBe('/xdg/swfmon/config.json');
    expect(await readSettingsFile(undefined)).toMatchObject({isThere: false, faults: []});
  });

  test('a directory of that name is said, and gives nothing', async () => {
    const path = join(folder(), 'config.json');
    mkdirSync(path);
    const {faults, isThere, warnings} = await readSettingsFile(path);
    expect({faults, isThere}).toEqual({faults: [], isThere: false});
    expect(warnings).toEqual([`${path} is not read: it is a directory`]);
  });

  test('one that cannot be read is a fault', async () => {
    const path = join(folder(), 'config.json');
    symlinkSync(path, path);
    const {faults, isThere} = await readSettingsFile(path);
    expect(isThere).toBe(true);
    expect(faults.map(({message}) => message)).toEqual([
      expect.stringMatching(/config\.json cannot be read: ELOOP/),
    ]);
  });

  test('a byte order mark before it is no part of it', async () => {
    const path = join(folder(), 'config.json');
    writeFileSync(path, '\ufeff{"fps": 0}');
    const {faults} = await readSettingsFile(path);
    expect(faults[0]?.message).toBe(`${path}:1:9: fps takes a whole number from 1 to 30`);
  });
});
