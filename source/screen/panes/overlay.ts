// What is opened above the panes: one message, one run, the connection's history, the alerts, the
// filter sheet, the help. Each is a list of lines that scrolls.
import {formatTime, zoneOf} from '../../time.ts';
import {hanging, row} from '../row.ts';
import {highlighted} from '../search.ts';
import type {Overlay} from '../view.ts';
import {alertLines} from './alerts.ts';
import {factLines} from './connection.ts';
import {entryContent} from './entry-content.ts';
import {sheetContent} from './filter-sheet.ts';
import {helpContent} from './help-content.ts';
import {fill, titleLine, type Content, type Pane, type PaneInput} from './pane.ts';
import {runContent} from './run-content.ts';

/** Columns left of the lines. */
const indent = 2;

/** The lines of the open overlay, at most `width` columns wide with their indent. */
export function overlayContent(input: PaneInput, overlay: Overlay, width: number): Content {
  switch (overlay.kind) {
    case 'message':
      return entryContent(input, overlay.entry, width - indent);
    case 'run':
      return runContent(input, overlay.key, width - indent);
    case 'history':
      return historyContent(input, width - indent);
    case 'alerts':
      return {title: 'Alerts, newest first', lines: alertLines(input, width - indent)};
    case 'filter':
      return {title: 'Filter: what the server is asked for', ...sheetContent(input, overlay.sheet)};
    case 'help':
      return helpContent(input, width - indent);
  }
}

export const overlayPane: Pane = (input, box) => {
  const {view, theme} = input;
  if (!view.overlay) return fill([], box);
  const {title, lines, cursorLine} = overlayContent(input, view.overlay, box.width);
  const rows = Math.max(0, box.height - 1);
  const wanted = cursorLine === undefined ? view.overlayTop : cursorLine - Math.floor(rows / 2);
  const top = Math.max(0, Math.min(wanted, lines.length - rows));
  const more = lines.length - top - rows;
  const remark = more > 0 ? `${more} more ${more === 1 ? 'line' : 'lines'} below` : '';
  const shown = lines
    .slice(top, top + rows)
    .map(line => highlighted(line, view.search, theme.styles.match));
  return fill(
    [
      titleLine(title, remark, true, box.width, theme),
      ...shown.map(line => row([[' '.repeat(indent)], ...line], box.width, theme)),
    ],
    box,
  );
};

/** All that is known of the connection, and how it came about. */
function historyContent(input: PaneInput, width: number): Content {
  const {live, view, theme} = input;
  const {dim, strong} = theme.styles;
  const time = zoneOf(view.time);
  const history = live.health.history
    .toReversed()
    .flatMap(({at, text}) =>
      hanging([[`${formatTime(at, time, live.now)}  `, dim]], [[text]], width),
    );
  return {
    title: 'Connection',
    lines: [...factLines(input, width), [['']], [['History, newest first', strong]], ...history],
  };
}
