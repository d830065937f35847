import {describe, expect, it, onTestFinished} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {eventually} from '../eventually.ts';
import {runCommand} from './run-command.ts';
import {settingsHome, settingsPath} from './settings-home.ts';

/** `swfmon config` in a home with these files. */
async function configIn(
  files: Parameters<typeof settingsHome>[0],
  args: readonly string[] = [],
  env: Record<string, string> = {},
) {
  const home = settingsHome(files);
  const command = runCommand(['config', ...args], {...home, ...env});
  const status = await command.ended;
  const {stdout, stderr} = command;
  return {status, stdout, stderr, path: settingsPath(home.XDG_CONFIG_HOME)};
}

/** Key, value and origin of a line; columns stand two spaces apart. */
const cells = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map(line => line.split(/ {2,}/));

describe('swfmon config', () => {
  it('shows the defaults of an empty home, and does not mind that name and token are missing', async () => {
    const {status, stdout, stderr, path} = await configIn({});
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
    expect(cells(stdout)).toEqual([
      ['settings file', path, 'is not there'],
      ['monitorUrl', 'https://pandaserver02.sdcc.bnl.gov/swf-monitor', 'default'],
      ['name', 'not set', 'default'],
      ['token', 'not set', 'default'],
      ['namespace', 'not set', 'default'],
      ['caFile', 'not set', 'default'],
      ['proxy', 'not set', 'default'],
      ['noProxy', 'not set', 'default'],
      ['register', 'true', 'default'],
      ['filter.types', 'all', 'default'],
      ['filter.agents', 'all', 'default'],
      ['filter.runs', 'all', 'default'],
      ['time', 'local', 'default'],
      ['fps', '5', 'default'],
      ['ascii', 'false', 'default'],
      ['record', 'off', 'default'],
      ['recordTotal', '1000 MB', 'default'],
      ['theme', 'auto', 'default'],
      ['keys', 'the standard message types', 'default'],
      ['alerts.imminent', '300 s', 'default'],
      ['alerts.intervals', '5', 'default'],
      ['alerts.silence', '30 s', 'default'],
      ['alerts.settle', '10 s', 'default'],
      ['alerts.unfilled', '60 s', 'default'],
      ['broker.host', 'not set (send: localhost; serve: no broker)', 'default'],
      ['broker.port', '61612', 'default'],
      ['broker.user', 'admin', 'default'],
      ['broker.password', '[redacted]', 'default'],
      ['broker.tls', 'false', 'default'],
      ['broker.caFile', 'not set', 'default'],
      ['broker.topic', '/topic/epictopic', 'default'],
      ['send.oneshot', 'false', 'default'],
      ['send.interval', '30 s', 'default'],
      ['send.wait', '30 s', 'default'],
      ['serve.host', '127.0.0.1', 'default'],
      ['serve.port', '8002', 'default'],
      ['serve.basePath', '/swf-monitor', 'default'],
      ['serve.tlsCert', 'not set', 'default'],
      ['serve.tlsKey', 'not set', 'default'],
      ['serve.plainHttp', 'false', 'default'],
    ]);
  });

  it('says of each setting where it comes from, in columns', async () => {
    const {status, stdout, path} = await configIn(
      {
        settings:
          '{\n  "name": "from-file", "fps": 20,\n  "keys": ["stf_gen", "x"], "theme": "plain",\n' +
          '  "filter": {\n    "runs": [100013]\n  },\n  "alerts": {"silence": "off", "settle": 5}\n}\n',
        envFile: 'export SWF_API_TOKEN=s3cret\nSWF_MONITOR_PROD_URL=https://host/m\n',
      },
      ['--alert', 'settle=20', '--no-register', '--ca-file', 'a.pem', '--message', 'a,b'],
      {
        HTTPS_PROXY: 'http://me:hunter2@proxy:3128',
        SWF_SSE_RECEIVER_NAME: 'watch-1',
        ACTIVEMQ_HOST: 'broker',
        ACTIVEMQ_PASSWORD: 'hunter2',
        ACTIVEMQ_USE_SSL: 'True',
      },
    );
    expect(status).toBe(0);
    expect(cells(stdout).filter(row => row.at(-1) !== 'default')).toEqual([
      ['settings file', path, 'is there'],
      ['monitorUrl', 'https://host/m', '~/.env SWF_MONITOR_PROD_URL'],
      ['name', 'watch-1', 'environment SWF_SSE_RECEIVER_NAME'],
      ['token', '[redacted]', '~/.env SWF_API_TOKEN'],
      ['caFile', 'a.pem', 'flag --ca-file'],
      ['proxy', 'http://[redacted]@proxy:3128', 'environment HTTPS_PROXY'],
      ['register', 'false', 'flag --no-register'],
      ['filter.types', 'a, b', 'flag --message'],
      ['filter.runs', '100013', 'file line 5'],
      ['fps', '20', 'file line 2'],
      ['theme', 'plain', 'file line 3'],
      ['keys', 'stf_gen, x', 'file line 3'],
      ['alerts.silence', 'off', 'file line 7'],
      ['alerts.settle', '20 s', 'flag --alert settle'],
      ['broker.host', 'broker', 'environment ACTIVEMQ_HOST'],
      ['broker.password', '[redacted]', 'environment ACTIVEMQ_PASSWORD'],
      ['broker.tls', 'true', 'environment ACTIVEMQ_USE_SSL'],
    ]);
    const columns = stdout
      .trimEnd()
      .split('\n')
      .map(line => /^\S.*?  +(?=\S)/.exec(line)?.[0].length);
    expect(new Set(columns).size).toBe(1);
  });

  it('tells all that is wrong and ends with 2', async () => {
    const {status, stdout, stderr, path} = await configIn(
      {settings: '{\n  "fps": "fast",\n  "fsp": 3,\n  "SWF_API_TOKEN": "hunter2"\n}\n'},
      ['--time', 'cern'],
      {SWF_MONITOR_PROD_URL: 'http://host'},
    );
    expect(status).toBe(2);
    expect(cells(stdout).filter(row => row[1] === 'wrong')).toEqual([
      ['monitorUrl', 'wrong', 'environment SWF_MONITOR_PROD_URL'],
      ['time', 'wrong', 'flag --time'],
      ['fps', 'wrong', 'file line 2'],
    ]);
    const complaints = stderr.split('\n').filter(line => line.startsWith('swfmon: '));
    expect(complaints).toEqual([
      `swfmon: ${path}:2:10: fps takes a whole number from 1 to 30`,
      expect.stringContaining(`swfmon: ${path}:3:3: unknown key "fsp"`),
      `swfmon: ${path}:4:3: the token does not belong in this file: put it into ~/.env`,
      expect.stringContaining('swfmon: SWF_MONITOR_PROD_URL must begin with https://'),
      'swfmon: --time takes one of local, utc, lab, age, not "cern"',
    ]);
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('--json prints the same, in the form of the settings file', async () => {
    const {status, stdout, path} = await configIn(
      {settings: '{"keys": ["x"], "alerts": {"silence": "off"}, "namespace": "é"}'},
      ['--json', '--fps', '5'],
      {SWF_API_TOKEN: 's3cret', HTTPS_PROXY: 'me:hunter2@proxy'},
    );
    expect(status).toBe(0);
    const {file, settings, errors} = JSON.parse(stdout) as {
      readonly file: unknown;
      readonly settings: Record<string, unknown>;
      readonly errors: unknown;
    };
    expect(file).toEqual({path, isThere: true});
    expect(errors).toEqual([]);
    expect(settings).toMatchObject({
      name: {value: null, from: 'default'},
      token: {value: '[redacted]', from: 'environment', name: 'SWF_API_TOKEN'},
      proxy: {value: 'http://[redacted]@proxy', from: 'environment', name: 'HTTPS_PROXY'},
      namespace: {value: 'é', from: 'file', name: 'line 1'},
      fps: {value: 5, from: 'flag', name: '--fps'},
      keys: {value: ['x'], from: 'file'},
      'filter.types': {value: [], from: 'default'},
      'alerts.silence': {value: 'off', from: 'file'},
      'alerts.settle': {value: 10, from: 'default'},
    });
  });

  it('--json with mistakes ends with 2 and prints nothing but JSON', async () => {
    const {status, stdout, stderr, path} = await configIn({settings: '{"fps": 0'}, ['--json']);
    expect({status, stderr}).toEqual({status: 2, stderr: ''});
    const message = `${path}:1:10: not JSON: close brace expected`;
    expect(JSON.parse(stdout)).toMatchObject({errors: [{message}]});
  });

  it('shows nothing raw to the terminal', async () => {
    const {stdout, stderr} = await configIn(
      {settings: '{"a\\u001b[2J": 1, "theme": "\\u009b2J"}'},
      ['--namespace', '\u001b[2J'],
    );
    expect(stdout + stderr).not.toMatch(/[\u001b\u009b]/);
  });
});

describe('the settings file', () => {
  it('gives what flags would', async () => {
    const monitor = await startMonitor();
    onTestFinished(() => monitor.close());
    const home = settingsHome({
      settings: JSON.stringify({
        monitorUrl: monitor.url,
        name: 'from-file',
        filter: {types: ['stf_gen'], runs: [7]},
        time: 'utc',
      }),
    });
    const tail = runCommand(['tail', '--count', '1'], {...home, SWF_API_TOKEN: monitor.token});
    await eventually(() => expect(monitor.agents.get('from-file')?.status).toBe('OK'));
    expect(monitor.clients[0]?.filter).toEqual({msg_types: ['stf_gen'], run_ids: ['7']});
    monitor.publish({msg_type: 'stf_gen', run_id: '7'});
    expect(await tail.ended).toBe(0);
  });

  it('with a mistake ends any command with 2', async () => {
    const home = settingsHome({settings: '{\n  "fps": 0\n}'});
    const command = runCommand([], {...home, SWF_API_TOKEN: 'x', SWF_SSE_RECEIVER_NAME: 'x'});
    expect(await command.ended).toBe(2);
    const path = settingsPath(home.XDG_CONFIG_HOME);
    expect(command.stderr).toBe(`swfmon: ${path}:2:10: fps takes a whole number from 1 to 30\n`);
  });
});
