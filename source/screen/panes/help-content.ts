// The help: every key, and what the signs mean.
import {keyTable} from '../key-table.ts';
import type {Segment} from '../row.ts';
import type {Content, PaneInput} from './pane.ts';

export function helpContent({theme}: PaneInput): Content {
  const {key, dim} = theme.styles;
  const keys = keyTable.map(({label, help}): readonly Segment[] => [
    [label.padEnd(11), key],
    [help],
  ]);
  const legend = [
    `runs: ${theme.glyphs.alert} alert, ${theme.glyphs.odd} something odd, ${theme.glyphs.late} joined in its middle`,
    'TRACK imminent, running, standby, ended; a dot: not seen; hollow: inferred',
    'PHASE in brackets: told by REST, not seen on the stream',
    'MISS missing sequence numbers; DEAD share of the time without data taking',
    'PROGRESS STFs seen of those the execution promises, and the time to go',
    'READY, PROCESSED STFs that came so far, and how many wait (-2)',
    'LIVE bytes within 45 s; QUIET none, reconnects at 75 s',
  ].map((text): readonly Segment[] => [[text, dim]]);
  return {title: 'Keys', lines: [...keys, [['']], ...legend]};
}
