// What the number keys make of the server's filter.
import {describe, expect, it} from 'vitest';
import {lifecycleTypes} from '../../source/model/lifecycle.ts';
import {
  chosenTypes,
  standardTypes,
  toggleType,
  typesOnKeys,
  withTypes,
} from '../../source/ui/store/filter-choice.ts';
import {everything} from '../../source/wire/filter.ts';

describe('the types on the keys', () => {
  it('are the standard ones, then others in the order they came, nine at most', () => {
    const seen = ['sse_test', 'stf_gen', 'a', 'b', 'c', 'd'];
    expect(typesOnKeys(seen)).toEqual([...standardTypes, 'sse_test', 'a', 'b', 'c']);
    expect(typesOnKeys([])).toEqual([...standardTypes]);
  });

  it('are others where others are the standard, never more than nine', () => {
    expect(typesOnKeys(['stf_gen', 'x'], ['x', 'y'])).toEqual(['x', 'y', 'stf_gen']);
    expect(typesOnKeys([], Array.from('abcdefghijk'))).toEqual(Array.from('abcdefghi'));
    expect(typesOnKeys([], [])).toEqual([]);
  });

  it('are never the lifecycle, nor what the server would take for two or for another', () => {
    expect(typesOnKeys([...lifecycleTypes, 'a,b', 'tab\ufffd', '', '(others)'])).toEqual([
      ...standardTypes,
    ]);
  });
});

describe('toggling a type', () => {
  it('asks for it with the lifecycle, for a second one too, and in the end for everything', () => {
    const one = toggleType(everything, 'stf_gen', true);
    expect(one.types).toEqual(['stf_gen', ...lifecycleTypes]);
    const two = toggleType(one, 'stf_ready', true);
    expect(two.types).toEqual(['stf_gen', 'stf_ready', ...lifecycleTypes]);
    expect(chosenTypes(two, true)).toEqual(['stf_gen', 'stf_ready']);
    const back = toggleType(toggleType(two, 'stf_gen', true), 'stf_ready', true);
    expect(back).toEqual(everything);
  });

  it('asks for it alone when the lifecycle does not ride along', () => {
    expect(toggleType(everything, 'stf_gen', false).types).toEqual(['stf_gen']);
  });

  it('leaves runs and agents as they are', () => {
    const filter = {types: [], agents: ['a'], runs: ['1']};
    expect(toggleType(filter, 'stf_gen', false)).toEqual({...filter, types: ['stf_gen']});
  });

  it('asks for no type twice', () => {
    expect(withTypes(everything, ['end_run', 'end_run'], true).types).toEqual([
      'end_run',
      ...lifecycleTypes.filter(type => type !== 'end_run'),
    ]);
  });
});
