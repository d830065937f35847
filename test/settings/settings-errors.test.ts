// Settings that the program cannot run with: the variable, the fix, and never a secret.
import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {
  loadSettings,
  SettingsError,
  type Environment,
  type Flags,
} from '../../source/settings/settings.ts';

const account: Environment = {SWF_SSE_RECEIVER_NAME: 'my-watch', SWF_API_TOKEN: 's3cret-token'};

/** The error, which tells no secret. */
function errorOf(flags: Flags, environment: Environment): SettingsError {
  const load = () => loadSettings({flags, environment: {...account, ...environment}}, true);
  expect(load).toThrow(SettingsError);
  const error = thrownBy(load) as SettingsError;
  expect(inspect(error)).not.toMatch(/s3cret|hunter2/);
  return error;
}
function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}
const urlError = (url: string) => errorOf({}, {SWF_MONITOR_PROD_URL: url});

test.each([undefined, '', '  '])('a receiver name of %j', name => {
  expect(errorOf({}, {SWF_SSE_RECEIVER_NAME: name})).toMatchObject({
    message: 'SWF_SSE_RECEIVER_NAME must be set to a descriptive agent name',
    remedy: expect.stringMatching(/^export SWF_SSE_RECEIVER_NAME=\S+$/) as unknown,
  });
});

test.each([undefined, '', '  '])('a token of %j', token => {
  expect(errorOf({}, {SWF_API_TOKEN: token})).toMatchObject({
    message: 'SWF_API_TOKEN must be set to your token for the monitor',
    remedy: expect.stringContaining('export SWF_API_TOKEN=') as unknown,
  });
});

test('without a name and a token, the name is asked for first', () => {
  expect(() => loadSettings({}, true)).toThrow(/^SWF_SSE_RECEIVER_NAME/);
});

test.each(['s3cret token', 's3cret\u00e9', 's3cret\u0007', 's3cret\ntoken'])(
  'a token of characters that no header takes: %j',
  token => {
    expect(errorOf({}, {SWF_API_TOKEN: token}).message).toMatch(/^SWF_API_TOKEN holds/);
  },
);

describe('the monitor’s URL', () => {
  test.each([
    ['https://host', 'https://host'],
    ['https://host/', 'https://host'],
    ['https://host/swf-monitor//', 'https://host/swf-monitor'],
    ['https://host:8443/a/b/?x=1#y', 'https://host:8443/a/b'],
    ['HTTPS://Host/Path', 'https://host/Path'],
    ['http://localhost:8000/m', 'http://localhost:8000/m'],
    ['http://127.0.0.1:8000', 'http://127.0.0.1:8000'],
    ['http://127.9.8.7', 'http://127.9.8.7'],
    ['http://[::1]:8000/m/', 'http://[::1]:8000/m'],
  ])('%s is %s', (url, monitorUrl) => {
    const environment = {...account, SWF_MONITOR_PROD_URL: url};
    const settings = loadSettings({environment}, true);
    expect(settings.monitorUrl).toBe(monitorUrl);
  });

  test.each([
    'http://pandaserver02.sdcc.bnl.gov/swf-monitor',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'http://1270.0.0.1.example',
    'http://10.0.0.1',
    'ftp://localhost',
    'file:///etc/passwd',
    'host:8000',
  ])('%s would send the token in the open', url => {
    const {message, remedy} = urlError(url);
    expect(message).toBe(
      `SWF_MONITOR_PROD_URL must begin with https:// (plain http only to this machine): ${url}`,
    );
    expect(remedy).toMatch(/^export SWF_MONITOR_PROD_URL=https:/);
  });

  test.each(['host', 'https://', '//host/m', 'https://host:99999'])('%s is none', url => {
    expect(urlError(url).message).toBe(`SWF_MONITOR_PROD_URL is not a URL: ${url}`);
  });

  test.each(['https://me:hunter2@host/m', 'https://hunter2@host', 'http://:hunter2@localhost'])(
    'a user or a password in it is refused and not repeated: %s',
    url => {
      expect(urlError(url).message).toBe('SWF_MONITOR_PROD_URL must not hold a user or a password');
    },
  );

  test('nor is it repeated when the rest cannot be read', () => {
    expect(urlError('https://me:hunter2@host:99999/').message).toMatch(/is not a URL/);
  });

  test('the flag is checked like the variable', () => {
    expect(errorOf({monitorUrl: 'http://host'}, {}).message).toMatch(/must begin with https/);
  });
});

test.each(['socks5://proxy', 'http://', 'http://user:hunter2@', 'http://me:50%hunter2@proxy'])(
  'a proxy that cannot be used: %s',
  proxy => {
    expect(errorOf({}, {HTTPS_PROXY: proxy})).toMatchObject({
      message: 'HTTPS_PROXY is not the URL of an http proxy',
      remedy: 'unset HTTPS_PROXY',
    });
  },
);

describe('flags out of range', () => {
  test.each([0, -1, 31, 1.5, Number.NaN, Infinity])('--fps %d', fps => {
    expect(errorOf({fps}, {}).message).toBe('--fps takes a whole number from 1 to 30');
  });

  test.each([0, -1, 1.5, Number.NaN, Infinity])('--count %d', count => {
    expect(errorOf({count}, {}).message).toBe('--count takes a whole number from 1');
  });

  test.each(['', 'UTC', 'toString', 'cern'])('--time %j', time => {
    expect(errorOf({time}, {}).message).toBe(
      `--time takes one of local, utc, lab, age, not "${time}"`,
    );
  });

  test.each([
    ['silent=1', '--alert "silent" is none of imminent, intervals, silence, settle, unfilled'],
    ['toString=1', '--alert "toString" is none of imminent, intervals, silence, settle, unfilled'],
    ['imminent', '--alert imminent takes a number from 0, or "off", not ""'],
    ['imminent=', '--alert imminent takes a number from 0, or "off", not ""'],
    ['imminent=5=6', '--alert imminent takes a number from 0, or "off", not "5=6"'],
    ['imminent=-1', '--alert imminent takes a number from 0, or "off", not -1'],
    ['settle=1,imminent=soon', '--alert imminent takes a number from 0, or "off", not "soon"'],
  ])('--alert %s', (alert, message) => {
    expect(errorOf({alert: [alert]}, {})).toMatchObject({
      message,
      remedy: 'swfmon --alert imminent=600,silence=off',
    });
  });

  test('their bounds are in range', () => {
    for (const flags of [{fps: 1}, {fps: 30}, {count: 1}, {count: 1e9}, {time: 'utc'}]) {
      expect(loadSettings({flags, environment: account}, true)).toMatchObject(flags);
    }
  });
});
