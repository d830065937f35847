// What is opened above the panes: one message, one run, the connection's history, the alerts, the
// filter sheet, the help. Each is a list of lines that scrolls.
import {formatTime} from '../../time.ts';
import {row, type Segment} from '../row.ts';
import {highlighted} from '../search.ts';
import type {Overlay} from '../view.ts';
import {alertLines} from './alerts.ts';
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
      return runContent(input, overlay.key);
    case 'history':
      return historyContent(input);
    case 'alerts':
      return {title: 'Alerts, newest first', lines: alertLines(input)};
    case 'filter':
      return {title: 'Filter: what the server is asked for', ...sheetContent(input, overlay.sheet)};
    case 'help':
      return helpContent(input);
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

function historyContent({live, view, theme}: PaneInput): Content {
  const time = view.time === 'age' ? 'local' : view.time;
  const lines = live.health.history
    .toReversed()
    .map(({at, text}): readonly Segment[] => [
      [`${formatTime(at, time, live.now)}  `, theme.styles.dim],
      [text],
    ]);
  return {title: 'Connection history, newest first', lines};
}
