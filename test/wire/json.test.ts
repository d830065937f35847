// JSON with what Python writes and what JavaScript rounds.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formatJson, LongInteger, parseJson} from '../../source/wire/json.ts';

const long = (digits: string) => new LongInteger(digits);

describe('a value is read', () => {
  test.each([
    ['NaN', NaN],
    ['[NaN, Infinity, -Infinity]', [NaN, Infinity, -Infinity]],
    [
      '{"NaN": "Infinity, \\"NaN\\" and -Infinity", "a":NaN}',
      {NaN: 'Infinity, "NaN" and -Infinity', a: NaN},
    ],
    ['{"a": 9007199254740991}', {a: 9_007_199_254_740_991}],
    ['{"a": 9007199254740993}', {a: long('9007199254740993')}],
    ['[-12345678901234567890]', [long('-12345678901234567890')]],
    ['[12345678901234567890, NaN]', [long('12345678901234567890'), NaN]],
    [
      '[0.8444218515250481123,12345678901234567890]',
      [0.8444218515250481, long('12345678901234567890')],
    ],
    [
      '[0.00000000000000000000000000000000000000000000001,12345678901234567890]',
      [1e-47, long('12345678901234567890')],
    ],
    ['{"a": "12345678901234567890"}', {a: '12345678901234567890'}],
    ['[1e400, -1e400]', [Infinity, -Infinity]],
    [`[${'9'.repeat(400)}]`, [long('9'.repeat(400))]],
    ['{"a": 9007199254740993, "a": 2}', {a: 2}],
    ['{"a": 1, "a": 9007199254740993}', {a: long('9007199254740993')}],
    ['{"a": "lone \\ud83d", "b": NaN}', {a: 'lone \ud83d', b: NaN}],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test('with a key that objects have by themselves', () => {
    expect(Object.keys(parseJson('{"__proto__": 12345678901234567890}') as object)).toEqual([
      '__proto__',
    ]);
  });

  test.each([
    '',
    'nan',
    '[1NaN]',
    '[NaN1]',
    '[-NaN]',
    '[+Infinity]',
    '{NaN: 1}',
    '{"a": NaN',
    '{"a": "NaN',
    '[12345678901234567890',
    `{"a": NaN, "b": "${'\\"'.repeat(100_000)}\\`,
  ])('none in %.40j', text => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  test('however deep', () => {
    const depth = 100_000;
    const text = `[12345678901234567890,${'['.repeat(depth)}${']'.repeat(depth)}]`;
    expect(parseJson(text)).toHaveLength(2);
  });
});

describe('a value is written', () => {
  test.each([
    '{"a":NaN,"b":[Infinity,-Infinity],"c":"NaN"}',
    '{"a":12345678901234567890,"b":-9007199254740993}',
    '{"a":"0e-99991","b":NaN}',
    '{"a":[{"b":9007199254740993}],"c":null,"d":"\\ud83d"}',
  ])('%s as it was read', text => {
    expect(formatJson(parseJson(text))).toBe(text);
  });

  test('tidily', () => {
    expect(formatJson(parseJson('{"a":[NaN,12345678901234567890]}'), 2)).toBe(
      '{\n  "a": [\n    NaN,\n    12345678901234567890\n  ]\n}',
    );
  });

  test('any JSON as JSON.stringify does, and read as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        // Long whole numbers keep their digits, which JSON.parse does not: the next test has them.
        fc.pre(!/\d{16}/.test(text));
        const value = JSON.parse(text) as unknown;
        expect(parseJson(text)).toEqual(value);
        expect(formatJson(parseJson(text), 2)).toBe(JSON.stringify(value, undefined, 2));
      }),
    );
  });

  test('any whole number with its digits, wherever it stands', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.string(), (number, text) => {
        const json = `{${JSON.stringify(text)}:[${JSON.stringify(text)},${number}]}`;
        expect(formatJson(parseJson(json))).toBe(json);
      }),
    );
  });
});
