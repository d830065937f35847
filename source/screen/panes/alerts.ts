// The alerts: one line below the header while any waits to be acknowledged, and the list of them.
import type {Alert} from '../../model/alerts.ts';
import type {Snapshot} from '../../model/monitor-model.ts';
import {formatSpan, formatTime} from '../../time.ts';
import {cut, hanging, spread, type Segment} from '../row.ts';
import type {Pane, PaneInput} from './pane.ts';

/** Those that nobody has taken note of. */
export function openAlerts({alerts}: Snapshot): readonly Alert[] {
  return alerts.filter(({isAcknowledged}) => !isAcknowledged);
}

/** The newest alert, and how many there are. */
export const alertLine: Pane = ({live, view, theme}, {width}) => {
  const open = openAlerts(live);
  const newest = open.find(({until}) => until === undefined) ?? open[0];
  if (!newest) return [];
  const {glyphs, styles} = theme;
  const number = open.length === 1 ? '' : `${open.length} alerts · `;
  const text = `${number}${formatTime(newest.since, view.time, live.now)} ${newest.text}`;
  const hint = width < 72 ? '' : ' A list, x acknowledge ';
  const said = cut(`${text}${isOver(newest)}`, width - hint.length - 4);
  return [spread([[` ${glyphs.alert} ${said}`, styles.bad]], [[hint, styles.dim]], width, theme)];
};

/** A line each, newest first, with when it began and how long it lasted. */
export function alertLines(
  {live, view, theme}: PaneInput,
  width: number,
): readonly (readonly Segment[])[] {
  const {dim, bad, plain} = theme.styles;
  if (live.alerts.length === 0) return [[['nothing is wrong, as far as the rules go', dim]]];
  return live.alerts.flatMap(alert => {
    const {since, until, text, isAcknowledged, count} = alert;
    const times = count > 1 ? ` (${count} times)` : '';
    const lasts = until === undefined ? `${formatSpan(live.now - since)} so far` : lasted(alert);
    const glyph = theme.glyphs[until === undefined ? 'alert' : 'notYet'];
    const noted = isAcknowledged ? ', acknowledged' : '';
    return hanging(
      [
        [`${formatTime(since, view.time, live.now)}  `, dim],
        [`${glyph} `, isAcknowledged ? dim : bad],
      ],
      [
        [`${text}${times}  `, isAcknowledged ? dim : plain],
        [`${lasts}${noted}`, dim],
      ],
      width,
    );
  });
}

function lasted({since, until = since}: Alert): string {
  return until === since ? 'happened' : `over after ${formatSpan(until - since)}`;
}

const isOver = ({since, until}: Alert) => (until === undefined || until === since ? '' : ' (over)');
