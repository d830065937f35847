// What is taken for narrow is as wide as it is long.
import {expect, it} from 'vitest';
import stringWidth from 'string-width';
import {narrow} from '../../source/screen/narrow.ts';
import {makeTheme} from '../../source/screen/theme.ts';

const all = Array.from({length: 0x1_0000}, (_, code) => String.fromCharCode(code));
const taken = all.filter(character => narrow.test(character));

it('every character that is taken takes one column, beside any other', () => {
  expect(taken.length).toBeGreaterThan(800);
  expect(taken.filter(character => stringWidth(character) !== 1)).toEqual([]);
  expect(stringWidth(taken.join(''))).toBe(taken.length);
  const segments = [...new Intl.Segmenter().segment(taken.join(''))];
  expect(segments).toHaveLength(taken.length);
});

it('all that the screen draws with is taken', () => {
  const {glyphs, spark} = makeTheme({hasColour: false, isAscii: false});
  expect(
    [...Object.values(glyphs), ...spark, '…·–—’↑↓→‖'].filter(text => !narrow.test(text)),
  ).toEqual([]);
});
