// `swfmon doctor` as a shell runs it: it starts with whatever is set, and its status says how it is.
import {describe, expect, it, onTestFinished} from 'vitest';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {accountFor, runCommand} from './run-command.ts';
import {settingsHome} from './settings-home.ts';

interface Report {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly state: string;
    readonly says: string;
  }[];
}

async function monitor() {
  const started = await startMonitor();
  onTestFinished(() => started.close());
  return started;
}

describe('swfmon doctor', () => {
  it('ends with 0 when all is well: a line for each check', async () => {
    const doctor = runCommand(['doctor'], accountFor(await monitor()));
    expect(await doctor.ended).toBe(0);
    expect(doctor.stderr).toBe('');
    const lines = doctor.stdout.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^ok {7}\S+( \S+)? +\S/);
    expect(lines[0]).toMatch(/ program +swfmon \d+\.\d+\.\d+\S*, Node v/);
    expect(lines.map(line => line.slice(9).split(/ {2,}/)[0])).toEqual(
      expect.arrayContaining(['name', 'token', 'stream', 'status', 'REST', 'registration']),
    );
  });

  it('ends with 1 when a check has failed, with what to do below it', async () => {
    const doctor = runCommand(['doctor'], {...accountFor(await monitor()), SWF_API_TOKEN: 'wr0ng'});
    expect(await doctor.ended).toBe(1);
    expect(doctor.stdout).toMatch(/^failed +stream +HTTP 401 .*\n {23}-> check SWF_API_TOKEN/m);
    expect(doctor.stdout + doctor.stderr).not.toContain('wr0ng');
  });

  it('starts without a name and a token: they are failed checks', async () => {
    const {url} = await monitor();
    const doctor = runCommand(['doctor', '--monitor-url', url]);
    expect(await doctor.ended).toBe(1);
    expect(doctor.stdout).toMatch(/^failed +name .*\n +-> export SWF_SSE_RECEIVER_NAME=/m);
    expect(doctor.stdout).toMatch(/^failed +token .*\n +-> export SWF_API_TOKEN=/m);
    expect(doctor.stdout).toMatch(/^ok +REST /m);
  });

  it('starts with a settings file that is wrong', async () => {
    const home = settingsHome({settings: '{"fps": \n"fast"}'});
    const doctor = runCommand(['doctor'], {...home, ...accountFor(await monitor())});
    expect(await doctor.ended).toBe(1);
    expect(doctor.stdout).toMatch(/^failed +settings +\S+config\.json:2:1: fps takes /m);
    expect(doctor.stdout).toMatch(/^ok +stream /m);
  });

  it('--json says the same as one value', async () => {
    const doctor = runCommand(['doctor', '--json'], {
      ...accountFor(await monitor()),
      SWF_SSE_RECEIVER_NAME: 'wächter',
    });
    expect(await doctor.ended).toBe(0);
    const {ok, checks} = JSON.parse(doctor.stdout) as Report;
    expect(ok).toBe(true);
    expect(checks.map(({state}) => state)).toEqual(checks.map(() => 'ok'));
    expect(checks.find(({name}) => name === 'name')?.says).toContain('wächter');
    expect(doctor.stdout).toMatch(/^[\n -~]+$/);
  });

  it('writes nothing raw to the terminal', async () => {
    const server = await monitor();
    server.interceptStream = (_request, response) => {
      response.writeHead(302, {location: 'https://x/\u009b2J'}).end();
      return true;
    };
    const doctor = runCommand(['doctor'], {
      ...accountFor(server),
      SWF_SSE_RECEIVER_NAME: '\u001b[2Jname',
    });
    expect(await doctor.ended).toBe(1);
    expect(doctor.stdout).not.toMatch(/[\u001b\u009b]/);
  });
});
