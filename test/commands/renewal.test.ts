// A token and certificates that are replaced while the program runs: taken at the next try, and told.
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {renewableTransport} from '../../source/commands/monitor-transport.ts';
import {AccessRenewal} from '../../source/settings/access-renewal.ts';
import {loadSettings} from '../../source/settings/settings.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {eventually} from '../eventually.ts';
import {Listening, monitorFor} from '../receiver/harness.ts';
import {createAuthority, hasOpenssl, type Authority} from '../wire/certificates.ts';
import {runCommand} from './run-command.ts';
import {settingsHome} from './settings-home.ts';

test('a new token in ~/.env is used for what comes next', async () => {
  const monitor = await monitorFor({token: 'new-token'});
  const envFile = (token: string) => ({SWF_SSE_RECEIVER_NAME: 'watch-1', SWF_API_TOKEN: token});
  const inputs = {
    flags: {monitorUrl: monitor.url},
    envFile: envFile('old-token'),
    // As a shell has it that has sourced the file.
    environment: {SWF_API_TOKEN: 'old-token'},
  };
  const settings = loadSettings(inputs, false);
  const renewal = new AccessRenewal(inputs, settings);
  let token = 'old-token';
  const notes: string[] = [];
  const fetch = await renewableTransport(
    settings,
    () => renewal.renew(envFile(token)),
    found => notes.push(...found),
  );
  const listening = await Listening.to(monitor, {fetch});
  await eventually(() => expect(listening.of('refused').length).toBeGreaterThan(1));
  expect(notes).toEqual([]);
  token = 'new-token';
  await eventually(() => expect(listening.of('opened')).toHaveLength(1));
  expect(notes).toEqual(['SWF_API_TOKEN has changed in ~/.env: the new one is used']);
});

test('what is not used is told once, however often it is refused', async () => {
  const monitor = await monitorFor({token: 'new-token'});
  const environment = {SWF_API_TOKEN: 'other-token', SWF_SSE_RECEIVER_NAME: 'watch-1'};
  const inputs = {flags: {monitorUrl: monitor.url}, environment};
  const settings = loadSettings(inputs, false);
  const renewal = new AccessRenewal(inputs, settings);
  const told: (readonly string[])[] = [];
  const renewAccess = () => renewal.renew({SWF_API_TOKEN: 'new-token'});
  const fetch = await renewableTransport(settings, renewAccess, notes => told.push(notes));
  const listening = await Listening.to(monitor, {fetch});
  await eventually(() => expect(listening.of('refused').length).toBeGreaterThan(3));
  expect(told).toEqual([[expect.stringMatching(/differs from the one in the environment/)]]);
});

describe.skipIf(!hasOpenssl)('certificates (needs openssl)', () => {
  let before: Authority;
  let after: Authority;
  beforeAll(() => {
    before = createAuthority();
    after = createAuthority();
  });
  afterAll(() => {
    before.remove();
    after.remove();
  });

  test('a CA file that has got another authority is read again', async () => {
    const monitor = await startMonitor({tls: before.sign('IP:127.0.0.1')});
    const home = settingsHome({});
    const caFile = join(home.HOME, 'chain.pem');
    writeFileSync(caFile, readFileSync(before.caFile));
    const running = runCommand(['tail', '--no-register'], {
      ...home,
      SWF_API_TOKEN: monitor.token,
      SWF_SSE_RECEIVER_NAME: 'watch-1',
      SWF_MONITOR_PROD_URL: monitor.url,
      REQUESTS_CA_BUNDLE: caFile,
    });
    await eventually(() => expect(running.stderr).toContain('stream open'));
    await monitor.close();
    const {port, token} = monitor;
    const next = await startMonitor({port, token, tls: after.sign('IP:127.0.0.1')});
    onTestFinished(() => next.close());
    await eventually(() => expect(running.stderr).toContain('certificate of an unknown'));
    renameSync(copyOf(after.caFile, `${caFile}.new`), caFile);
    await eventually(() => expect(running.stderr.split('stream open')).toHaveLength(3));
    expect(running.stderr).toContain(`${caFile} has changed: it was read again`);
  });
});

function copyOf(file: string, copy: string): string {
  writeFileSync(copy, readFileSync(file));
  return copy;
}
