// What the server is asked for, in words with what a filter hides, and as chips on the number keys.
import {isUp} from '../../model/health.ts';
import {lifecycleTypes} from '../../model/lifecycle.ts';
import {describeFilter, isEverything, type StreamFilter} from '../../wire/filter.ts';
import {chosenTypes, typesOnKeys} from '../store/filter-choice.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {widthOf, type Line, type Span} from '../text.ts';

export function filterWords({live, view}: ScreenState): Line {
  const {filter, requested, filterRefusal, word} = live.health;
  const spans: Span[] = [
    [' Asked for ', 'dim'],
    [describe(filter, view.includesLifecycle), isEverything(filter) ? 'plain' : 'active'],
  ];
  if (requested) {
    const when = isUp(word) ? 'changing to' : 'next:';
    spans.push([` · ${when} ${describe(requested, view.includesLifecycle)}`, 'warn']);
  }
  if (filterRefusal !== undefined) spans.push([` · change not taken: ${filterRefusal}`, 'bad']);
  if (filter.agents.length > 0) spans.push([': hides run lifecycle and stf_gen', 'warn']);
  if (view.scope !== undefined) spans.push([` · shown here: only ${view.scope} (s)`, 'warn']);
  return spans;
}

/** The lifecycle's five types in a word, where a filter of types includes them all. */
function describe(filter: StreamFilter, includesLifecycle: boolean): string {
  const types = chosenTypes(filter, includesLifecycle);
  const isWhole = lifecycleTypes.every(type => filter.types.includes(type));
  const words = describeFilter({...filter, types});
  if (isWhole && types.length === 0) {
    const others = describeFilter({...filter, types: []});
    return isEverything({...filter, types: []}) ? 'run lifecycle' : `run lifecycle · ${others}`;
  }
  return includesLifecycle && isWhole && types.length > 0 ? `${words} + run lifecycle (l)` : words;
}

/** @returns a chip for each number key, as many as there is room for. */
export function filterChips({live, view, theme, keyTypes, layout}: ScreenState): Line {
  const {glyphs} = theme;
  const filter = live.health.requested ?? live.health.filter;
  const chosen = chosenTypes(filter, view.includesLifecycle);
  const spans: Span[] = [[' ']];
  let left = layout.size.columns - 1;
  for (const [index, type] of typesOnKeys(live.types.keys(), keyTypes).entries()) {
    const isOn = chosen.includes(type);
    const key = `${index + 1}`;
    const mark = isOn ? glyphs.on : glyphs.off;
    left -= key.length + widthOf(mark) + widthOf(type) + 1;
    if (left < -1) {
      if (left + widthOf(type) > 1) spans.push(['…', 'dim']);
      break;
    }
    spans.push(
      [key, 'key'],
      [mark, isOn ? 'active' : 'dim'],
      [type, isOn ? 'selected' : 'plain'],
      [' '],
    );
  }
  return spans;
}
