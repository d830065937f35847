// Text from the network, made safe for one line of a terminal.
import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {asciiJson, maxColumnText, sanitise} from '../../source/wire/sanitise.ts';
import {anyText, unsafe} from './unsafe.ts';

describe('sanitise', () => {
  test('whatever comes in, only safe characters come out, and no more than the limit', () => {
    fc.assert(
      fc.property(anyText, fc.integer({min: 2, max: 60}), (text, limit) => {
        const safe = sanitise(text, limit);
        expect(safe).not.toMatch(unsafe);
        expect(safe.length).toBeLessThanOrEqual(limit);
        expect(sanitise(safe, limit)).toBe(safe);
      }),
      {numRuns: 2000},
    );
  });

  test('printable ASCII is left as it is', () => {
    const ascii = fc.string({unit: 'grapheme-ascii', maxLength: maxColumnText});
    fc.assert(
      fc.property(ascii, text => {
        expect(sanitise(text)).toBe(text);
      }),
    );
  });

  test.each([
    ['controls become their pictures', '\u001b[31m\u0007\r\n\t\u007f', '␛[31m␇␍␊␉␡'],
    ['C1 controls become stand-ins', '\u009b2J\u0085', '�2J�'],
    ['overrides and isolates become stand-ins', 'a\u202eb\u2066c\u061c', 'a�b�c�'],
    ['what has no width becomes a stand-in', 'a\u200bb\u2060\ufeff\u3164\u115f\u034f', 'a�b�����'],
    ['line separators become stand-ins', 'a\u2028b\u2029c', 'a�b�c'],
    ['tags become stand-ins', '\u{e0041}', '�'],
    ['lone surrogates become stand-ins', '\ud83d-\ude00', '�-�'],
    ['wide characters survive', '漢字 かな 한글 😀 🚀', '漢字 かな 한글 😀 🚀'],
    ['letters of any script survive', 'Zoë Ωμέγα Ёлка عربي नमस्ते', 'Zoë Ωμέγα Ёлка عربي नमस्ते'],
    ['joined emoji come apart', '👩\u200d🚀', '👩🚀'],
    ['skin tones and variation selectors are dropped', '👍🏽❤\ufe0f', '👍❤'],
    ['flags become their letters', '🇨🇭 🇨', 'CH C'],
    ['two combining marks are kept', 'a\u0301\u0302', 'a\u0301\u0302'],
    ['a pile of combining marks is cut to two', `a${'\u0301'.repeat(40)}b`, 'a\u0301\u0301b'],
    ['joiners between them do not help it', `a${'\u0301\u200d'.repeat(40)}b`, 'a\u0301\u0301b'],
    ['surrogates that a joiner parted stay apart', '\ud83c\u200d\udffd', '��'],
  ])('%s', (_, text, safe) => {
    expect(sanitise(text)).toBe(safe);
  });

  test('a text of the limit is whole, a longer one ends in an ellipsis', () => {
    expect(sanitise('abcde', 5)).toBe('abcde');
    expect(sanitise('abcdef', 5)).toBe('abcd…');
    expect(sanitise('x'.repeat(10_000))).toBe(`${'x'.repeat(maxColumnText - 1)}…`);
  });

  test('the cut splits no character', () => {
    expect(sanitise('ab😀😀', 4)).toBe('ab…');
    expect(sanitise('ab😀😀', 5)).toBe('ab😀…');
  });
});

describe('asciiJson', () => {
  const anyJson = fc.oneof(fc.jsonValue({stringUnit: 'binary'}), fc.dictionary(anyText, anyText));

  test('the same value, in printable ASCII, on one line, however it is laid out', () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom('', ' ', '\t', '\n\t'), (value, indent) => {
        const json = JSON.stringify(value, undefined, indent);
        const ascii = asciiJson(json);
        expect(ascii).toMatch(/^[\x20-\x7e]*$/);
        expect(JSON.parse(ascii)).toEqual(JSON.parse(json));
      }),
      {numRuns: 1000},
    );
  });

  test.each([
    ['{"a": "plain"}', '{"a": "plain"}'],
    ['{"é": "😀\u007f\u009b"}', String.raw`{"\u00e9": "\ud83d\ude00\u007f\u009b"}`],
    ['{"a":\r\n\t1}', '{"a":   1}'],
    [String.raw`{"a": "\u001b\n"}`, String.raw`{"a": "\u001b\n"}`],
  ])('%j', (json, ascii) => {
    expect(asciiJson(json)).toBe(ascii);
  });
});
