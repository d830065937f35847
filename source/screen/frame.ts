// One frame as text: what each place on the screen shows. Pure; the store compares frames, so that
// nothing is drawn when nothing visible changed.
import {alertLine, openAlerts} from './panes/alerts.ts';
import {layoutFor, type Layout, type PaneName, type Size} from './layout.ts';
import {connectionPane} from './panes/connection.ts';
import {filterBar} from './panes/filter-bar.ts';
import {footer} from './panes/footer.ts';
import {header, stateWord} from './panes/header.ts';
import {messagesPane} from './panes/messages.ts';
import {overlayPane} from './panes/overlay.ts';
import type {Pane, PaneInput} from './panes/pane.ts';
import {runsPane} from './panes/runs.ts';
import {row} from './row.ts';
import {visibleRuns} from './view.ts';

export const places = [
  'header',
  'alerts',
  'runs',
  'messages',
  'connection',
  'overlay',
  'filterBar',
  'footer',
] as const;
export type Place = (typeof places)[number];

/** The text of each place, rows parted by line feeds; empty where the place is not shown. */
export type Frame = Readonly<Record<Place, string>>;

const panes: Readonly<Record<PaneName, Pane>> = {
  runs: runsPane,
  messages: messagesPane,
  connection: connectionPane,
};

const empty: Frame = {
  header: '',
  alerts: '',
  runs: '',
  messages: '',
  connection: '',
  overlay: '',
  filterBar: '',
  footer: '',
};

export function composeFrame(input: PaneInput, layout: Layout): Frame {
  const {columns, rows} = layout.size;
  const line = (height: number) => ({width: columns, height});
  if (layout.kind === 'word') {
    const words = row([stateWord(input), [' (too small a terminal)']], columns, input.theme);
    return {...empty, header: [words, ...Array(Math.max(0, rows - 1)).fill('')].join('\n')};
  }
  const show = (pane: Pane, box: Layout['body']) =>
    box.height > 0 ? pane(input, box).join('\n') : '';
  const body = input.view.overlay
    ? {...empty, overlay: show(overlayPane, layout.body)}
    : {
        ...empty,
        runs: show(panes.runs, layout.panes.runs),
        messages: show(panes.messages, layout.panes.messages),
        connection: show(panes.connection, layout.panes.connection),
      };
  return {
    ...body,
    header: show(header, line(1)),
    alerts: show(alertLine, line(layout.hasAlerts ? 1 : 0)),
    filterBar: show(filterBar, line(2)),
    footer: show(footer, line(1)),
  };
}

export function layoutOf({view, live, snapshot}: PaneInput, size: Size): Layout {
  const {focus, isZoomed, scope} = view;
  const hasAlerts = openAlerts(live).length > 0;
  return layoutFor(size, {focus, isZoomed, hasAlerts, runs: visibleRuns(snapshot, scope).length});
}
