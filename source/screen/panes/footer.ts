// The last line: what the last key could not do, or which keys there are.
import {fieldWords, type Field} from '../field.ts';
import {bindingsOf} from '../key-table.ts';
import {placeOf} from '../keys.ts';
import {row, spread, widthOf, type Segment} from '../row.ts';
import type {Theme} from '../theme.ts';
import {showOf, type Pane} from './pane.ts';

export const footer: Pane = (input, {width}) => {
  const {view, theme} = input;
  const {styles} = theme;
  if (view.field) return [fieldRow(view.field, width, theme)];
  if (view.notice !== undefined) return [row([[` ${view.notice}`, styles.warn]], width, theme)];
  const place = placeOf(view);
  const show = showOf(input);
  const here = bindingsOf(show)
    .filter(({notInReplay}) => show === 'live' || notInReplay === undefined)
    .filter(({where, hintWhere = where}) => hintWhere.includes(place));
  const hints = [...here.map(({hint}) => hint), ...here.map(({spareHint}) => spareHint)];
  const shown: Segment[] = [];
  let left = width;
  for (const hint of hints) {
    if (hint === undefined) continue;
    left -= widthOf(hint) + 2;
    if (left < 0) break;
    const [key = '', word = ''] = hint.split(' ');
    shown.push([` ${key}`, styles.key], [` ${word} `, styles.dim]);
  }
  return [row(shown, width, theme)];
};

/** What is being typed, its end in sight, and what Enter will do. */
function fieldRow({kind, text}: Field, width: number, theme: Theme): string {
  const {styles} = theme;
  const {label, enter} = fieldWords[kind];
  const hint = ` Enter ${enter}, Esc leaves `;
  const room = Math.max(8, width - widthOf(label) - 3);
  const shown = widthOf(text) <= room ? text : `…${tail(text, room - 1)}`;
  return spread(
    [[` ${label}`, styles.key], [shown], [' ', styles.selected]],
    [[hint, styles.dim]],
    width,
    theme,
  );
}

/** The end of `text`, in at most `width` columns. */
function tail(text: string, width: number): string {
  const characters = Array.from(text);
  let kept = '';
  while (characters.length > 0 && widthOf(kept) < width) kept = characters.pop()! + kept;
  return widthOf(kept) > width ? Array.from(kept).slice(1).join('') : kept;
}
