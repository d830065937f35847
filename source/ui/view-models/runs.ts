// The runs: which are in sight, what each column says of them, and what stands in the pane's title.
import {isActive, standingOf} from '../../model/run-standing.ts';
import {hasOddities, runName, type Run} from '../../model/run.ts';
import {formatTime, zoneOf} from '../../time.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {visibleRuns} from '../store/view.ts';
import {cutPlaceFor, widthOf, type CutPlace, type Tone} from '../text.ts';
import type {GlyphName} from '../theme.ts';
import type {Cell} from './run-cells.ts';
import {columnsFor, type Column} from './run-columns.ts';

/** Columns for the cursor and the mark. */
const marginColumns = 2;

export interface RunsPage {
  readonly summary: string;
  readonly columns: readonly Column[];
  readonly rows: readonly RunRowModel[];
  /** Why there are no rows. */
  readonly emptyWords: string;
}

export interface RunRowModel {
  readonly key: string;
  readonly hasCursor: boolean;
  /** The worst that is to be said of the run, in one glyph; undefined: nothing. */
  readonly mark: {readonly glyph: GlyphName; readonly tone: Tone} | undefined;
  /** One for each column. */
  readonly cells: readonly Cell[];
}

/** @param rows that the pane has for runs. */
export function runsPage(state: ScreenState, rows: number): RunsPage {
  const {snapshot, view, layout} = state;
  const runs = visibleRuns(snapshot, view.scope);
  const selected = Math.max(
    0,
    runs.findIndex(run => run.key === view.run),
  );
  const top = Math.max(0, Math.min(selected - rows + 1, runs.length - rows));
  const onScreen = runs.slice(top, top + rows);
  const longestName = Math.max(0, ...onScreen.map(run => widthOf(runName(run))));
  const hasNumberAgain = onScreen.some(({nth}) => nth > 1);
  const columns = columnsFor(layout.size.columns - marginColumns, longestName, hasNumberAgain);
  const cutPlaces = columns.map(({name, width}) =>
    name ? cutPlaceFor(onScreen.map(name), width) : 'end',
  );
  const isFocused = view.focus === 'runs';
  return {
    summary: summary(state, runs.length - top - rows),
    columns,
    rows: onScreen.map((run, index) => ({
      key: run.key,
      hasCursor: isFocused && top + index === selected,
      mark: markOf(run, snapshot),
      cells: cellsOf(run, columns, cutPlaces, state),
    })),
    emptyWords:
      snapshot.health.filter.agents.length > 0
        ? 'the agents filter hides the run lifecycle: runs cannot be told'
        : 'no run seen yet',
  };
}

function summary({snapshot, view, theme}: ScreenState, below: number): string {
  const runs = visibleRuns(snapshot, view.scope);
  const active = runs.filter(isActive).length;
  const {word, lastByteAt} = snapshot.health;
  return [
    `${active} active`,
    `${runs.length} seen`,
    ...(below > 0 ? [`${theme.glyphs.more} ${below} below`] : []),
    ...(snapshot.droppedRuns > 0 ? [`${snapshot.droppedRuns} older dropped`] : []),
    ...(view.scope === undefined ? [] : [`only ${view.scope}`]),
    // Until when this is known, where nothing is received now.
    ...(word === 'LIVE' || lastByteAt === undefined
      ? []
      : [`as of ${formatTime(lastByteAt, zoneOf(view.time), lastByteAt)}`]),
  ].join(', ');
}

function cellsOf(
  run: Run,
  columns: readonly Column[],
  cutPlaces: readonly CutPlace[],
  {snapshot, view}: ScreenState,
): readonly Cell[] {
  const {health, executions, gaps} = snapshot;
  // How long something had lasted when the view was frozen.
  const {now} = view.paused ?? snapshot;
  const execution = executions.get(run.executionId ?? '');
  const skew = health.clockSkew ?? 0;
  const input = {
    now: Math.floor((now + skew) / 1000) * 1000,
    expected: execution?.expectedStfs ?? run.total,
    isEndless: execution?.physicsPeriods === 0,
    standing: standingOf(run, {now, health}),
    filter: health.filter,
    cover: {filterTimes: health.filterTimes, skew, gaps},
  };
  return columns.map((column, index) =>
    column.cell(run, {...input, width: column.width, cutPlace: cutPlaces[index]!}),
  );
}

function markOf(run: Run, {alerts}: ScreenState['snapshot']): RunRowModel['mark'] {
  const isAlarming = alerts.some(({runKey, until}) => runKey === run.key && until === undefined);
  if (isAlarming) return {glyph: 'alert', tone: 'bad'};
  if (hasOddities(run)) return {glyph: 'odd', tone: 'warn'};
  return run.isJoinedLate ? {glyph: 'late', tone: 'dim'} : undefined;
}
