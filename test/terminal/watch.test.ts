import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {startMonitor, type MonitorOptions} from '../../source/testbed/monitor.ts';
import {playRecordedStream} from '../../source/testbed/recorded-stream.ts';
import {defaultRun, runningExecution} from '../../source/testbed/run-parameters.ts';
import {simulateRun} from '../../source/testbed/simulation.ts';
import {accountFor} from '../commands/run-command.ts';
import {settingsHome} from '../commands/settings-home.ts';
import {eventually} from '../eventually.ts';
import {capturedStream} from '../fixtures/captured.ts';
import {noKeys} from './no-keys.ts';
import {PtySession, type SessionOptions} from './pty-session.ts';

const escape = '\u001b';

async function watching(options: SessionOptions & MonitorOptions = {}) {
  const monitor = await startMonitor(options);
  const session = new PtySession({...options, env: {...accountFor(monitor), ...options.env}});
  onTestFinished(async () => {
    session.dispose();
    await monitor.close();
  });
  await session.sees('LIVE');
  return {monitor, session};
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'swfmon-'));
  onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
  return directory;
}

/** The terminal as it was: primary screen, cursor shown, no bracketed paste, no raw mode left. */
function expectRestored(session: PtySession): void {
  expect(session.isAlternate()).toBe(false);
  expect(session.output.lastIndexOf(`${escape}[?25h`)).toBeGreaterThan(
    session.output.lastIndexOf(`${escape}[?25l`),
  );
  expect(session.output.lastIndexOf(`${escape}[?2004l`)).toBeGreaterThanOrEqual(
    session.output.lastIndexOf(`${escape}[?2004h`),
  );
}

describe('swfmon in a terminal', () => {
  it('shows LIVE, toggles a filter on the server, quits, and leaves the terminal as it was', async () => {
    const {monitor, session} = await watching({env: {CI: 'true'}});
    expect(session.isAlternate()).toBe(true);
    expect(monitor.clients[0]?.query).toBe('');
    session.press('1');
    await eventually(() => expect(monitor.clients).toHaveLength(1));
    await eventually(() =>
      expect(monitor.clients[0]?.filter.msg_types).toEqual([
        'stf_gen',
        'run_imminent',
        'start_run',
        'pause_run',
        'resume_run',
        'end_run',
      ]),
    );
    await session.sees('Asked for types stf_gen + run lifecycle');
    session.press('0');
    await eventually(() => expect(monitor.clients.map(({query}) => query)).toEqual(['']));
    session.press('q');
    expect((await session.end()).exitCode).toBe(0);
    expectRestored(session);
    expect(monitor.agents.get('watch-1')?.operational_state).toBe('EXITED');
  });

  it('has the settings file’s types on the number keys, and its colours in spite of NO_COLOR', async () => {
    const settings = '{"keys": ["sse_test", "data_ready"], "theme": "colour"}';
    const env = {...settingsHome({settings}), NO_COLOR: '1'};
    const {monitor, session} = await watching({env});
    expect(session.screen()).toContain('1○sse_test 2○data_ready');
    session.press('2');
    await eventually(() => expect(monitor.clients[0]?.filter?.msg_types).toContain('data_ready'));
    expect(session.output).toContain(`${escape}[32m`);
  });

  it('redraws all of it when the process goes on after somebody stopped it', async () => {
    const {session} = await watching();
    session.output = '';
    session.signal('SIGSTOP');
    session.signal('SIGCONT');
    // The alternate screen is entered again, empty, and all is drawn on it.
    await eventually(() => expect(session.output).toMatch(/\[\?1049h[^]*LIVE[^]*q[^]*quit/));
  });

  it('shows a run to its end: STFs of those expected, none missing, no gap', async () => {
    const {monitor, session} = await watching({columns: 120, rows: 40});
    simulateRun(monitor, {stfCount: 5, physicsPeriodCount: 2, runNumber: 100_013});
    await session.sees(/100013 .* ended .* 10\/10 .* 0 █+ 100%/);
    await session.sees(/gaps +0/);
  });

  it('is right at 80×24, 120×40 and 200×60, and after every resize', async () => {
    const {monitor, session} = await watching();
    simulateRun(monitor, {stfCount: 2, physicsPeriodCount: 1, runNumber: 100_077});
    for (const [columns, rows] of [
      [80, 24],
      [120, 40],
      [200, 60],
      [60, 15],
      [120, 40],
      [80, 24],
    ] as const) {
      session.resize(columns, rows);
      await session.sees('LIVE');
      await eventually(() => {
        const lines = session.rows();
        expect(lines).toHaveLength(rows);
        expect(lines[0]).toContain('LIVE');
        expect(lines.at(-1)).toContain('q quit');
        expect(lines.at(-3)).toContain('Asked for');
        expect(lines.filter(line => line.includes('Messages ─'))).toHaveLength(1);
      });
    }
  });

  it('shows RETRYING with reason and countdown when the monitor dies, then LIVE again', async () => {
    const {monitor, session} = await watching({columns: 120, rows: 40});
    await monitor.close();
    await session.sees(/RETRYING +in \d+s \(attempt [2-9]\).*connection refused/);
    const again = await startMonitor({port: monitor.port});
    onTestFinished(() => again.close());
    await session.sees('LIVE');
    again.publish({msg_type: 'stf_gen', run_id: '5', sequence: 1, sender: 'daq'});
    await session.sees(/gap of \d+:\d\d from \d\d:/);
  });

  it('says what to do when the token is refused', async () => {
    const monitor = await startMonitor();
    const session = new PtySession({
      columns: 120,
      env: {...accountFor(monitor), SWF_API_TOKEN: 'not-the-token'},
    });
    onTestFinished(async () => {
      session.dispose();
      await monitor.close();
    });
    await session.sees(/REFUSED +next try in \d+s · HTTP 401.*SWF_API_TOKEN/);
    session.press('q');
    expect((await session.end()).exitCode).toBe(0);
    expect(session.output).not.toContain('not-the-token');
  });

  it('opens a message, goes back, and never quits on Esc', async () => {
    const {monitor, session} = await watching();
    monitor.publish({msg_type: 'sse_test', run_id: 'r1', message: 'hello', extra: {deep: [1, 2]}});
    await session.sees('hello');
    session.press('\r');
    await session.sees('"deep": [');
    session.press(escape);
    await session.sees('Messages ─');
    await session.pressEsc();
    session.press('?');
    await session.sees('back one level; never quits');
  });

  it('pauses while new messages wait, and resumes at the newest', async () => {
    const {monitor, session} = await watching();
    monitor.publish({msg_type: 'first_one'});
    await session.sees('first_one');
    session.press(' ');
    await session.sees('PAUSED 0 new');
    for (let count = 0; count < 30; count += 1) monitor.publish({msg_type: 'later_one'});
    await session.sees('PAUSED 30 new');
    expect(session.screen()).not.toContain('later_one');
    session.press(' ');
    await session.sees('later_one');
    expect(session.screen()).not.toContain('PAUSED');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ])('gives the terminal back on %s and says EXITED', async (signal, status) => {
    const {monitor, session} = await watching();
    await eventually(() => expect(monitor.agents.get('watch-1')?.status).toBe('OK'));
    session.signal(signal);
    expect((await session.end()).exitCode).toBe(status);
    expectRestored(session);
    expect(monitor.agents.get('watch-1')?.operational_state).toBe('EXITED');
  });

  it('lets nothing from the network command the terminal', async () => {
    const {monitor, session} = await watching();
    const evil = `${escape}]0;owned\u0007${escape}[2J${escape}c\u009b31m\u202eevil`;
    monitor.writeRaw(
      `event: evil\ndata: ${JSON.stringify({msg_type: `bad${evil}`, processed_by: evil, run_id: evil, message: evil, [evil]: evil}).replaceAll('\\u001b', '\\u001b')}\n\n`,
    );
    await session.sees('bad');
    session.press('\r');
    await session.sees('Message bad');
    await session.sees('LIVE');
    // Titles of the screen's own making, and no other command.
    const titles = /\u001b\]2;swfmon [A-Z]+, \d+ runs?(, \d+ alerts?)?\u0007/g;
    expect(session.output).toMatch(titles);
    expect(session.output.replaceAll(titles, '')).not.toContain(`${escape}]`);
    expect(session.output).not.toContain(`${escape}c`);
    expect(session.output).not.toContain('\u202e');
    expect(session.output).not.toContain('\u009b');
  });
});

describe('a terminal that cannot show the screen', () => {
  it.each(['dumb', 'unknown'])('gets lines on TERM=%s, and why', async TERM => {
    const session = new PtySession({args: ['demo'], columns: 120, rows: 40, env: {TERM}});
    onTestFinished(() => session.dispose());
    await session.sees('run_imminent');
    expect(session.output.split(`swfmon: lines, not the screen: TERM=${TERM} (`)).toHaveLength(2);
    expect(session.output).not.toMatch(/\u001b\[[?\d;]*[hlHJ]/);
    session.press('\u0003');
    expect((await session.end()).exitCode).toBe(130);
  });
});

describe('what is no key', () => {
  it('does nothing; a paste without an end neither, and q quits', async () => {
    const session = new PtySession({args: ['demo'], columns: 120, rows: 40});
    onTestFinished(() => session.dispose());
    await session.sees('LIVE');
    for (const [, bytes] of noKeys) session.press(bytes);
    // A paste goes to no text input here: the screen says so once it has ended by itself.
    session.press(`${escape}[200~q1`);
    await session.sees(/pasted/);
    expect(session.screen()).not.toMatch(
      /mark: |does nothing here|PAUSED|Asked for types|Message /,
    );
    expect(session.ended).toBeUndefined();
    session.press('q');
    expect((await session.end()).exitCode).toBe(0);
  });

  it('Ctrl-C ends the program in the middle of a paste', async () => {
    const {session} = await watching();
    session.press(`${escape}[200~never ended`);
    session.press('\u0003');
    expect((await session.end()).exitCode).toBe(0);
  });
});

describe('what somebody takes away', () => {
  it('w in the runs pane writes the report where the program was started', async () => {
    const directory = temporaryDirectory();
    const {monitor, session} = await watching({columns: 120, rows: 40, directory});
    simulateRun(monitor, {stfCount: 5, physicsPeriodCount: 2, runNumber: 100_013});
    await session.sees(/100013 .* ended /);
    session.press(`${escape}[Z`);
    await session.sees('▸ Runs');
    session.press('w');
    await session.sees(
      /written to \.\/swfmon-run-100013-\d{8}T\d{6}Z\.md: the report on run 100013/,
    );
    const files = readdirSync(directory);
    expect(files).toEqual([expect.stringMatching(/^swfmon-run-100013-\d{8}T\d{6}Z\.md$/)]);
    const report = readFileSync(join(directory, files[0]!), 'utf8');
    expect(report).toMatch(/^# Run 100013 · torre1\n/);
    expect(report).toMatch(/\| STFs +\| 10 of 10 expected /);
    expect(session.screen()).toContain(files[0]);
  });

  it('w says why nothing was written', async () => {
    const directory = temporaryDirectory();
    const {monitor, session} = await watching({directory});
    monitor.publish({msg_type: 'sse_test'});
    await session.sees('sse_test');
    rmSync(directory, {recursive: true});
    session.press('w');
    await session.sees('not written: ENOENT: no such file or directory');
    await session.sees('LIVE');
  });
});

describe('attention', () => {
  it('has the title say how things stand, and gives it back at the end', async () => {
    const {monitor, session} = await watching();
    await eventually(() => expect(session.title).toBe('swfmon LIVE, 0 runs'));
    monitor.publish({msg_type: 'start_run', run_id: '7', sender: 'daq'});
    await eventually(() => expect(session.title).toBe('swfmon LIVE, 1 run'));
    session.press('q');
    await session.end();
    await eventually(() => expect(session.title).toBe('shell'));
  });

  it('rings once for messages of failures, and shows them until they are acknowledged', async () => {
    const {monitor, session} = await watching({columns: 120, rows: 40});
    for (const run_id of ['7', '8']) monitor.publish({msg_type: 'processing_failed', run_id});
    await session.sees('2 alerts');
    await eventually(() => expect(session.title).toMatch(/, 2 alerts$/));
    expect(session.bells).toBe(1);
    session.press('x');
    await eventually(() => expect(session.title).not.toMatch(/alert/));
    await eventually(() => expect(session.rows()[1]).toMatch(/ Runs ─/));
    expect(session.bells).toBe(1);
  });

  it('does not ring while it is mute', async () => {
    const {monitor, session} = await watching();
    session.press('b');
    await session.sees('the bell is mute');
    monitor.publish({msg_type: 'processing_failed', run_id: '7'});
    await eventually(() => expect(session.title).toMatch(/, 1 alert$/));
    await session.sees('processing_failed');
    expect(session.bells).toBe(0);
  });
});

describe('the recorded run', () => {
  it('ends at 10 of 10 STFs, end_run, no gap', async () => {
    const {monitor, session} = await watching({columns: 120, rows: 40});
    const {done} = playRecordedStream(monitor, capturedStream(), {
      speed: Infinity,
      execution: runningExecution({
        ...defaultRun,
        executionId: 'stf_datataking-root-0004',
        namespace: 'torre1',
        stfCount: 5,
        physicsPeriodCount: 2,
      }),
    });
    await done;
    await session.sees(/100013 .* ended .* 10\/10 .* 0 .*100%/);
    await session.sees(/gaps +0/);
    await session.sees('95 received');
  });
});
