// When REST's word on a run's state goes before what the stream shows.
import {describe, expect, it} from 'vitest';
import type {Run} from '../../source/model/run.ts';
import {physicsTime} from '../../source/model/timeline.ts';
import {asTold, isNewer, toldInstead, type ToldState} from '../../source/model/told-state.ts';
import {modelAfter, received, start} from './happenings.ts';

const later = (seconds: number) => start + seconds * 1000;
const told = (state: string | undefined, at: number, changedAt: number | undefined): ToldState => ({
  runId: '100013',
  phase: 'x',
  state,
  substate: undefined,
  changedAt,
  slices: {created: 0, completed: 0, failed: 0},
  at,
});
const runAfter = (...types: readonly string[]): Run =>
  modelAfter(
    types.map((type, index) =>
      received({msg_type: type, run_id: '100013'}, later((index + 1) * 10) + 20),
    ),
  ).snapshot(later(60)).runs[0]!;

const seen = runAfter('stf_ready');
const running = runAfter('run_imminent', 'start_run');
const ended = runAfter('run_imminent', 'start_run', 'end_run');

const stateOf = (state: ToldState | undefined, run: Run, skew = 0) =>
  toldInstead(state, run, skew)?.state;

describe('REST’s word goes first', () => {
  it('where nothing came of the lifecycle, whenever it was said', () => {
    expect(stateOf(told('running', later(5), later(0)), seen)).toBe('running');
    expect(stateOf(told('running', later(5), undefined), seen)).toBe('running');
  });

  it.each(['paused', 'ended'])('where the run went on to %s unseen', state => {
    expect(stateOf(told(state, later(40), later(30)), running)).toBe(state);
    expect(stateOf(told(state, later(40), undefined), running)).toBe(state);
  });

  it('by the server’s clock', () => {
    expect(stateOf(told('ended', later(10), later(30)), running, 30_000)).toBe('ended');
    expect(stateOf(told('ended', later(40), later(30)), running, -30_000)).toBeUndefined();
  });
});

describe('the stream goes first', () => {
  it.each<[string, ToldState | undefined, Run]>([
    ['where REST was not asked', undefined, seen],
    ['where REST names no state', told(undefined, later(40), later(30)), seen],
    ['where both say the same', told('running', later(40), later(30)), running],
    ['where it has shown more since', told('imminent', later(15), later(10)), running],
    ['where the table is a moment behind', told('imminent', later(20.1), later(10)), running],
    ['where the run has ended', told('running', later(60), later(50)), ended],
  ])('%s', (_, state, run) => {
    expect(stateOf(state, run)).toBeUndefined();
  });
});

it('what was said before a phase began is not newer than that', () => {
  expect(isNewer(told('imminent', later(15), later(10)), running, 0)).toBe(false);
  expect(isNewer(told('running', later(25), later(20)), running, 0)).toBe(true);
  expect(isNewer(told('running', later(60), later(20)), ended, 0)).toBe(false);
});

describe('the times of a run that REST alone tells of', () => {
  const timeOf = (state: ToldState | undefined) =>
    physicsTime(asTold(running, state, 0), later(300)) / 1000;

  it.each<[string, number, ToldState | undefined]>([
    ['stop when REST says that it changed', 10, told('ended', later(40), later(30))],
    ['stop at what was heard last where REST does not say', 0, told('ended', later(40), undefined)],
    ['stop at a pause', 10, told('paused', later(40), later(30))],
    ['go on where REST has nothing newer', 280, told('running', later(40), later(20))],
    ['go on where REST was not asked', 280, undefined],
  ])('%s', (_, seconds, state) => {
    expect(timeOf(state)).toBeCloseTo(seconds, 1);
  });
});
