// The server's filter, as a URL and in words.
import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  describeFilter,
  everything,
  isEverything,
  passes,
  sameFilter,
  streamUrl,
} from '../../source/wire/filter.ts';

const base = 'https://monitor.example/swf-monitor';
const value = fc.string({minLength: 1, unit: 'binary'}).map(text => text.replaceAll(',', ';'));
const filters = fc.record({
  types: fc.uniqueArray(value, {maxLength: 4}),
  agents: fc.uniqueArray(value, {maxLength: 4}),
  runs: fc.uniqueArray(value, {maxLength: 4}),
});

describe('streamUrl', () => {
  test('everything is asked for without a parameter', () => {
    expect(streamUrl(base, everything).href).toBe(`${base}/api/messages/stream/`);
  });

  test('only what is given is a parameter', () => {
    const url = streamUrl(base, {types: [], agents: ['a'], runs: []});
    expect([...url.searchParams]).toEqual([['agents', 'a']]);
  });

  test('values are encoded and joined by commas', () => {
    const url = streamUrl(base, {
      types: ['stf_gen', 'é&b=c'],
      agents: ['a b', 'c+d'],
      runs: ['#7'],
    });
    expect(url.search).toBe('?msg_types=stf_gen%2C%C3%A9%26b%3Dc&agents=a+b%2Cc%2Bd&run_ids=%237');
    expect(url.hash).toBe('');
  });

  test('the server reads from it what was asked for', () => {
    fc.assert(
      fc.property(filters, filter => {
        const {searchParams} = new URL(streamUrl(base, filter).href);
        const list = (name: string) => searchParams.get(name)?.split(',') ?? [];
        expect(list('msg_types')).toEqual(filter.types);
        expect(list('agents')).toEqual(filter.agents);
        expect(list('run_ids')).toEqual(filter.runs);
      }),
    );
  });
});

describe('sameFilter', () => {
  test('the order makes no difference', () => {
    fc.assert(
      fc.property(filters, filter => {
        const turned = {
          types: filter.types.toReversed(),
          agents: filter.agents.toReversed(),
          runs: filter.runs.toReversed(),
        };
        expect(sameFilter(filter, turned)).toBe(true);
      }),
    );
  });

  test('one value more or less, anywhere, is another filter', () => {
    fc.assert(
      fc.property(filters, fc.constantFrom('types', 'agents', 'runs'), (filter, key) => {
        const more = {...filter, [key]: [...filter[key], 'x,y']};
        expect(sameFilter(filter, more)).toBe(false);
        expect(sameFilter(more, filter)).toBe(false);
      }),
    );
  });

  test('doubles make no difference and hide none', () => {
    const of = (...types: string[]) => ({...everything, types});
    expect(sameFilter(of('a', 'a'), of('a'))).toBe(true);
    expect(sameFilter(of('a', 'a'), of('a', 'b'))).toBe(false);
    expect(sameFilter(of('a', 'b'), of('a', 'a'))).toBe(false);
  });

  test('a type is not an agent', () => {
    expect(sameFilter({...everything, types: ['a']}, {...everything, agents: ['a']})).toBe(false);
  });
});

test.each([
  [everything, 'all messages', true],
  [{...everything, types: ['stf_gen', 'end_run']}, 'types stf_gen,end_run', false],
  [{types: ['a'], agents: ['b'], runs: ['7']}, 'types a · agents b · runs 7', false],
])('%j is “%s”', (filter, words, isAll) => {
  expect(describeFilter(filter)).toBe(words);
  expect(isEverything(filter)).toBe(isAll);
});

describe('what the server would send', () => {
  const content = {msg_type: 'stf_gen', processed_by: 'daq', run_id: '7', sender: 'x'};

  test.each([
    ['nothing asked for', everything, true],
    ['its type among others', {...everything, types: ['end_run', 'stf_gen']}, true],
    ['another type', {...everything, types: ['end_run']}, false],
    ['all that match', {types: ['stf_gen'], agents: ['daq'], runs: ['7']}, true],
    ['one that does not', {types: ['stf_gen'], agents: ['daq'], runs: ['8']}, false],
    ['the sender, which is not compared', {...everything, agents: ['x']}, false],
  ])('%s', (_what, filter, isSent) => {
    expect(passes(filter, content)).toBe(isSent);
  });

  test('a number is never equal, and what is no message passes no filter', () => {
    expect(passes({...everything, runs: ['7']}, {...content, run_id: 7})).toBe(false);
    expect(passes({...everything, runs: ['7']}, 'not JSON')).toBe(false);
    expect(passes(everything, 'not JSON')).toBe(true);
  });
});
