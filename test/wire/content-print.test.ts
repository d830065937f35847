// What is one message, and what is another, by its content.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {contentPrint} from '../../source/wire/content-print.ts';
import {parseJson} from '../../source/wire/json.ts';

const content = fc.dictionary(fc.string(), fc.jsonValue(), {maxKeys: 6, noNullPrototype: true});

/** The same with the keys of every object in the other order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([key, held]) => [key, turned(held)]));
}

test('the order of keys does not count, on any level', () => {
  fc.assert(
    fc.property(content, value => {
      expect(contentPrint(turned(value) as typeof value)).toBe(contentPrint(value));
    }),
  );
});

test('what the monitor adds does not count, but inside a value it does', () => {
  const plain = {msg_type: 'stf_gen', inner: {a: 1}};
  const added = {sender_agent: 'a', recipient_agent: null, namespace: 'n', queue_name: 'q'};
  expect(contentPrint({...plain, ...added, sent_at: 'now'})).toBe(contentPrint(plain));
  expect(contentPrint({...plain, inner: {a: 1, sent_at: 'now'}})).not.toBe(contentPrint(plain));
});

test('any other content has another print', () => {
  fc.assert(
    fc.property(content, content, (one, other) => {
      const isSame = Object.is(JSON.stringify(sorted(one)), JSON.stringify(sorted(other)));
      fc.pre(!isSame);
      expect(contentPrint(one)).not.toBe(contentPrint(other));
    }),
  );
});

describe('numbers', () => {
  const print = (number: string) => contentPrint(parseJson(`{"n": ${number}}`) as object as never);

  test.each([
    ['9007199254740993', '9007199254740992'],
    ['12345678901234567890', '12345678901234567891'],
    ['NaN', 'Infinity'],
  ])('%s is not %s', (one, other) => {
    expect(print(one)).not.toBe(print(other));
  });

  test.each([
    ['1e21', '1000000000000000000000'],
    ['-1.25e+22', '-12500000000000000000000'],
    ['1e23', '100000000000000000000000'],
    ['1.0', '1'],
  ])('%s, as an agent wrote it, is %s, as the database does', (agent, database) => {
    expect(print(agent)).toBe(print(database));
  });
});

/** Keys in one order, without the monitor's. */
function sorted(value: Readonly<Record<string, unknown>>): unknown {
  const text = JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
  return JSON.parse(text) as unknown;
}

describe('values that look alike differ', () => {
  test.each([
    [{a: '1'}, {a: 1}],
    [{a: 'null'}, {a: null}],
    [{a: 'true'}, {a: true}],
    [{a: [1, 2]}, {a: [2, 1]}],
    [{a: [1, 2]}, {a: [[1, 2]]}],
    [{a: [[1], 2]}, {a: [[1, 2]]}],
    [{a: ['1,2']}, {a: ['1', '2']}],
    [{a: []}, {a: {}}],
    [{a: {}}, {a: ''}],
    [
      {a: 'b', c: 'd'},
      {a: 'd', c: 'b'},
    ],
    [
      {a: {b: 1}, c: {d: 2}},
      {a: {d: 2}, c: {b: 1}},
    ],
    [{ab: 'c'}, {a: 'bc'}],
    [{sequence: 1}, {sequence: 2}],
    [{}, {a: undefined}],
  ])('%j %j', (one, other) => {
    expect(contentPrint(one)).not.toBe(contentPrint(other));
  });
});
