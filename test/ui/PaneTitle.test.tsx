// A pane's title on its rule.
import {describe, expect, it} from 'vitest';
import {PaneTitle, type PaneTitleProps} from '../../source/ui/components/PaneTitle.tsx';
import {widthOf} from '../../source/ui/text.ts';
import {ascii, Drawn} from './drawn.tsx';

const title = (props: Partial<PaneTitleProps>) => (
  <PaneTitle name="Runs" remark="2 active" isFocused={false} width={40} {...props} />
);
const textOf = (props: Partial<PaneTitleProps>) => new Drawn(title(props)).text;

describe('a pane’s title', () => {
  it('is name and remark on a rule over the whole width', () => {
    expect(textOf({})).toBe(`─ Runs ─ 2 active ${'─'.repeat(22)}`);
    expect(textOf({remark: ''})).toBe(`─ Runs ${'─'.repeat(33)}`);
  });

  it('has a cursor and a bold name while the pane is focused, and no longer', async () => {
    const drawn = new Drawn(title({isFocused: true}));
    expect(drawn.text).toMatch(/^▸ Runs ─ /);
    expect(await drawn.looks()).toMatch(/^ +bold «▸ Runs»  dim «─ 2 active ─+»$/);
    drawn.again(title({isFocused: false}));
    expect(drawn.text).toMatch(/^─ Runs ─ /);
    expect(await drawn.looks()).not.toContain('bold');
  });

  it('cuts a remark that is too long, and keeps the rule’s end', () => {
    expect(textOf({remark: 'as the-name-of-a-receiver-of-any-length'})).toBe(
      '─ Runs ─ as the-name-of-a-receiver-o… ──',
    );
  });

  it('cuts a name that is longer than the pane', () => {
    expect(textOf({name: 'Message a_type_of_any_length', width: 20})).toBe('─ Message a_type_of…');
  });

  it('is as wide as its pane in wide characters too, at every width', () => {
    const drawn = new Drawn(title({}));
    for (let width = 1; width <= 60; width += 1) {
      drawn.again(title({name: 'Run 漢字', remark: '仮名 漢字仮名', width}));
      expect(widthOf(drawn.text)).toBeLessThanOrEqual(width);
      expect(widthOf(drawn.text)).toBeGreaterThanOrEqual(width - 1);
    }
  });

  it('reads in ASCII too', () => {
    expect(new Drawn(title({isFocused: true}), ascii).text).toBe(
      `> Runs - 2 active ${'-'.repeat(22)}`,
    );
  });
});
