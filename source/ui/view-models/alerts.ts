// The alerts: one line below the header while any is not acknowledged, and the list of them.
import type {Alert} from '../../model/alerts.ts';
import type {Snapshot} from '../../model/monitor-model.ts';
import {formatSpan, formatTime} from '../../time.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {cut, hanging, type Line} from '../text.ts';
import type {Document} from './document.ts';

/** @returns those that nobody has acknowledged. */
export function openAlerts({alerts}: Snapshot): readonly Alert[] {
  return alerts.filter(({isAcknowledged}) => !isAcknowledged);
}

export interface AlertBannerModel {
  readonly text: string;
  readonly hint: string;
}

/** @returns the newest alert, and how many there are; undefined when there is none. */
export function alertBanner({
  live,
  view,
  theme,
  layout,
}: ScreenState): AlertBannerModel | undefined {
  const {columns} = layout.size;
  const open = openAlerts(live);
  const newest = open.find(({until}) => until === undefined) ?? open[0];
  if (!newest) return undefined;
  const number = open.length === 1 ? '' : `${open.length} alerts · `;
  const text = `${number}${formatTime(newest.since, view.time, live.now)} ${newest.text}`;
  const hint = columns < 72 ? '' : ' A list, x acknowledge ';
  const shown = cut(`${text}${isOver(newest)}`, columns - hint.length - 4);
  return {text: ` ${theme.glyphs.alert} ${shown}`, hint};
}

/** A line each, newest first, with when it began and how long it lasted. */
export function alertsDocument({live, view, theme}: ScreenState, width: number): Document {
  const title = 'Alerts, newest first';
  if (live.alerts.length === 0) {
    return {title, lines: [[['nothing is wrong, as far as the rules go', 'dim']]]};
  }
  const lines = live.alerts.flatMap((alert): readonly Line[] => {
    const {since, until, text, isAcknowledged, count} = alert;
    const times = count > 1 ? ` (${count} times)` : '';
    const lasts = until === undefined ? `${formatSpan(live.now - since)} so far` : lasted(alert);
    const glyph = theme.glyphs[until === undefined ? 'alert' : 'notYet'];
    const noted = isAcknowledged ? ', acknowledged' : '';
    return hanging(
      [
        [`${formatTime(since, view.time, live.now)}  `, 'dim'],
        [`${glyph} `, isAcknowledged ? 'dim' : 'bad'],
      ],
      [
        [`${text}${times}  `, isAcknowledged ? 'dim' : 'plain'],
        [`${lasts}${noted}`, 'dim'],
      ],
      width,
    );
  });
  return {title, lines};
}

function lasted({since, until = since}: Alert): string {
  return until === since ? 'happened' : `over after ${formatSpan(until - since)}`;
}

const isOver = ({since, until}: Alert) => (until === undefined || until === since ? '' : ' (over)');
