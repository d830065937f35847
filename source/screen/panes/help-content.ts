// The help: every key, and what the signs mean.
import {groupsOf} from '../key-table.ts';
import {hanging, type Segment} from '../row.ts';
import {showOf, type Content, type PaneInput} from './pane.ts';

/** Columns of a key or a sign. */
const first = 11;

export function helpContent(input: PaneInput, width: number): Content {
  const {theme} = input;
  const {key, dim, strong, plain} = theme.styles;
  const lines: (readonly Segment[])[] = [];
  for (const {title, bindings} of groupsOf(showOf(input))) {
    lines.push([[title, strong]]);
    for (const {label, help} of bindings) {
      lines.push(...hanging([[label.padEnd(first), key]], [[help, plain]], width));
    }
    lines.push([['']]);
  }
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
      ['LIVE', 'heartbeats come, and REST agrees; NO HEARTBEAT none for 45 s'],
      ['DEAF', 'bytes come, but not the messages that REST has'],
      ['RETRYING', 'the stream is lost; REFUSED the token or the proxy is wrong'],
    ] as const
  ).flatMap(([sign, meaning]) => hanging([[sign.padEnd(first), key]], [[meaning, dim]], width));
  return {title: 'Keys', lines: [...lines, [['What the signs mean', strong]], ...legend]};
}
