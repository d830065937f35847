// What is opened above the panes: one message, one run, the connection's history, the alerts, the
// filter sheet, the help. Each is a document of lines that scrolls.
import type {Overlay} from '../store/view.ts';
import type {ScreenState} from '../store/screen-state.ts';
import type {Line} from '../text.ts';
import {alertsDocument} from './alerts.ts';
import {filterSheetDocument} from './filter-sheet.ts';
import {helpDocument} from './help.ts';
import {historyDocument} from './history.ts';
import {messageDocument} from './message-detail.ts';
import {runDocument} from './run-detail.ts';

export interface Document {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The line that has to stay in sight. */
  readonly cursorLine?: number;
}

/** Columns left of the lines. */
export const documentIndent = 2;

type Compose<Kind extends Overlay['kind']> = (
  state: ScreenState,
  width: number,
  overlay: Extract<Overlay, {kind: Kind}>,
) => Document;

const documents: {readonly [Kind in Overlay['kind']]: Compose<Kind>} = {
  message: (state, width, {entry}) => messageDocument(state, entry, width),
  run: (state, width, {key}) => runDocument(state, key, width),
  history: historyDocument,
  alerts: alertsDocument,
  filter: (state, _width, {sheet}) => filterSheetDocument(state, sheet),
  help: helpDocument,
};

/** @returns what is open; undefined: nothing is. Its lines fit the screen with their indent. */
export function documentOf(state: ScreenState): Document | undefined {
  const {overlay} = state.view;
  if (!overlay) return undefined;
  const compose = documents[overlay.kind] as Compose<Overlay['kind']>;
  return compose(state, state.layout.size.columns - documentIndent, overlay);
}

/** @returns its lines as texts, to be searched and counted. */
export const documentLines = (state: ScreenState): readonly string[] =>
  documentOf(state)?.lines.map(line => line.map(([text]) => text).join('')) ?? [];
