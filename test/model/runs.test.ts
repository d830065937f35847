// All runs: which message belongs to which, in what order they stand, and which go first.
import {describe, expect, it} from 'vitest';
import {lagOf} from '../../source/model/pipeline.ts';
import type {Run} from '../../source/model/run.ts';
import {Runs} from '../../source/model/runs.ts';
import type {JsonObject} from '../../source/testbed/python-json.ts';
import {messageFrom, runEvents, runOf, start} from './happenings.ts';

function runsAfter(contents: readonly JsonObject[]): Runs {
  const runs = new Runs();
  for (const [index, content] of contents.entries()) {
    runs.apply(messageFrom(content), start + index * 1000);
  }
  return runs;
}

const keys = ({list}: Runs) => list.map(({key}) => key);

describe('which run a message belongs to', () => {
  it('a run number is the same as a number and as a string', () => {
    const runs = runsAfter([
      {msg_type: 'start_run', run_id: '100013', namespace: 'torre1'},
      {msg_type: 'stf_gen', run_id: 100013, namespace: 'torre1', sequence: 1},
    ]);
    expect(runs.list).toMatchObject([{runId: '100013', messages: 2}]);
  });

  it('one number in two namespaces is two runs', () => {
    const runs = runsAfter([
      {msg_type: 'start_run', run_id: '7', namespace: 'torre1'},
      {msg_type: 'end_run', run_id: '7', namespace: 'wenauseic'},
    ]);
    expect(runs.list.map(({namespace, phase}) => [namespace, phase])).toEqual([
      ['torre1', 'running'],
      ['wenauseic', 'ended'],
    ]);
  });

  const namesAndCounts = ({list}: Runs) =>
    list.map(({namespace, messages}) => [namespace, messages]);

  it('a message without a namespace goes to the run of its number', () => {
    const runs = runsAfter([
      {msg_type: 'start_run', run_id: '7', namespace: 'torre1'},
      {msg_type: 'stf_ready', run_id: '7', namespace: null, sequence: 1},
    ]);
    expect(namesAndCounts(runs)).toEqual([['torre1', 2]]);
  });

  it('a message without a namespace goes to none of two runs of its number', () => {
    const runs = runsAfter([
      {msg_type: 'start_run', run_id: '7', namespace: 'torre1'},
      {msg_type: 'start_run', run_id: '7', namespace: 'wenauseic'},
      {msg_type: 'stf_ready', run_id: '7', namespace: null, sequence: 1},
    ]);
    expect(namesAndCounts(runs)).toEqual([
      ['wenauseic', 1],
      ['torre1', 1],
      [undefined, 1],
    ]);
  });

  it('what came without a namespace goes to the first run of its number that says one', () => {
    const runs = runsAfter([
      {msg_type: 'stf_ready', run_id: '7', sequence: 1},
      {msg_type: 'start_run', run_id: '7', namespace: 'torre1'},
      {msg_type: 'stf_ready', run_id: '7', sequence: 2},
      {msg_type: 'start_run', run_id: '7', namespace: 'wenauseic'},
      {msg_type: 'stf_ready', run_id: '7', namespace: 'torre1', sequence: 3},
    ]);
    expect(namesAndCounts(runs)).toEqual([
      ['wenauseic', 1],
      ['torre1', 4],
    ]);
    expect(keys(runs)).toEqual(['wenauseic/7', 'torre1/7']);
  });

  it('a message without a namespace makes a run without one, when there is none', () => {
    expect(runsAfter([{msg_type: 'stf_gen', run_id: '7'}]).list).toMatchObject([
      {runId: '7', namespace: undefined},
    ]);
  });

  it.each([null, '', [], {}])('a message with %j for its run belongs to none', run => {
    expect(runsAfter([{msg_type: 'sse_test', run_id: run}]).list).toEqual([]);
  });

  it('runs that interleave stay apart', () => {
    const runs = new Runs();
    const events = [
      ...runEvents({namespace: 'torre1', runNumber: 1}),
      ...runEvents({namespace: 'fastmon-dev', runNumber: 2, startedAt: start + 3000}),
    ].sort((a, b) => a.at - b.at);
    for (const {message, at} of events) runs.apply(message, at);
    expect(runs.list).toMatchObject([
      {runId: '2', phase: 'ended', messages: 95, total: 10},
      {runId: '1', phase: 'ended', messages: 95, total: 10},
    ]);
  });
});

describe('the list of runs', () => {
  it('has active ones first, then those only seen, then ended ones, newest first', () => {
    const message = (type: string, run: string) => ({msg_type: type, run_id: run, namespace: 'n'});
    const runs = runsAfter([
      message('end_run', '1'),
      message('stf_ready', '2'),
      message('start_run', '3'),
      message('end_run', '4'),
      message('pause_run', '5'),
    ]);
    expect(keys(runs)).toEqual(['n/5', 'n/3', 'n/2', 'n/4', 'n/1']);
  });

  it('has one of which only test messages are heard last, until it takes data', () => {
    const contents = [
      {msg_type: 'start_run', run_id: '1'},
      {msg_type: 'end_run', run_id: '1'},
      {msg_type: 'sse_test', run_id: 'test-run-001'},
    ];
    expect(keys(runsAfter(contents))).toEqual(['/1', '/test-run-001']);
    const ready = {msg_type: 'stf_ready', run_id: 'test-run-001'};
    expect(keys(runsAfter([...contents, ready]))).toEqual(['/test-run-001', '/1']);
  });

  it('is the same list until a run changes', () => {
    const runs = runsAfter([{msg_type: 'start_run', run_id: '1'}]);
    const before = runs.list;
    runs.apply(messageFrom({msg_type: 'sse_test'}), start);
    expect(runs.list).toBe(before);
    runs.apply(messageFrom({msg_type: 'end_run', run_id: '1'}), start);
    expect(runs.list).not.toBe(before);
  });
});

describe('the bound of runs', () => {
  const many = (type: string, count: number, from = 0) =>
    Array.from({length: count}, (_, index) => ({
      msg_type: type,
      run_id: String(from + index),
      namespace: 'n',
    }));

  it('holds 1,000 and counts the dropped', () => {
    const runs = runsAfter(many('start_run', 1050));
    expect([runs.list.length, runs.dropped]).toEqual([1000, 50]);
    expect(keys(runs)).toContain('n/50');
    expect(keys(runs)).not.toContain('n/49');
  });

  it('drops ended ones before active ones, the longest quiet first', () => {
    const runs = runsAfter([
      ...many('start_run', 900),
      ...many('end_run', 100, 1000),
      ...many('start_run', 3, 2000),
    ]);
    const held = keys(runs);
    expect(held).toContain('n/0');
    expect(['n/1000', 'n/1001', 'n/1002', 'n/1003'].map(key => held.includes(key))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('begins a dropped run anew when it speaks again', () => {
    const runs = runsAfter([...many('start_run', 1001), {msg_type: 'stf_ready', run_id: '0'}]);
    expect(runs.list.find(({runId}) => runId === '0')).toMatchObject({
      key: '/0',
      messages: 1,
      isJoinedLate: true,
    });
  });
});

describe('a list that somebody has seen', () => {
  const told = ([run]: readonly Run[]) =>
    structuredClone({...run, lags: lagOf(run!.pipeline, 'ready')});

  it('stays as it was with each message, and the next one tells all that came', () => {
    const runs = new Runs();
    const looks = runEvents().map(({message}, index) => {
      runs.apply(message, message.sentAt!);
      // Looked at now and then: what comes in between is taken in where it stands.
      return index % 3 === 0 ? {list: runs.list, copy: told(runs.list)} : undefined;
    });
    for (const {list, copy} of looks.filter(look => look !== undefined)) {
      expect(told(list)).toEqual(copy);
    }
    expect(told(runs.list)).toEqual(
      told([runOf(runEvents().map(({message}) => [message, message.sentAt!]))]),
    );
  });

  it('stays as it was when its run learns its namespace', () => {
    const runs = runsAfter([{msg_type: 'stf_ready', run_id: '7', namespace: null}]);
    const {list} = runs;
    runs.apply(messageFrom({msg_type: 'start_run', run_id: '7', namespace: 'torre1'}), start);
    expect(list).toMatchObject([{key: '/7', namespace: undefined, messages: 1}]);
    expect(runs.list).toMatchObject([{key: 'torre1/7', namespace: 'torre1', messages: 2}]);
    expect([list[0]?.types.size, runs.list[0]?.types.size]).toEqual([1, 2]);
  });
});
