// The help: every key, and what the signs mean.
import {bindingsOf} from '../key-table.ts';
import type {Segment} from '../row.ts';
import {showOf, type Content, type PaneInput} from './pane.ts';

export function helpContent(input: PaneInput): Content {
  const {theme} = input;
  const {key, dim} = theme.styles;
  const keys = bindingsOf(showOf(input)).map(({label, help}): readonly Segment[] => [
    [label.padEnd(11), key],
    [help],
  ]);
  const {glyphs} = theme;
  const legend = (
    [
      [
        `${glyphs.alert} ${glyphs.odd} ${glyphs.late}`,
        'before a run: an alert; something odd; joined in its middle',
      ],
      ['TRACK', 'imminent, running, standby, ended; a dot: not seen; hollow: inferred'],
      ['STATE', 'as stamped, else the phase; in brackets: by REST, not by the stream'],
      ['FOR DATA', 'time in this state; time of data taking, in DEAD none was taken'],
      ['STF MISS', 'STFs that came, of those expected; sequence numbers missing'],
      ['PROGRESS', 'STFs that came of those the execution promises, and the time to go'],
      ['READY', 'STFs at the agents’ stages so far; -2: not heard of there yet'],
      ['12+', 'more may have come: the filter keeps them away'],
      ['LIVE', 'bytes within 45 s, and REST has nothing that the stream never brought'],
      ['QUIET DEAF', 'no byte for 45 s; bytes, but not the messages that REST has'],
    ] as const
  ).map(([sign, meaning]): readonly Segment[] => [
    [sign.padEnd(11), dim],
    [meaning, dim],
  ]);
  return {title: 'Keys', lines: [...keys, [['']], ...legend]};
}
