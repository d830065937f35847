// The run lifecycle, row by row.
import {describe, expect, it} from 'vitest';
import {
  isLifecycleType,
  lifecycleTable,
  lifecycleTypes,
  phases,
  stampsAgree,
  type LifecycleInput,
  type LifecycleType,
  type Phase,
} from '../../source/model/lifecycle.ts';

const inputs: readonly LifecycleInput[] = [...lifecycleTypes, 'data'];

describe('the lifecycle table', () => {
  it.each([
    // phase, then the phase after run_imminent, start_run, pause_run, resume_run, end_run, data
    ['unknown', 'imminent', 'running', 'paused', 'running', 'ended', 'running'],
    ['imminent', 'imminent', 'running', 'paused', 'running', 'ended', 'running'],
    ['running', 'running', 'running', 'paused', 'running', 'ended', 'running'],
    ['paused', 'paused', 'paused', 'paused', 'running', 'ended', 'running'],
    ['ended', 'ended', 'ended', 'ended', 'ended', 'ended', 'ended'],
  ] as const)('leads from %s where each message says', (phase, ...next) => {
    expect(inputs.map(input => lifecycleTable[phase][input].to)).toEqual(next);
  });

  const imminent = 'run_imminent';
  it.each<[Phase, ...(readonly LifecycleType[])[]]>([
    // phase, then what run_imminent, start_run, pause_run, resume_run, end_run and data imply
    [
      'unknown',
      [],
      [imminent],
      [imminent, 'start_run'],
      [imminent, 'start_run', 'pause_run'],
      [imminent],
      [imminent, 'start_run'],
    ],
    ['imminent', [], [], ['start_run'], ['start_run', 'pause_run'], [], ['start_run']],
    ['running', [], [], [], ['pause_run'], [], []],
    ['paused', [], [], [], [], [], ['resume_run']],
    ['ended', [], [], [], [], [], []],
  ])('knows what must have been missed when %s', (phase, ...implied) => {
    expect(inputs.map(input => lifecycleTable[phase][input].implies)).toEqual(implied);
  });

  it('leads where it would have led had the implied steps come one by one', () => {
    for (const phase of phases) {
      for (const input of inputs) {
        const {to, implies} = lifecycleTable[phase][input];
        const before = implies.reduce<Phase>((at, type) => lifecycleTable[at][type].to, phase);
        expect(lifecycleTable[before][input]).toEqual({to, implies: []});
      }
    }
  });

  it('has an answer for every phase and every message, and no other', () => {
    expect(Object.keys(lifecycleTable)).toEqual([...phases]);
    for (const phase of phases) {
      expect(Object.keys(lifecycleTable[phase]).toSorted()).toEqual(inputs.toSorted());
    }
  });

  it('never leads back to a run that was not seen to begin', () => {
    const reached = phases.flatMap(phase => inputs.map(input => lifecycleTable[phase][input].to));
    expect(reached).not.toContain('unknown');
  });
});

it('tells lifecycle types from others, and from what every object has', () => {
  expect(lifecycleTypes.every(isLifecycleType)).toBe(true);
  expect(['stf_gen', 'data', '', 'toString', 'constructor'].some(isLifecycleType)).toBe(false);
});

describe('the stamps of a message', () => {
  it.each([
    ['run_imminent', 'beam', 'not_ready'],
    ['start_run', 'run', 'physics'],
    ['pause_run', 'run', 'standby'],
    ['resume_run', 'run', 'physics'],
  ] as const)('go with %s when they are %s/%s, or not said', (type, state, substate) => {
    expect(stampsAgree(type, {state, substate})).toBe(true);
    expect(stampsAgree(type, {state, substate: undefined})).toBe(true);
    expect(stampsAgree(type, {state: undefined, substate})).toBe(true);
    expect(stampsAgree(type, {state: undefined, substate: undefined})).toBe(true);
  });

  it.each([
    ['run_imminent', 'beam', 'ready'],
    ['run_imminent', 'no_beam', 'not_ready'],
    ['start_run', 'run', 'standby'],
    ['start_run', 'beam', 'physics'],
    ['start_run', 'calib', undefined],
    ['pause_run', 'run', 'physics'],
    ['pause_run', undefined, 'physics'],
    ['resume_run', 'run', 'standby'],
    ['resume_run', 'test', 'daq'],
  ] as const)('do not go with %s when they are %s/%s', (type, state, substate) => {
    expect(stampsAgree(type, {state, substate})).toBe(false);
  });

  it('go with an end whatever they are: the machine may be anywhere by then', () => {
    expect(stampsAgree('end_run', {state: 'off', substate: 'not_ready'})).toBe(true);
    expect(stampsAgree('end_run', {state: 'run', substate: 'physics'})).toBe(true);
  });
});
