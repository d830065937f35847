// What the server is asked for, as chips on the number keys, and in words what a filter hides.
import {isUp} from '../../model/health.ts';
import {describeFilter, isEverything, type StreamFilter} from '../../wire/filter.ts';
import {lifecycleTypes} from '../../model/lifecycle.ts';
import {chosenTypes, typesOnKeys} from '../filter-choice.ts';
import {row, widthOf, type Segment} from '../row.ts';
import {fill, type Pane, type PaneInput} from './pane.ts';

export const filterBar: Pane = (input, box) => {
  const {theme} = input;
  const lines = [
    row([[' Asked for ', theme.styles.dim], ...words(input)], box.width, theme),
    row([[' '], ...chips(input, box.width - 1)], box.width, theme),
  ];
  return fill(lines, box);
};

function words({live, view, theme}: PaneInput): readonly Segment[] {
  const {styles} = theme;
  const {filter, requested, filterRefusal, word} = live.health;
  const segments: Segment[] = [
    [inWords(filter, view.lifecycleRides), isEverything(filter) ? styles.plain : styles.active],
  ];
  if (requested) {
    const when = isUp(word) ? 'changing to' : 'next:';
    segments.push([` · ${when} ${inWords(requested, view.lifecycleRides)}`, styles.warn]);
  }
  if (filterRefusal !== undefined) {
    segments.push([` · change not taken: ${filterRefusal}`, styles.bad]);
  }
  if (filter.agents.length > 0) {
    segments.push([': hides run lifecycle and stf_gen', styles.warn]);
  }
  if (view.scope !== undefined) {
    segments.push([` · shown here: only ${view.scope} (s)`, styles.warn]);
  }
  return segments;
}

/** The lifecycle's five types are said in a word when they ride along. */
function inWords(filter: StreamFilter, ridesAlong: boolean): string {
  const types = chosenTypes(filter, ridesAlong);
  const carries = lifecycleTypes.every(type => filter.types.includes(type));
  const said = describeFilter({...filter, types});
  if (carries && types.length === 0) {
    const others = describeFilter({...filter, types: []});
    return isEverything({...filter, types: []}) ? 'run lifecycle' : `run lifecycle · ${others}`;
  }
  return ridesAlong && carries && types.length > 0 ? `${said} + run lifecycle (l)` : said;
}

function chips({live, view, theme, keyTypes}: PaneInput, width: number): readonly Segment[] {
  const {glyphs, styles} = theme;
  const filter = live.health.requested ?? live.health.filter;
  const chosen = chosenTypes(filter, view.lifecycleRides);
  const segments: Segment[] = [];
  let left = width;
  for (const [index, type] of typesOnKeys(live.types.keys(), keyTypes).entries()) {
    const isOn = chosen.includes(type);
    const key = `${index + 1}`;
    const mark = isOn ? glyphs.on : glyphs.off;
    left -= key.length + widthOf(mark) + widthOf(type) + 1;
    if (left < -1) {
      if (left + widthOf(type) > 1) segments.push(['…', styles.dim]);
      break;
    }
    segments.push(
      [key, styles.key],
      [mark, isOn ? styles.active : styles.dim],
      [type, isOn ? styles.selected : styles.plain],
      [' '],
    );
  }
  return segments;
}
