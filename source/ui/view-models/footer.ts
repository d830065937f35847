// The last line: what is being typed, what the last key could not do, or which keys there are.
import {bindingsOf} from '../keys/key-table.ts';
import {placeOf} from '../keys/dispatch.ts';
import {sourceOf, type ScreenState} from '../store/screen-state.ts';
import {inputWords, type TextInput} from '../store/text-input.ts';
import {cut, lineWidth, tail, widthOf, type Line, type Span} from '../text.ts';

export interface FooterModel {
  readonly left: Line;
  /** At the right end, where there is room. */
  readonly right: Line;
}

export function footerModel(state: ScreenState): FooterModel {
  const {view, layout} = state;
  if (view.input) return inputLine(view.input, layout.size.columns);
  if (view.notice !== undefined) return {left: [[` ${view.notice}`, 'warn']], right: []};
  return {left: hints(state), right: []};
}

/** As many keys as there is room for, the most useful first. */
function hints(state: ScreenState): Line {
  const place = placeOf(state.view);
  const source = sourceOf(state);
  const here = bindingsOf(source)
    .filter(({notInReplay}) => source === 'live' || notInReplay === undefined)
    .filter(({where, hintWhere = where}) => hintWhere.includes(place));
  const wanted = [...here.map(({hint}) => hint), ...here.map(({spareHint}) => spareHint)];
  const shown: Span[] = [];
  let left = state.layout.size.columns;
  for (const hint of wanted) {
    if (hint === undefined) continue;
    left -= widthOf(hint) + 2;
    if (left < 0) break;
    const [key = '', word = ''] = hint.split(' ');
    shown.push([` ${key}`, 'key'], [` ${word} `, 'dim']);
  }
  return shown;
}

/** What is being typed, its end in sight, and what Enter will do. */
function inputLine({kind, text}: TextInput, columns: number): FooterModel {
  const {label, enter} = inputWords[kind];
  const room = Math.max(8, columns - widthOf(label) - 3);
  const shown = widthOf(text) <= room ? text : `…${tail(text, room - 1)}`;
  const left: Line = [[` ${label}`, 'key'], [shown], [' ', 'selected']];
  const hint = wholeWords(` Enter ${enter}, Esc leaves `, columns - lineWidth(left) - 1);
  return {left, right: hint === '' ? [] : [[hint, 'dim']]};
}

/** @returns `text`, or as many of its words as `width` columns have room for: two at least, or none. */
function wholeWords(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const short = cut(text, width).replace(/\S*$/, '…');
  return /\S +\S+ +…$/.test(short) ? short : '';
}
