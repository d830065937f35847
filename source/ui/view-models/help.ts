// The help: every key, and what the signs mean.
import {groupsOf} from '../keys/key-table.ts';
import {sourceOf, type ScreenState} from '../store/screen-state.ts';
import {hanging, type Line} from '../text.ts';
import type {Document} from './document.ts';

/** Columns of a key or a sign. */
const keyColumns = 11;

export function helpDocument(state: ScreenState, width: number): Document {
  const {glyphs} = state.theme;
  const keys: Line[] = [];
  for (const {title, bindings} of groupsOf(sourceOf(state))) {
    keys.push([[title, 'strong']]);
    for (const {label, help} of bindings) {
      keys.push(...hanging([[label.padEnd(keyColumns), 'key']], [[help]], width));
    }
    keys.push([['']]);
  }
  const runMarks = `${glyphs.alert} ${glyphs.odd} ${glyphs.late}`;
  const legend = [
    [runMarks, 'before a run: an alert; something odd; joined in its middle'],
    ...signs,
  ];
  const meanings = legend.flatMap(([sign = '', meaning = '']) =>
    hanging([[sign.padEnd(keyColumns), 'key']], [[meaning, 'dim']], width),
  );
  return {title: 'Keys', lines: [...keys, [['What the signs mean', 'strong']], ...meanings]};
}

const signs: readonly (readonly [sign: string, meaning: string])[] = [
  ['TRACK', 'imminent, running, standby, ended; a dot: not seen; hollow: inferred'],
  ['STATE', 'as stamped, else the phase; in brackets: by REST, not by the stream'],
  ['FOR DATA', 'time in this state; time of data taking, in DEAD none was taken'],
  ['STF MISS', 'STFs that came, of those expected; sequence numbers missing'],
  ['PROGRESS', 'STFs that came of those the execution promises, and the time to go'],
  ['READY', 'STFs at the agents’ stages so far; -2: not heard of there yet'],
  ['12+', 'more may have come: the filter keeps them away'],
  ['LIVE', 'heartbeats come, and REST agrees; NO HEARTBEAT none for 45 s'],
  ['DEAF', 'bytes come, but not the messages that REST has'],
  ['RETRYING', 'the stream is lost; REFUSED the token or the proxy is wrong'],
];
