// Where the panes stand for a size of the terminal. Heights count the pane's title line.

export const paneNames = ['runs', 'messages', 'connection'] as const;
export type PaneName = (typeof paneNames)[number];

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface PaneBox {
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly size: Size;
  /**
   * `stacked`: three panes one above the other, each over the whole width, so that a list that
   * scrolls costs its new rows only; `single`: the focused pane alone; `word`: nothing but the
   * state in one line.
   */
  readonly kind: 'stacked' | 'single' | 'word';
  readonly panes: Readonly<Record<PaneName, PaneBox>>;
  /** A line for alerts stands below the header. */
  readonly hasAlerts: boolean;
  /** What lies between them and the filter bar: an opened message or the help stands there. */
  readonly body: PaneBox;
}

const header = 1;
const alertLine = 1;
const filterBar = 2;
const footer = 1;
/** Rows for runs that are always there, and the pane's two lines above them. */
const fewestRuns = 3;
const runTitles = 2;
/** From so many columns on, the connection's facts stand in columns, in the more rows the more there are. */
const spaciousFrom = 110;

/** What of the view and the model the layout depends on. */
export interface LayoutNeeds {
  readonly focus: PaneName;
  readonly isZoomed: boolean;
  readonly hasAlerts: boolean;
  /** Runs that there are to show. */
  readonly runs: number;
}

export function layoutFor(
  size: Size,
  {focus, isZoomed, hasAlerts, runs: runCount}: LayoutNeeds,
): Layout {
  const {columns, rows} = size;
  const body = {
    width: columns,
    height: rows - header - (hasAlerts ? alertLine : 0) - filterBar - footer,
  };
  const alone = {runs: body, messages: body, connection: body};
  if (columns < 40 || rows < 8) return {size, kind: 'word', panes: alone, hasAlerts: false, body};
  if (isZoomed || rows < 20) {
    const hidden = {width: columns, height: 0};
    const panes = {runs: hidden, messages: hidden, connection: hidden, [focus]: body};
    return {size, kind: 'single', panes, hasAlerts, body};
  }
  // As high as its runs need with one to come, so that messages get the rest.
  const most = Math.min(16, Math.max(6, Math.round(body.height * 0.4)));
  const runs = Math.min(most, Math.max(fewestRuns, runCount + 1) + runTitles);
  const connection = columns < spaciousFrom ? 4 : Math.min(12, Math.max(4, Math.round(rows / 5)));
  const box = (height: number) => ({width: columns, height});
  return {
    size,
    kind: 'stacked',
    panes: {
      runs: box(runs),
      messages: box(body.height - runs - connection),
      connection: box(connection),
    },
    hasAlerts,
    body,
  };
}
