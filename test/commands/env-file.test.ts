// `~/.env` and the home as people have them, and what each command says of them.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished, test} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {eventually} from '../eventually.ts';
import {runCommand} from './run-command.ts';
import {settingsHome} from './settings-home.ts';

/** The line of one setting, its columns a blank apart, and what is on stderr. */
async function configured(key: string, envFile: string | Buffer, env: Record<string, string> = {}) {
  const home = settingsHome({});
  writeFileSync(join(home.HOME, '.env'), envFile);
  const command = runCommand(['config'], {...home, ...env});
  expect(await command.ended).toBe(0);
  const line = command.stdout.split('\n').find(row => row.startsWith(`${key} `)) ?? '';
  const shown = line.replaceAll(/ {2,}/g, ' ').replaceAll(home.HOME, '~');
  return {shown, stderr: command.stderr};
}

test.each([
  ['export REQUESTS_CA_BUNDLE=~/a.pem\n', 'caFile ~/a.pem ~/.env REQUESTS_CA_BUNDLE'],
  ['export REQUESTS_CA_BUNDLE=$HOME/a.pem\r\n', 'caFile ~/a.pem ~/.env REQUESTS_CA_BUNDLE'],
  ['D=/d; export REQUESTS_CA_BUNDLE="${D}/a.pem"', 'caFile /d/a.pem ~/.env REQUESTS_CA_BUNDLE'],
  ['export A=1 SWF_SSE_RECEIVER_NAME=me', 'name me ~/.env SWF_SSE_RECEIVER_NAME'],
  ['SWF_SSE_RECEIVER_NAME=me\nunset SWF_SSE_RECEIVER_NAME', 'name not set default'],
  [
    Buffer.from('\ufeffSWF_SSE_RECEIVER_NAME=me\n', 'utf16le'),
    'name me ~/.env SWF_SSE_RECEIVER_NAME',
  ],
])('%j: %s', async (envFile, line) => {
  const {shown, stderr} = await configured(line.split(' ')[0]!, envFile);
  expect(shown).toBe(line);
  expect(stderr).toBe('');
});

describe('config', () => {
  it.each(['$(cat ~/.token)', '${MY_TOKEN}', 'abc$def'])(
    'takes no token from %s, and says which line it is',
    async value => {
      const {shown, stderr} = await configured('token', `# mine\nexport SWF_API_TOKEN=${value}\n`);
      expect(shown).toBe('token not set default');
      expect(stderr).toMatch(/^swfmon: ~\/\.env line 2: SWF_API_TOKEN is left out: it [^\n]+\n$/);
    },
  );

  it('says that the environment’s proxy stays, whatever ~/.env unsets', async () => {
    const env = {HTTPS_PROXY: 'http://proxy.example:3128'};
    const {shown, stderr} = await configured('proxy', 'unset http_proxy HTTPS_PROXY\n', env);
    expect(shown).toBe('proxy http://proxy.example:3128 environment HTTPS_PROXY');
    expect(stderr).toContain('~/.env line 1: HTTPS_PROXY is unset there');
  });

  it('is silent about variables of others', async () => {
    expect((await configured('name', 'export PATH=$(brew --prefix)/bin\n')).stderr).toBe('');
  });

  it('has the warnings in its JSON', async () => {
    const home = settingsHome({envFile: 'SWF_API_TOKEN=`x`'});
    const command = runCommand(['config', '--json'], home);
    expect(await command.ended).toBe(0);
    expect(JSON.parse(command.stdout)).toMatchObject({
      warnings: ['~/.env line 1: SWF_API_TOKEN is left out: it holds a command, which is not run'],
    });
  });

  it('says that ~/.env and the settings file are directories, and goes on', async () => {
    const home = settingsHome({});
    mkdirSync(join(home.HOME, '.env'));
    mkdirSync(join(home.XDG_CONFIG_HOME, 'swfmon', 'config.json'));
    const command = runCommand(['config'], home);
    expect(await command.ended).toBe(0);
    expect(command.stderr.replaceAll(home.XDG_CONFIG_HOME, 'xdg')).toBe(
      'swfmon: ~/.env is not read: it is a directory\n' +
        'swfmon: xdg/swfmon/config.json is not read: it is a directory\n',
    );
  });
});

it('without a HOME nothing is read from where the program is started', async () => {
  const {HOME: directory} = settingsHome({envFile: 'SWF_SSE_RECEIVER_NAME=from-here'});
  const command = runCommand(['config'], {HOME: ''}, {cwd: directory});
  expect(await command.ended).toBe(0);
  expect(command.stdout).toMatch(/^name +not set/m);
  expect(command.stderr).toBe('swfmon: HOME is not set to a directory: ~/.env is not read\n');
});

it('tail says it before anything else, and before what is missing because of it', async () => {
  const monitor = await startMonitor();
  onTestFinished(() => monitor.close());
  const envFile = 'export SWF_SSE_RECEIVER_NAME=my name\nSWF_API_TOKEN=$(cat x)\n';
  const home = settingsHome({envFile});
  const refused = runCommand(['tail'], home);
  expect(await refused.ended).toBe(2);
  expect(refused.stderr).toMatch(
    /line 1: .*\n.*line 2: SWF_API_TOKEN is left out.*\n.*must be set/,
  );
  const tail = runCommand(['tail'], {
    ...home,
    SWF_MONITOR_PROD_URL: monitor.url,
    SWF_API_TOKEN: monitor.token,
  });
  await eventually(() => expect(monitor.agents.get('my name')?.status).toBe('OK'));
  expect(tail.stderr.split('\n')[0]).toMatch(
    /~\/\.env line 1: SWF_SSE_RECEIVER_NAME holds a blank outside of quotes/,
  );
});

it('doctor says it with the settings', async () => {
  const home = settingsHome({envFile: 'SWF_API_TOKEN=$(cat x)\n'});
  const command = runCommand(['doctor'], {...home, SWF_MONITOR_PROD_URL: 'http://127.0.0.1:1'});
  expect(await command.ended).toBe(1);
  expect(command.stdout).toMatch(/warning +settings +~\/\.env line 1: SWF_API_TOKEN is left out/);
});
