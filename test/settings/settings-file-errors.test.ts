// The settings file with mistakes in it: each is told with its line and column, and none ends the
// program in another way.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseSettingsFile} from '../../source/settings/parse-settings-file.ts';
import {settingKeys, settingOf} from '../../source/settings/setting-table.ts';
import {loadSettings, SettingsError, type Flags} from '../../source/settings/settings.ts';

const environment = {SWF_SSE_RECEIVER_NAME: 'my-watch', SWF_API_TOKEN: 's3cret-token'};

const load = (text: string, flags: Flags = {}) =>
  loadSettings({flags, environment, file: parseSettingsFile(text, 'config.json')}, true);
const faults = (text: string) =>
  parseSettingsFile(text, 'config.json').faults.map(({message}) => message);

describe('what is wrong, with its line and column', () => {
  const known =
    'monitorUrl, name, namespace, caFile, register, filter, time, fps, ascii, record, recordTotal, theme, keys, alerts, broker, serve';
  test.each([
    ['', '1:1: not JSON: value expected'],
    ['{"fps": 1', '1:10: not JSON: close brace expected'],
    ['{\n  "fps": 1\n  "time": "utc"\n}', '3:3: not JSON: comma expected'],
    ['{\r\n  fps: 1\r\n}', '2:3: not JSON: invalid symbol'],
    ['{"name": "a\n"}', '1:10: not JSON: unexpected end of string'],
    ['{} {}', '1:4: not JSON: end of file expected'],
    [' []', '1:2: the settings stand in an object: { … }'],
    ['null', '1:1: the settings stand in an object: { … }'],
    ['{\n  "fsp": 3\n}', `2:3: unknown key "fsp": known are ${known}`],
    ['{"__proto__": 3}', `1:2: unknown key "__proto__": known are ${known}`],
    ['{"proxy": "x"}', `1:2: unknown key "proxy": known are ${known}`],
    ['{"a\\u001b[2J": 3}', `1:2: unknown key "a␛[2J": known are ${known}`],
    [
      '{"filter": {"type": []}}',
      '1:13: unknown key "filter.type": known are filter.types, filter.agents, filter.runs',
    ],
    ['{"fps": 1,\n "fps": 2}', '2:2: fps is given twice'],
    ['{"filter": []}', '1:12: filter takes an object: { … }'],
    ['{"alerts": 5}', '1:12: alerts takes an object: { … }'],
    ['{"monitorUrl": 5}', '1:16: monitorUrl takes text that is not blank'],
    ['{"monitorUrl": "host"}', '1:16: monitorUrl is not a URL: host'],
    [
      '{"monitorUrl": "http://host"}',
      '1:16: monitorUrl must begin with https:// (plain http only to this machine): http://host',
    ],
    [
      '{"monitorUrl": "https://me:hunter2@host"}',
      '1:16: monitorUrl must not hold a user or a password',
    ],
    ['{"name": " "}', '1:10: name takes text that is not blank'],
    ['{"namespace": null}', '1:15: namespace takes text that is not blank'],
    ['{"caFile": "a.pem"}', '1:12: caFile takes a path from / or ~/ on'],
    ['{"caFile": []}', '1:12: caFile takes text that is not blank'],
    ['{"register": "no"}', '1:14: register takes true or false'],
    ['{"fps": "10"}', '1:9: fps takes a whole number from 1 to 30'],
    ['{"fps": 31}', '1:9: fps takes a whole number from 1 to 30'],
    ['{"time": "cern"}', '1:10: time takes one of local, utc, lab, age, not "cern"'],
    ['{"time": 1}', '1:10: time takes one of local, utc, lab, age, not 1'],
    ['{"ascii": 1}', '1:11: ascii takes true or false'],
    ['{"filter": {"types": "stf_gen"}}', '1:22: filter.types takes a list of texts'],
    ['{"filter": {"agents": ["a",\n {}]}}', '2:2: filter.agents takes a list of texts'],
    ['{"filter": {"runs": [1, 1.5]}}', '1:25: filter.runs takes a list of texts'],
    ['{"theme": "pink"}', '1:11: theme takes one of auto, colour, dark, light, plain, not "pink"'],
    ['{"keys": {}}', '1:10: keys takes a list of texts'],
    ['{"keys": ["a", "a,b"]}', '1:16: keys takes message types of letters, digits and . _ -'],
    ['{"keys": ["a", 1]}', '1:16: keys takes message types of letters, digits and . _ -'],
    ['{"keys": ["a", "a"]}', '1:16: keys takes a once'],
    [
      '{"keys": ["end_run"]}',
      '1:11: keys takes no end_run: the run lifecycle has a key of its own',
    ],
    [
      '{"keys": [1,2,3,4,5,6,7,8,9,10]}'.replace(/\d+/g, '"t$&"'),
      '1:56: keys takes nine message types at most',
    ],
    [
      '{"alerts": {"silent": 1}}',
      '1:13: unknown key "alerts.silent": known are alerts.imminent, alerts.intervals, ' +
        'alerts.silence, alerts.settle, alerts.unfilled',
    ],
    [
      '{"alerts": {"silence": "30"}}',
      '1:24: alerts.silence takes a number from 0, or "off", not "30"',
    ],
    ['{"broker": {"port": 70000}}', '1:21: broker.port takes a whole number from 1 to 65535'],
    [
      '{"broker": {"password": "hunter2"}}',
      '1:13: the password does not belong in this file: put it into ~/.env',
    ],
    ['{"serve": {"basePath": "x"}}', '1:24: serve.basePath takes a path from / on, not "x"'],
    ['{"send": {}}', `1:2: unknown key "send": known are ${known}`],
    ['{"alerts": {"settle": -1}}', '1:23: alerts.settle takes a number from 0, or "off", not -1'],
  ])('%#: %s', (text, message) => {
    expect(faults(text)).toEqual([`config.json:${message}`]);
    expect(() => load(text)).toThrow(SettingsError);
  });

  test.each(['[', '{"a":'])('%s without end', text => {
    expect(faults(text.repeat(100_000))).toEqual(['config.json:1:1: is nested too deeply']);
  });

  test('all of it', () => {
    expect(faults('{"fps": 0,\n"fsp": 1,\n"time": 2}').map(fault => fault.slice(0, 15))).toEqual([
      'config.json:1:9',
      'config.json:2:1',
      'config.json:3:9',
    ]);
  });

  test('also of a setting that a flag decides', () => {
    expect(() => load('{"fps": 0}', {fps: 5})).toThrow(/^config\.json:1:9: fps/);
  });

  test.each(['token', 'apiToken', 'SWF_API_TOKEN', 'password', 'secret', 'apiKey', 'API_KEY'])(
    'a token under "%s" belongs in ~/.env, and is not repeated',
    key => {
      const [fault, ...others] = parseSettingsFile(`{"${key}": "hunter2"}`, 'config.json').faults;
      expect(others).toEqual([]);
      expect(fault).toMatchObject({
        message: 'config.json:1:2: the token does not belong in this file: put it into ~/.env',
        remedy: expect.stringContaining('export SWF_API_TOKEN=') as unknown,
      });
      expect(String(fault)).not.toContain('hunter2');
    },
  );
});

describe('whatever stands in it gives settings or a SettingsError', () => {
  /** Answers or throws; anything but a SettingsError fails the test. */
  function outcome(text: string): void {
    try {
      expect(load(text)).toSatisfy(Object.isFrozen);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      expect(error.message).toMatch(/^config\.json:\d+:\d+: [^\u0000-\u001f\u007f-\u009f]+$/);
    }
  }

  test('any text', () => {
    fc.assert(fc.property(fc.string({unit: 'binary'}), outcome));
  });

  test('any JSON', () => {
    fc.assert(fc.property(fc.json(), outcome));
  });

  test('any value under a known key', () => {
    const words = ['off', 'auto', 'utc', 'https://host', '/a.pem', 'stf_gen', 'end_run', ''];
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...words), fc.nat(40));
    const named = (group: string) => {
      const names = settingKeys.filter(key => settingOf(key).inFile !== 'never');
      const inGroup = names.flatMap(key => (key.startsWith(group) ? key.slice(group.length) : []));
      return fc.dictionary(fc.constantFrom(...inGroup, '__proto__'), value);
    };
    const grouped = fc.record({filter: named('filter.'), alerts: named('alerts.')});
    const whole = fc.tuple(named(''), fc.option(grouped)).map(parts => Object.assign({}, ...parts));
    fc.assert(fc.property(whole, file => outcome(JSON.stringify(file, null, 2))));
  });
});
