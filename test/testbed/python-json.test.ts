// JSON and the names of events, as Python writes them.
import {expect, test} from 'vitest';
import {pythonJson, pythonText} from '../../source/testbed/python-json.ts';

test('separators, escapes and constants are those of json.dumps', () => {
  const value = {a: [1, 2.5, null, true], 'é"': 'x\n\u007f\ud83d', b: {}, c: [], d: Number.NaN};
  expect(pythonJson(value)).toBe(
    String.raw`{"a": [1, 2.5, null, true], "\u00e9\"": "x\n\u007f\ud83d", "b": {}, "c": [], "d": NaN}`,
  );
});

test.each([
  ['text', 'text'],
  [42, '42'],
  [null, 'None'],
  [true, 'True'],
])('%j names an event %s', (value, name) => {
  expect(pythonText(value)).toBe(name);
});
