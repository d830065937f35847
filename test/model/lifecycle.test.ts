// The run lifecycle, row by row.
import {describe, expect, it} from 'vitest';
import {
  isLifecycleType,
  lifecycleTable,
  lifecycleTypes,
  phases,
  type LifecycleInput,
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
