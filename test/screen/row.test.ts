// Rows have exactly their width, whatever stands in them.
import * as fc from 'fast-check';
import {stripVTControlCharacters} from 'node:util';
import {describe, expect, it} from 'vitest';
import {cut, fit, hanging, row, spread, widthOf, type Segment} from '../../source/screen/row.ts';
import {makeTheme} from '../../source/screen/theme.ts';
import {sanitise} from '../../source/wire/sanitise.ts';

const theme = makeTheme({hasColour: true, isAscii: false});
const ascii = makeTheme({hasColour: true, isAscii: true});

/** What texts on the screen are made of, all through the one door. */
const piece = fc.oneof(
  fc.string({maxLength: 12}),
  fc.string({unit: 'grapheme', maxLength: 8}),
  fc.string({unit: 'binary', maxLength: 8}),
  fc.constantFrom(
    '漢字かな',
    '한글',
    'e\u0301\u0302\u0303',
    '👩‍👩‍👧‍👦',
    '🇨🇭',
    '🇨',
    '✈️',
    '1️⃣',
    '·',
    '…',
    '▸─',
    '\u0301',
  ),
);
const text = fc.array(piece, {maxLength: 6}).map(pieces => sanitise(pieces.join('')));
const width = fc.nat(60);
const styles = fc.constantFrom(undefined, theme.styles.bad, theme.styles.selected);
const segments: fc.Arbitrary<readonly Segment[]> = fc.array(
  // As in the panes: a blank or a glyph of ours stands between two texts from outside.
  fc
    .tuple(text, styles)
    .map(([said, style]): Segment => (style ? [`${said} `, style] : [`${said}─`])),
  {maxLength: 6},
);

describe('a text behind its lead', () => {
  const lined = (body: readonly Segment[], columns: number) =>
    hanging([['lead  ']], body, columns).map(row =>
      row
        .map(([said]) => said)
        .join('')
        .trimEnd(),
    );

  it('goes on below itself, broken between words', () => {
    expect(lined([['one two three four']], 14)).toEqual([
      'lead  one two',
      '      three',
      '      four',
    ]);
    expect(lined([['one '], ['two three']], 40)).toEqual(['lead  one two three']);
    expect(lined([['']], 14)).toEqual(['lead']);
  });

  it('breaks what is longer than a row', () => {
    expect(lined([['abcdefghijklmnopqr st']], 14)).toEqual([
      'lead  abcdefgh',
      '      ijklmnop',
      '      qr st',
    ]);
  });

  it('loses nothing and fits', () => {
    fc.assert(
      fc.property(text, fc.integer({min: 16, max: 60}), (said, columns) => {
        const rows = hanging([['lead  ']], [[said]], columns);
        for (const row of rows) {
          expect(
            row.reduce((sum, [piece]) => sum + widthOf(piece.trimEnd()), 0),
          ).toBeLessThanOrEqual(columns);
        }
        expect(rows.flatMap(row => row.slice(1).map(([piece]) => piece)).join('')).toBe(said);
      }),
    );
  });
});

describe('a row', () => {
  it('is exactly as wide as it has to be', () => {
    fc.assert(
      fc.property(segments, width, (pieces, columns) => {
        expect(widthOf(row(pieces, columns, theme))).toBe(columns);
      }),
      {numRuns: 1000},
    );
  });

  it('in ASCII is as wide, and nothing but ASCII and styles', () => {
    fc.assert(
      fc.property(segments, width, (pieces, columns) => {
        const composed = row(pieces, columns, ascii);
        expect(widthOf(composed)).toBe(columns);
        expect(stripVTControlCharacters(composed)).toMatch(/^[\u0020-\u007e]*$/);
      }),
      {numRuns: 1000},
    );
  });

  it.each([
    [['abcdef'], 4, 'abc…'],
    [['abcdef'], 6, 'abcdef'],
    [['ab'], 4, 'ab  '],
    [['ab', 'cdef'], 4, 'abc…'],
    [['漢字'], 3, '漢…'],
    [['漢字'], 2, '… '],
    [['abcd', 'ef'], 4, 'abc…'],
    [['abcd', '   '], 4, 'abcd'],
  ])('%j in %i columns is %j', (texts, columns, expected) => {
    const pieces = texts.map((said): Segment => [said]);
    expect(row(pieces, columns, theme)).toBe(expected);
  });

  it('has its own punctuation in ASCII too', () => {
    expect(row([['a… · – ’ ↑↓ é 漢']], 16, ascii)).toBe("a~ | - ' ^v ? ??");
  });
});

describe('cutting', () => {
  it('leaves what fits, and else says with an ellipsis that something is gone', () => {
    fc.assert(
      fc.property(text, fc.integer({min: 1, max: 60}), (whole, columns) => {
        const short = cut(whole, columns);
        expect(widthOf(short)).toBeLessThanOrEqual(columns);
        const isWhole = widthOf(whole) <= columns;
        expect(short.endsWith('…') || isWhole).toBe(true);
        expect(isWhole ? short === whole : whole.startsWith(short.slice(0, -1))).toBe(true);
      }),
      {numRuns: 1000},
    );
  });

  it('to nothing leaves nothing', () => {
    expect([cut('abc', 0), cut('abc', -3)]).toEqual(['', '']);
  });
});

describe('fitting', () => {
  it('fills the column exactly, on either side', () => {
    fc.assert(
      fc.property(text, width, (said, columns) => {
        expect(widthOf(fit(said, columns))).toBe(columns);
        expect(widthOf(fit(said, columns, 'right'))).toBe(columns);
      }),
      {numRuns: 1000},
    );
    expect([fit('ab', 4), fit('ab', 4, 'right')]).toEqual(['ab  ', '  ab']);
  });
});

describe('spreading', () => {
  it('fills the row exactly', () => {
    fc.assert(
      fc.property(segments, segments, width, (left, right, columns) => {
        expect(widthOf(spread(left, right, columns, theme))).toBe(columns);
      }),
      {numRuns: 500},
    );
  });

  it.each([
    [10, 'ab     cde'],
    [6, 'ab cde'],
    [5, 'ab   '],
    [2, 'ab'],
    [1, '…'],
  ])('in %i columns gives up its right end first', (columns, expected) => {
    expect(spread([['ab']], [['cde']], columns, theme)).toBe(expected);
  });
});
