// The faces: each state's colour for what the terminal has, and none where there is to be none.
import {describe, expect, it} from 'vitest';
import {renderToString, Text} from 'ink';
import {createElement} from 'react';
import {makeTheme, setColourDepth, type ThemeOptions} from '../../source/ui/theme.ts';

interface Look extends ThemeOptions {
  readonly depth: 1 | 2 | 3;
}

const look: Look = {hasColour: true, isAscii: false, depth: 1};
const named = ['good', 'active', 'warn', 'bad'] as const;
/** Colours as Ink writes them. */
const sequences = (options: Partial<Look>) => {
  const {depth, ...theme} = {...look, ...options};
  setColourDepth(depth);
  const {tones} = makeTheme(theme);
  return named.map(name => {
    const drawn = renderToString(createElement(Text, tones[name], 'x'));
    return [...drawn.matchAll(/\u001b\[((?:38|3\d)[\d;]*)m/g)].find(
      ([, code]) => code !== '39',
    )?.[1];
  });
};

describe('the colours', () => {
  it('are the terminal’s own sixteen, whatever it has', () => {
    expect(sequences({})).toEqual(['32', '36', '33', '31']);
    expect(sequences({depth: 3})).toEqual(['32', '36', '33', '31']);
  });

  it.each(['dark', 'light'] as const)('for a %s background are as near as it has them', palette => {
    for (const sequence of sequences({palette, depth: 3})) expect(sequence).toMatch(/^38;2;/);
    for (const sequence of sequences({palette, depth: 2})) expect(sequence).toMatch(/^38;5;/);
    expect(sequences({palette, depth: 3})).toHaveLength(
      new Set(sequences({palette, depth: 3})).size,
    );
    expect(sequences({palette, depth: 2})).toHaveLength(
      new Set(sequences({palette, depth: 2})).size,
    );
  });

  it('are none where there is to be none', () => {
    const none = {hasColour: false, depth: 3} as const;
    expect(sequences({...none, palette: 'dark'})).toEqual(Array(4).fill(undefined));
    expect(sequences(none)).toEqual(Array(4).fill(undefined));
  });

  /** Relative luminance of a colour, from 0 to 1, by WCAG 2. */
  const luminance = (channels: readonly number[]) => {
    const [red = 0, green = 0, blue = 0] = channels.map(channel => {
      const share = channel / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  it.each([
    ['dark', 0],
    ['light', 1],
  ] as const)('stand out on a %s background', (palette, background) => {
    for (const sequence of sequences({palette, depth: 3})) {
      const own = luminance((sequence ?? '').split(';').slice(2).map(Number));
      const [bright, dim] = [Math.max(own, background), Math.min(own, background)];
      expect((bright + 0.05) / (dim + 0.05)).toBeGreaterThan(4.5);
    }
  });
});
