// Whole screens as an operator sees them, to be read and compared.
import {describe, expect, it} from 'vitest';
import {showRows} from '../../scripts/terminal-screen.ts';
import {goldenOf, middle, scenes, shown, small} from './golden-scenes.ts';
import {Session, type SessionOptions} from './session.ts';
import {styledText} from './styled-text.ts';

const textOf = (scene: string, options: SessionOptions) =>
  scenes[scene]!(new Session(options)).text;

describe.each(shown)('the screen: %s', (scene, sizes) => {
  it.each(sizes)('at $columns × $rows', async size => {
    await expect(textOf(scene, {size})).toMatchFileSnapshot(goldenOf(scene, size));
  });
});

it.each([
  ['live', middle],
  ['live', small],
  ['every alert', small],
  ['help', small],
  ['filter sheet', small],
])('the screen in ASCII is the same, glyph for glyph: %s', async (scene, size) => {
  const text = textOf(scene, {size, isAscii: true});
  expect(text).toMatch(/^[\n\u0020-\u007e]*$/);
  await expect(text).toMatchFileSnapshot(goldenOf(`${scene} ascii`, size));
});

describe('the screen with its colours', () => {
  it.each([
    ['live', small],
    ['live', middle],
    ['every alert', small],
    ['every state', middle],
    ['refused', small],
    ['paused', small],
    ['gap filled', small],
    ['search', small],
    ['type filter', small],
    ['filter sheet', small],
    ['message detail', small],
    ['run detail', middle],
    ['alerts listed', small],
    ['help', small],
    ['history', small],
    ['search typed', small],
  ])('%s', async (scene, size) => {
    const {frame} = scenes[scene]!(new Session({size, hasColour: true}));
    const text = styledText(await showRows(frame, size));
    await expect(text).toMatchFileSnapshot(goldenOf(`styled ${scene}`, size));
  });
});
