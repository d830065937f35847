// Text measured in columns: never wider than it may be, whatever stands in it.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  cut,
  cutLine,
  cutMiddle,
  cutPlaceFor,
  fit,
  hanging,
  lineWidth,
  tail,
  toAscii,
  widthOf,
  type Line,
  type Span,
  type Tone,
} from '../../source/ui/text.ts';
import {sanitise} from '../../source/wire/sanitise.ts';

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
const tones = fc.constantFrom<Tone | undefined>(undefined, 'bad', 'selected');
const lines: fc.Arbitrary<Line> = fc.array(
  // As in the panes: a blank or a glyph of ours stands between two texts from outside.
  fc.tuple(text, tones).map(([said, tone]): Span => (tone ? [`${said} `, tone] : [`${said}─`])),
  {maxLength: 6},
);

describe('a text behind its lead', () => {
  const lined = (body: Line, columns: number) =>
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

describe('a line', () => {
  const shown = (line: Line, columns: number) =>
    cutLine(line, columns)
      .map(([said]) => said)
      .join('');

  it('is never wider than it may be, and whole where it fits', () => {
    fc.assert(
      fc.property(lines, width, (line, columns) => {
        const cutLineWidth = lineWidth(cutLine(line, columns));
        expect(cutLineWidth).toBeLessThanOrEqual(columns);
        const whole = line.map(([said]) => said).join('');
        if (lineWidth(line) <= columns) expect(shown(line, columns)).toBe(whole);
      }),
      {numRuns: 1000},
    );
  });

  it.each([
    [['abcdef'], 4, 'abc…'],
    [['abcdef'], 6, 'abcdef'],
    [['ab'], 4, 'ab'],
    [['ab', 'cdef'], 4, 'abc…'],
    [['漢字'], 3, '漢…'],
    [['漢字'], 2, '…'],
    [['abcd', 'ef'], 4, 'abc…'],
    [['abcd', '   '], 4, 'abcd'],
  ])('%j in %i columns is %j', (texts, columns, expected) => {
    expect(
      shown(
        texts.map((said): Span => [said]),
        columns,
      ),
    ).toBe(expected);
  });
});

describe('ASCII', () => {
  it('is as wide, and nothing but ASCII', () => {
    fc.assert(
      fc.property(text, said => {
        const ascii = toAscii(said);
        expect(widthOf(ascii)).toBe(widthOf(said));
        expect(ascii).toMatch(/^[\u0020-\u007e]*$/);
      }),
      {numRuns: 1000},
    );
  });

  it('has our own punctuation too', () => {
    expect(toAscii('a… · – ’ ↑↓ é 漢')).toBe("a~ | - ' ^v ? ??");
  });
});

describe('the end of a text', () => {
  it('is its end, in so many columns', () => {
    fc.assert(
      fc.property(text, width, (said, columns) => {
        const end = tail(said, columns);
        expect(said.endsWith(end)).toBe(true);
        expect(widthOf(end)).toBeLessThanOrEqual(columns);
      }),
    );
    expect(tail('abc漢', 3)).toBe('c漢');
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

describe('names', () => {
  const runs = ['epic-physics-2026-11-25-run-0001', 'epic-physics-2026-11-25-run-0002'];

  it('whose beginnings are alike are cut in the middle, and differ', () => {
    expect(cutPlaceFor(runs, 14)).toBe('middle');
    expect(runs.map(name => cutMiddle(name, 14))).toEqual(['epic-ph…n-0001', 'epic-ph…n-0002']);
  });

  it('that differ where they are cut, or are the same, lose their end', () => {
    expect(cutPlaceFor(['data-agent-root-21', 'fastmon-agent-root-22'], 8)).toBe('end');
    expect(cutPlaceFor([runs[0]!, runs[0]!], 14)).toBe('end');
    expect(cutPlaceFor(runs, 40)).toBe('end');
  });

  it('fit, whatever they are, with their beginning and their end', () => {
    fc.assert(
      fc.property(text, fc.integer({min: 5, max: 60}), (name, columns) => {
        const short = cutMiddle(name, columns);
        expect(widthOf(short)).toBeLessThanOrEqual(columns);
        if (widthOf(name) <= columns) expect(short).toBe(name);
        else {
          const [start = '', end = ''] = short.split(/…(?!.*…)/);
          expect(name.endsWith(end) || name.includes('…')).toBe(true);
          expect(name.startsWith(start) || name.includes('…')).toBe(true);
        }
      }),
    );
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
