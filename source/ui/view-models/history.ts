// All that is known of the connection, and how it came about.
import {formatTime, zoneOf} from '../../time.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {hanging, widthOf, type Line} from '../text.ts';
import {connectionFacts} from './connection.ts';
import type {Document} from './document.ts';

export function historyDocument(state: ScreenState, width: number): Document {
  const {live, view} = state;
  const time = zoneOf(view.time);
  const facts = connectionFacts(state);
  const label = Math.max(...facts.map(({label}) => widthOf(label))) + 2;
  const factLines = facts.flatMap(({label: name, value, tone}) =>
    hanging([[name.padEnd(label), 'dim']], [[value, tone]], width),
  );
  const history = live.health.history
    .toReversed()
    .flatMap(({at, text}) =>
      hanging([[`${formatTime(at, time, live.now)}  `, 'dim']], [[text]], width),
    );
  const heading: readonly Line[] = [[['']], [['History, newest first', 'strong']]];
  return {title: 'Connection', lines: [...factLines, ...heading, ...history]};
}
