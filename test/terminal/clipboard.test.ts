// What the terminal is asked to take (OSC 52), and what it is not asked for.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {copyToClipboard} from '../../source/terminal/clipboard.ts';

const escape = '\u001b';

function copied(text: string, isTmux = false) {
  let output = '';
  const refusal = copyToClipboard({write: more => (output += more)}, text, isTmux);
  return {refusal, output};
}

/** The text in an OSC 52 sequence. */
function decoded(sequence: string): string {
  const [, base64] = /^\u001b\]52;c;([A-Za-z\d+/]*={0,2})\u0007$/.exec(sequence) ?? [];
  expect(base64).toBeDefined();
  return Buffer.from(base64!, 'base64').toString();
}

describe('the terminal is asked', () => {
  it('in one sequence that holds the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), text => {
        const {output, refusal} = copied(text);
        expect(refusal).toBeUndefined();
        expect(decoded(output)).toBe(text);
      }),
    );
    expect(decoded(copied(`${escape}]0;x\u0007\n漢字😀`).output)).toBe(
      `${escape}]0;x\u0007\n漢字😀`,
    );
  });

  it('in tmux by tmux itself, and once more through it', () => {
    const {output} = copied('Zoë', true);
    const end = output.indexOf('\u0007') + 1;
    const ask = output.slice(0, end);
    expect(decoded(ask)).toBe('Zoë');
    const [, through = ''] = /^\u001bPtmux;(.*)\u001b\\$/.exec(output.slice(end)) ?? [];
    // tmux takes doubled escapes for one each, and a single one for its end.
    expect(through.replaceAll(escape + escape, '')).not.toContain(escape);
    expect(through.replaceAll(escape + escape, escape)).toBe(ask);
  });
});

describe('the size', () => {
  // 74,994 characters of base64 are 18,748 groups of four, of three bytes each.
  const most = 18_748 * 3;

  it('goes up to what terminals take', () => {
    const {output, refusal} = copied('x'.repeat(most));
    expect(refusal).toBeUndefined();
    expect(decoded(output)).toHaveLength(most);
  });

  it.each([
    ['one byte more', 'x'.repeat(most + 1), 57],
    ['two bytes a character', 'ë'.repeat(most / 2 + 1), 57],
    ['much more', 'x'.repeat(1_000_000), 1000],
  ])('%s is refused with what to do instead, and nothing is written', (_, text, size) => {
    for (const isTmux of [false, true]) {
      expect(copied(text, isTmux)).toEqual({
        refusal: `${size} kB is more than terminals take; w writes it to a file`,
        output: '',
      });
    }
  });
});
