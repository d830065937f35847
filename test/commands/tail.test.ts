import {closeSync, openSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {startMonitor, type MonitorOptions} from '../../source/testbed/monitor.ts';
import {simulateRun} from '../../source/testbed/simulation.ts';
import {eventually} from '../eventually.ts';
import {onTestFinished} from 'vitest';
import {accountFor, program, runCommand} from './run-command.ts';

async function tailing(args: readonly string[] = [], options: MonitorOptions = {}) {
  const monitor = await startMonitor(options);
  onTestFinished(() => monitor.close());
  const tail = runCommand(['tail', ...args], accountFor(monitor));
  await eventually(() => expect(monitor.clients).toHaveLength(1));
  return {monitor, tail};
}

describe('swfmon tail', () => {
  it('prints a line a message: time, type, agent, run, text, file', async () => {
    const {monitor, tail} = await tailing(['--time', 'utc']);
    monitor.publish({
      msg_type: 'processing_complete',
      processed_by: 'processing-agent-1',
      run_id: '100013',
      filename: 'swf.100013.000001.stf',
      message: 'done',
      sent_at: '2026-11-23T19:18:38.052264+00:00',
    });
    await eventually(() => expect(tail.stdout).toContain('\n'));
    expect(tail.stdout).toMatch(
      /^\[19:18:38\] processing_complete +processing-agent-1 +run 100013 +.*done swf\.100013\.000001\.stf\n$/,
    );
  });

  it('registers under its name, and says EXITED when it is told to end', async () => {
    const {monitor, tail} = await tailing();
    await eventually(() => expect(monitor.agents.get('watch-1')?.status).toBe('OK'));
    tail.child.kill('SIGTERM');
    expect(await tail.ended).toBe(143);
    expect(monitor.agents.get('watch-1')?.operational_state).toBe('EXITED');
  });

  it('does not register when told so', async () => {
    const {monitor, tail} = await tailing(['--no-register', '--count', '1']);
    monitor.publish({msg_type: 'x'});
    expect(await tail.ended).toBe(0);
    expect(monitor.agents.size).toBe(0);
  });

  it('asks the server for exactly the filter that was given', async () => {
    const {monitor} = await tailing(['--msg-type', 'stf_gen,end_run', '--run', '1', '--run', '2']);
    expect(monitor.clients[0]?.filter).toEqual({
      msg_types: ['stf_gen', 'end_run'],
      run_ids: ['1', '2'],
    });
  });

  it('shows only its namespace, and what names none', async () => {
    const {monitor, tail} = await tailing(['--namespace', 'torre1', '--json', '--count', '2']);
    for (const namespace of ['other', 'torre1', null]) monitor.publish({msg_type: 'x', namespace});
    expect(await tail.ended).toBe(0);
    const shown = tail.stdout
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as {namespace: unknown}).namespace);
    expect(shown).toEqual(['torre1', null]);
  });

  it('ends quietly when nobody reads any more', async () => {
    const {monitor, tail} = await tailing();
    tail.child.stdout?.destroy();
    const publishing = setInterval(() => monitor.publish({msg_type: 'x'}), 5);
    onTestFinished(() => clearInterval(publishing));
    expect(await tail.ended).toBe(0);
    expect(tail.stderr).not.toMatch(/EPIPE|Error/);
  });

  it('reads on and ends when told so, though its reader stands still', async () => {
    const {monitor, tail} = await tailing();
    tail.child.stdout?.pause();
    for (let count = 0; count < 2000; count += 1) {
      monitor.publish({msg_type: 'x', message: 'x'.repeat(300)});
    }
    await eventually(() => expect(monitor.agents.get('watch-1')?.status).toBe('OK'));
    tail.child.kill('SIGTERM');
    const exited = new Promise(resolve => tail.child.on('exit', resolve));
    expect(await exited).toBe(143);
    expect(monitor.agents.get('watch-1')?.status).toBe('EXITED');
  });

  it('tells a full disk from a reader that has left', async () => {
    const monitor = await startMonitor();
    onTestFinished(() => monitor.close());
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const tail = runCommand(['tail'], accountFor(monitor), {stdout: full});
    await eventually(() => expect(monitor.clients).toHaveLength(1));
    monitor.publish({msg_type: 'x'});
    expect(await tail.ended).toBe(1);
    expect(tail.stderr).toContain('stopped: stdout: ENOSPC');
  });

  it('goes on when its diagnostics have no reader', async () => {
    const {monitor, tail} = await tailing(['--count', '1']);
    tail.child.stderr?.destroy();
    monitor.endStreams();
    await eventually(() => expect(monitor.clients).toHaveLength(1));
    await eventually(() => {
      monitor.publish({msg_type: 'x'});
      expect(tail.stdout).not.toBe('');
    });
    expect(await tail.ended).toBe(0);
  });
});

describe('swfmon tail --json', () => {
  it('prints each message on one line, byte for byte as received', async () => {
    const {monitor, tail} = await tailing(['--json', '--count', '4']);
    const raw = [
      '{"msg_type":"a",  "x": 1.0, "y": 1e400, "dup": 1, "dup": 2}',
      '{"msg_type": "n", "a": NaN, "b": -Infinity, "c": 12345678901234567890, "d": -0}',
      '{"msg_type": "b", "text": "\\u00e9 é \\ud83d\\ude00 日本"}',
    ];
    for (const data of raw) monitor.writeRaw(`event: x\ndata: ${data}\n\n`);
    monitor.writeRaw('event: x\ndata: {"msg_type":\ndata: "c"}\n\n');
    expect(await tail.ended).toBe(0);
    expect(tail.stdout).toBe(`${raw.join('\n')}\n{"msg_type": "c"}\n`);
  });

  it('keeps what is no JSON off stdout and says so', async () => {
    const {monitor, tail} = await tailing(['--json', '--count', '1']);
    monitor.writeRaw('event: odd\ndata: {not json \u001b[31m\n\n');
    monitor.publish({msg_type: 'fine'});
    expect(await tail.ended).toBe(0);
    expect(tail.stdout.trim().split('\n')).toHaveLength(1);
    expect(tail.stderr).toContain('event "odd" left out: not JSON');
    expect(tail.stderr).not.toContain('\u001b');
  });

  it('drops and doubles nothing in 200,000 messages at full speed', async () => {
    const total = 200_000;
    const {monitor, tail} = await tailing(['--json', '--count', String(total)], {
      lossless: true,
      maxRows: 100,
    });
    let next = 1;
    let rest = '';
    tail.child.stdout?.removeAllListeners('data').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        expect((JSON.parse(line) as {sequence: number}).sequence).toBe(next);
        next += 1;
      }
    });
    for (let sequence = 1; sequence <= total; sequence += 1) {
      monitor.publish({
        msg_type: 'stf_gen',
        run_id: '1',
        sequence,
        filename: `swf.1.${sequence}.stf`,
      });
      if (sequence % 1000 === 0) {
        await monitor.drained();
        await new Promise(setImmediate);
      }
    }
    expect(await tail.ended).toBe(0);
    expect(next).toBe(total + 1);
  });

  it('tells a whole run', async () => {
    const {monitor, tail} = await tailing(['--json', '--count', '25']);
    const messages = simulateRun(monitor, {stfCount: 5, physicsPeriodCount: 2, tfPerStf: 0});
    expect(messages).toHaveLength(25);
    expect(await tail.ended).toBe(0);
    const shown = tail.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as object);
    for (const [index, message] of messages.entries()) expect(shown[index]).toMatchObject(message);
  });
});

describe('the command line', () => {
  it.each([
    [{SWF_API_TOKEN: 'x'}, 'SWF_SSE_RECEIVER_NAME must be set to a descriptive agent name'],
    [{SWF_SSE_RECEIVER_NAME: 'x'}, 'SWF_API_TOKEN must be set'],
    [
      {
        SWF_API_TOKEN: 'sekret',
        SWF_SSE_RECEIVER_NAME: 'x',
        SWF_MONITOR_PROD_URL: 'http://example.org',
      },
      'https://',
    ],
    [
      {
        SWF_API_TOKEN: 'sekret',
        SWF_SSE_RECEIVER_NAME: 'x',
        REQUESTS_CA_BUNDLE: '/nonexistent/ca.pem',
      },
      'cannot be read',
    ],
    [
      {SWF_API_TOKEN: 'sekret', SWF_SSE_RECEIVER_NAME: 'x', REQUESTS_CA_BUNDLE: program},
      'holds no certificate',
    ],
  ])('ends with 2 and the line to type: %o', async (env, expected) => {
    const command = runCommand([], env);
    expect(await command.ended).toBe(2);
    expect(command.stderr).toContain(expected);
    expect(command.stderr).toContain('export ');
    expect(command.stderr).not.toContain('sekret');
  });

  it.each([['--token', 'x'], ['--nonsense'], ['nonsense'], ['tail', 'file']])(
    'refuses %s',
    async (...args) => {
      const command = runCommand(args, {SWF_API_TOKEN: 'x', SWF_SSE_RECEIVER_NAME: 'x'});
      expect(await command.ended).toBe(2);
    },
  );

  it.each([[['--help']], [['tail', '--help']], [['-h']], [['demo', '--json', '--help']]])(
    'begins its help with examples: %j',
    async args => {
      const command = runCommand(args);
      expect(await command.ended).toBe(0);
      expect(command.stdout.trim().split('\n')[0]?.trim()).toBe('Examples');
    },
  );

  it('tells its version, whatever else is said', async () => {
    const command = runCommand(['tail', '--version']);
    expect(await command.ended).toBe(0);
    expect(command.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('shows the demo in lines without a terminal', async () => {
    const command = runCommand(['demo', '--json', '--count', '1']);
    expect(await command.ended).toBe(0);
    expect(JSON.parse(command.stdout)).toMatchObject({msg_type: 'run_imminent'});
  });
});
