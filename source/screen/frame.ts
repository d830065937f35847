// One frame as text: the panes one below the other. Pure.
import {alertLine, openAlerts} from './panes/alerts.ts';
import {
  layoutFor,
  paneNames,
  type Layout,
  type PaneBox,
  type PaneName,
  type Size,
} from './layout.ts';
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

/** The screen row by row, from the top. */
export type Frame = readonly string[];

const panes: Readonly<Record<PaneName, Pane>> = {
  runs: runsPane,
  messages: messagesPane,
  connection: connectionPane,
};

export function composeFrame(input: PaneInput, layout: Layout): Frame {
  const {columns, rows} = layout.size;
  if (layout.kind === 'word') {
    const words = row([stateWord(input), [' (too small a terminal)']], columns, input.theme);
    return [words, ...Array<string>(Math.max(0, rows - 1)).fill(' '.repeat(columns))];
  }
  const show = (pane: Pane, box: PaneBox) => (box.height > 0 ? pane(input, box) : []);
  const line = (height: number) => ({width: columns, height});
  const body = input.view.overlay
    ? show(overlayPane, layout.body)
    : paneNames.flatMap(name => show(panes[name], layout.panes[name]));
  return [
    ...show(header, line(1)),
    ...show(alertLine, line(layout.hasAlerts ? 1 : 0)),
    ...body,
    ...show(filterBar, line(2)),
    ...show(footer, line(1)),
  ];
}

export function layoutOf({view, live, snapshot}: PaneInput, size: Size): Layout {
  const {focus, isZoomed, scope} = view;
  const hasAlerts = openAlerts(live).length > 0;
  return layoutFor(size, {focus, isZoomed, hasAlerts, runs: visibleRuns(snapshot, scope).length});
}
