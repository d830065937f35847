// `swfmon replay`, and `tail` of what was recorded: the real program.
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {EventOf, MonitorEvent} from '../../source/monitor-event.ts';
import {sinceOf} from '../../source/commands/open-recordings.ts';
import {encodeEvent, encodeHead} from '../../source/recording/format.ts';
import {eventually} from '../eventually.ts';
import {opening, received, start} from '../model/happenings.ts';
import {about, filesIn, newDirectory, Taking} from '../recording/disk.ts';
import {later, twoRuns} from '../ui/scenes.ts';
import {PtySession} from '../terminal/pty-session.ts';
import {runCommand} from './run-command.ts';

async function recordingOf(events: readonly MonitorEvent[]): Promise<string> {
  const taking = new Taking({}).take(events);
  await taking.recorder.close();
  return taking.directory;
}

const messagesOf = (events: readonly MonitorEvent[]) =>
  events.filter((event): event is EventOf<'message'> => event.kind === 'message');

describe('swfmon tail FILE', () => {
  it('prints what was recorded, byte for byte as received', async () => {
    const directory = await recordingOf(twoRuns());
    const tail = runCommand(['tail', directory, '--json']);
    expect(await tail.ended).toBe(0);
    expect(tail.stdout.trimEnd().split('\n')).toEqual(messagesOf(twoRuns()).map(({data}) => data));
  });

  it('applies the filters as the server does', async () => {
    const directory = await recordingOf([
      ...opening(start),
      received({msg_type: 'stf_gen', run_id: '7', sender: 'daq'}, later(1)),
      received({msg_type: 'stf_ready', run_id: '7', processed_by: 'data-agent'}, later(2)),
      received({msg_type: 'stf_ready', run_id: 7, processed_by: 'data-agent'}, later(3)),
      received({msg_type: 'end_run', run_id: '8'}, later(4)),
    ]);
    const types = async (...flags: readonly string[]) => {
      const tail = runCommand(['tail', directory, '--json', ...flags]);
      expect(await tail.ended).toBe(0);
      return (tail.stdout.match(/"msg_type": "\w+"/g) ?? []).map(text => text.slice(13, -1));
    };
    expect(await types('--message', 'end_run,stf_gen')).toEqual(['stf_gen', 'end_run']);
    expect(await types('--run', '7')).toEqual(['stf_gen', 'stf_ready']);
    expect(await types('--agent', 'data-agent')).toEqual(['stf_ready', 'stf_ready']);
    expect(await types('--agent', 'daq')).toEqual([]);
    expect(await types('--count', '1')).toEqual(['stf_gen']);
  });

  it('prints what was caught up, marked, and says what it leaves out', async () => {
    const message = (namespace: string, msg_type: string, at: number) =>
      received({msg_type, run_id: '7', namespace, sender: 'daq'}, later(at));
    const directory = await recordingOf([
      ...opening(start),
      message('n', 'start_run', 1),
      {...message('n', 'stf_gen', 2), source: 'history', stream: 0},
      message('n', 'end_run', 3),
      message('other', 'stf_gen', 4),
      message('other', 'end_run', 5),
    ]);
    const printed = async (...flags: readonly string[]) => {
      const tail = runCommand(['tail', directory, '--time', 'utc', ...flags]);
      expect(await tail.ended).toBe(0);
      const said = tail.stderr.split('\n').filter(line => line.includes('left out'));
      return [tail.stdout.trimEnd().split('\n'), said];
    };
    const [lines, nothing] = await printed();
    expect(lines?.map(line => /^\[.*?\] (\w+).*?(\(caught up\))?$/.exec(line)?.slice(1))).toEqual([
      ['start_run', undefined],
      ['stf_gen', '(caught up)'],
      ['end_run', undefined],
      ['stf_gen', undefined],
      ['end_run', undefined],
    ]);
    expect(nothing).toEqual([]);
    const [json, said] = await printed('--json', '--namespace', 'n', '--message', 'stf_gen');
    expect(json?.map(line => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({msg_type: 'stf_gen', namespace: 'n', caught_up: true}),
    ]);
    expect(said).toEqual([
      'swfmon: left out: 3 messages that the filter leaves out',
      'swfmon: left out: 1 message of other namespaces',
    ]);
  });

  it('prints what came since a time, or in the last minutes', async () => {
    const directory = await recordingOf([
      ...opening(start),
      ...[1, 2, 3].map(minute => received({msg_type: `at_${minute}`}, later(minute * 60))),
      {kind: 'lost', at: later(190), stream: 1, reason: 'the server ended it', remedy: undefined},
    ]);
    const printed = async (since: string) => {
      const tail = runCommand(['tail', directory, '--time', 'utc', '--since', since]);
      expect(await tail.ended).toBe(0);
      return [tail.stdout.match(/at_\d/g) ?? [], tail.stderr] as const;
    };
    const [messages, words] = await printed('90s');
    expect(messages).toEqual(['at_2', 'at_3']);
    expect(words).not.toContain('stream open');
    expect(words).toContain('[19:21:38] lost: the server ended it');
    expect((await printed('2026-11-23T19:20:00Z'))[0]).toEqual(['at_2', 'at_3']);
  });

  it('says what it could not read, and reads on', async () => {
    const directory = await recordingOf(twoRuns());
    const [name] = filesIn(directory);
    writeFileSync(join(directory, name!), '{"kind": "mess', {flag: 'a'});
    writeFileSync(join(directory, 'empty.ndjson'), '');
    const tail = runCommand(['tail', directory, '--json']);
    expect(await tail.ended).toBe(0);
    expect(tail.stdout.trimEnd().split('\n')).toHaveLength(messagesOf(twoRuns()).length);
    expect(tail.stderr).toContain(`swfmon: left aside: ${directory}/empty.ndjson is empty`);
    expect(tail.stderr).toContain(`swfmon: ${name} ends in half a line`);
  });

  it('ends at a signal, however much there is to print', async () => {
    const path = join(newDirectory(), 'long.ndjson');
    const head = encodeHead({...about, series: '1', part: 1, at: start});
    writeFileSync(path, head + encodeEvent(received({msg_type: 'x'}, start)).repeat(300_000));
    const tail = runCommand(['tail', path]);
    await eventually(() => expect(tail.stdout).toContain('\n'));
    tail.child.kill('SIGTERM');
    expect(await tail.ended).toBe(143);
  });

  it('ends quietly when nobody reads any more', async () => {
    const many = Array.from({length: 30_000}, (_, index) =>
      received({msg_type: 'stf_gen', sequence: index}, later(index / 1000)),
    );
    const tail = runCommand(['tail', await recordingOf(many)]);
    await eventually(() => expect(tail.stdout).toContain('\n'));
    tail.child.stdout!.destroy();
    expect(await tail.ended).toBe(0);
    expect(tail.stderr).not.toContain('EPIPE');
  });
});

describe('what cannot be replayed', () => {
  const refused = async (...args: readonly string[]) => {
    const command = runCommand(args);
    expect(await command.ended).toBe(2);
    expect(command.stdout).toBe('');
    return command.stderr.split('\n', 1)[0];
  };

  it.each(['replay', 'tail'])('%s says why in a line, and what to type', async command => {
    const directory = newDirectory();
    const write = (name: string, content: string | Buffer) => {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    };
    mkdirSync(join(directory, 'none'));
    const cases: readonly (readonly [string, string])[] = [
      [join(directory, 'nowhere'), 'is not there'],
      [write('empty.ndjson', ''), 'is empty'],
      [write('other.ndjson', '{"swfmon": "messages"}\n'), 'is not a recording of swfmon'],
      [write('rubbish', Buffer.from([0, 255, 27, 10, 0, 200])), 'is not a recording of swfmon'],
      [join(directory, 'none'), 'holds no recording'],
    ];
    for (const [path, reason] of cases) {
      expect(await refused(command, path)).toBe(`swfmon: ${path} ${reason}`);
    }
  });

  it('refuses times and speeds that are none', async () => {
    const directory = await recordingOf(twoRuns());
    expect(await refused('replay', directory, '--since', 'lunch')).toContain('--since takes');
    expect(await refused('replay', directory, '--speed', '-1')).toContain('--speed takes');
    expect(await refused('tail', '--since', '8h')).toContain('no recording is named');
  });

  it('takes lengths of time and dates', () => {
    expect(sinceOf('8h', start)).toBe(start - 8 * 3_600_000);
    expect(sinceOf('1.5d', start)).toBe(start - 36 * 3_600_000);
    expect(sinceOf('2026-11-23T19:18:28Z', start)).toBe(start);
  });
});

describe('swfmon replay', () => {
  it('prints lines when there is no terminal', async () => {
    const directory = await recordingOf(twoRuns());
    const replay = runCommand(['replay', directory, '--time', 'utc']);
    expect(await replay.ended).toBe(0);
    const lines = replay.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(messagesOf(twoRuns()).length);
    expect(lines[0]).toMatch(/^\[19:18:28\] run_imminent /);
  });

  it('shows the screen of then in a terminal, stays at the end, and gives the terminal back', async () => {
    const failed = received({msg_type: 'processing_failed', run_id: '100014'}, later(36));
    const directory = await recordingOf([...twoRuns(), failed]);
    const session = new PtySession({
      args: ['replay', directory, '--speed', 'max', '--time', 'utc'],
    });
    onTestFinished(() => session.dispose());
    await session.sees('REPLAY ended 100 %');
    await session.sees(/100014 .*6\/12/);
    await session.sees('19:19:04 UTC');
    await session.sees('run 100014: processing_failed');
    expect([session.bells, session.title]).toEqual([0, 'shell']);
    session.press('1');
    await session.sees('1 asks the server, and this is a recording');
    session.press('R');
    await session.sees('from the beginning');
    session.press('q');
    expect((await session.end()).exitCode).toBe(0);
    expect(session.isAlternate()).toBe(false);
    expect(existsSync(directory)).toBe(true);
  });
});
