// Pictures of a terminal: what was on the screen can be read back from them, whatever it was.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {showRows, textOf} from '../../scripts/terminal-screen.ts';
import {drawScreen} from '../../scripts/terminal-svg.ts';
import {received} from '../model/happenings.ts';
import {later, twoRuns} from '../ui/scenes.ts';
import {Session} from '../ui/session.ts';
import {elementsOf, textOfSvg, type SvgElement} from './read-svg.ts';

const caption = {title: 'a title', description: 'a description'};
const escape = '\u001b';

async function draw(...rows: readonly string[]): Promise<string> {
  return drawScreen(await showRows(rows, {columns: 20, rows: 3}), 20, caption);
}

async function drawn(name: string, ...rows: readonly string[]): Promise<readonly SvgElement[]> {
  return elementsOf(await draw(...rows)).filter(element => element.name === name);
}

describe('a picture of a terminal', () => {
  it('has each text where it stands, blanks left out', async () => {
    const texts = await drawn('text', '  one two', '', ' three');
    expect(texts).toEqual([
      {name: 'text', text: 'one two', attributes: {x: '18', y: '13', textLength: '63'}},
      {name: 'text', text: 'three', attributes: {x: '9', y: '49', textLength: '45'}},
    ]);
  });

  it('keeps symbols on the grid, each alone or with its likes', async () => {
    const texts = await drawn('text', 'a──●◆b漢字');
    expect(texts.map(({text, attributes: {x, textLength}}) => [text, x, textLength])).toEqual([
      ['a', '0', '9'],
      ['──', '9', '18'],
      ['●', '27', '9'],
      ['◆', '36', '9'],
      ['b', '45', '9'],
      ['漢', '54', '18'],
      ['字', '72', '18'],
    ]);
  });

  it('has a text for each style', async () => {
    const texts = await drawn(
      'text',
      `a${escape}[1;31mb${escape}[0;2mc${escape}[92md${escape}[0me`,
    );
    expect(texts.map(({text, attributes}) => [text, attributes['class']])).toEqual([
      ['a', undefined],
      ['b', 'c1 bold'],
      ['c', 'dim'],
      ['d', 'c10 dim'],
      ['e', undefined],
    ]);
  });

  it('has the ground of what is inverse or has a background, blanks and all', async () => {
    const rows = [`a${escape}[7m b `, `${escape}[44;33mc`, `${escape}[7;32md`];
    const [, ...grounds] = await drawn('rect', ...rows);
    expect(grounds.map(({attributes}) => attributes)).toEqual([
      {x: '9', y: '0', width: '27', height: '18'},
      {class: 'c4', x: '0', y: '18', width: '9', height: '18'},
      {class: 'c2', x: '0', y: '36', width: '9', height: '18'},
    ]);
    const texts = await drawn('text', ...rows);
    expect(texts.map(({text, attributes}) => [text, attributes['class']])).toEqual([
      ['a', undefined],
      ['b', 'inverse'],
      ['c', 'c3'],
      ['d', 'inverse'],
    ]);
  });

  it('takes no colour beyond the sixteen', async () => {
    await expect(draw(`${escape}[38;5;99mx`)).rejects.toThrow('colour 99 is not in the palette');
  });

  it('cuts at the right edge what is too wide', async () => {
    expect(textOfSvg(await draw('x'.repeat(25), 'y'))).toBe(`${'x'.repeat(19)}x\ny\n\n`);
  });

  it('says what it is to those who do not see it', async () => {
    const svg = drawScreen([], 20, {title: 'a < b', description: 'c & d'});
    const elements = elementsOf(svg);
    const named = elements[0]!.attributes['aria-labelledby']?.split(' ');
    const texts = named?.map(id => elements.find(({attributes}) => attributes['id'] === id)?.text);
    expect(texts).toEqual(['a < b', 'c & d']);
  });

  it('is well-formed and says the same, whatever is on the screen', async () => {
    const hostile = fc.oneof(
      fc.string({unit: 'binary'}),
      fc.string({unit: 'grapheme'}),
      fc.constantFrom('</text><script>', '&lt;&#0;', ']]>', '<!--', '"\' x="1', '\ud800', '\uffff'),
    );
    const rows = fc.array(
      fc.array(hostile).map(pieces => pieces.join('')),
      {maxLength: 3},
    );
    await fc.assert(
      fc.asyncProperty(rows, async rows => {
        const screen = await showRows(rows, {columns: 40, rows: 3});
        const notInXml = /[\ufffe\uffff]/g;
        expect(textOfSvg(drawScreen(screen, 40, caption))).toBe(
          textOf(screen).replaceAll(notInXml, '\ufffd'),
        );
      }),
    );
  });

  it('is not broken by what a message says', async () => {
    const message = '</text><script>alert("1")</script>&amp;]]>';
    const session = new Session({size: {columns: 120, rows: 40}, hasColour: true})
      .hear(twoRuns())
      .hear([received({msg_type: '<b>', run_id: '&', processed_by: '"', message}, later(37))]);
    const rows = session.frame;
    const svg = drawScreen(await showRows(rows, session.size), session.size.columns, caption);
    expect(textOfSvg(svg)).toBe(session.text);
    expect(session.text).toContain('</text><script>');
    expect(svg).not.toContain('<script');
  });
});
