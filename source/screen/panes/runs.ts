// The runs: a row each, newest active first, with the lifecycle as a track, the time in the state,
// and how far the STFs are against what is expected.
import {hasOddities, runName, type Run} from '../../model/run.ts';
import {isActive, standingOf} from '../../model/run-standing.ts';
import {formatTime, zoneOf} from '../../time.ts';
import {fit, row, widthOf, type Segment} from '../row.ts';
import {visibleRuns} from '../view.ts';
import {fill, titleLine, type Pane, type PaneInput} from './pane.ts';
import {highlighted} from '../search.ts';
import type {Theme} from '../theme.ts';
import {columnsFor, type Column} from './run-columns.ts';

/** Columns for the cursor and the mark. */
const margin = 2;

export const runsPane: Pane = (input, box) => {
  const {snapshot, view, theme} = input;
  const runs = visibleRuns(snapshot, view.scope);
  const active = runs.filter(isActive).length;
  const rows = Math.max(0, box.height - 2);
  const selected = Math.max(
    0,
    runs.findIndex(run => run.key === view.run),
  );
  const top = Math.max(0, Math.min(selected - rows + 1, runs.length - rows));
  const below = runs.length - top - rows;
  const summary = [
    `${active} active`,
    `${runs.length} seen`,
    ...(below > 0 ? [`${theme.glyphs.more} ${below} below`] : []),
    ...(snapshot.droppedRuns > 0 ? [`${snapshot.droppedRuns} older dropped`] : []),
    ...(view.scope === undefined ? [] : [`only ${view.scope}`]),
    ...asOf(input),
  ];
  const title = titleLine('Runs', summary.join(', '), view.focus === 'runs', box.width, theme);
  const onScreen = runs.slice(top, top + rows);
  const longestName = Math.max(0, ...onScreen.map(run => widthOf(runName(run))));
  const hasNumberAgain = onScreen.some(({nth}) => nth > 1);
  const shown = columnsFor(box.width - margin, longestName, hasNumberAgain);
  const names = row([['  '], ...heading(shown)], box.width, theme);
  if (runs.length === 0) return fill([title, ...whyEmpty(input, box.width)], box);
  const lines = onScreen.map((run, index) =>
    runRow(run, top + index === selected, shown, input, box.width),
  );
  return fill([title, theme.styles.dim(names), ...lines], box);
};

function runRow(
  run: Run,
  isSelected: boolean,
  shown: readonly Column[],
  {snapshot, view, theme}: PaneInput,
  width: number,
): string {
  const {health, executions, gaps} = snapshot;
  // How long something had lasted when the view was frozen.
  const {now} = view.paused ?? snapshot;
  const execution = executions.get(run.executionId ?? '');
  const skew = health.clockSkew ?? 0;
  const serverNow = Math.floor((now + skew) / 1000) * 1000;
  const isCursor = isSelected && view.focus === 'runs';
  const standing = standingOf(run, {now, health});
  const segments = shown.flatMap(column => {
    const input = {
      theme,
      now: serverNow,
      expected: execution?.expectedStfs ?? run.total,
      isEndless: execution?.physicsPeriods === 0,
      standing,
      filter: health.filter,
      cover: {filterTimes: health.filterTimes, skew, gaps},
      width: column.width,
    };
    const cell = column.cell(run, input);
    return [...cellSegments(cell, column), [' '] as const];
  });
  const cursor = isCursor ? theme.glyphs.cursor : ' ';
  const found = highlighted(segments, view.search, theme.styles.match);
  return row([[cursor], mark(run, snapshot, theme), ...found], width, theme);
}

/** The worst that is to be said of a run, in one glyph; the remark or the opened run says it all. */
function mark(run: Run, {alerts}: PaneInput['snapshot'], {glyphs, styles}: Theme): Segment {
  const isAlarming = alerts.some(({runKey, until}) => runKey === run.key && until === undefined);
  if (isAlarming) return [glyphs.alert, styles.bad];
  if (hasOddities(run)) return [glyphs.odd, styles.warn];
  return [run.isJoinedLate ? glyphs.late : ' ', styles.dim];
}

function cellSegments(cell: Segment | readonly Segment[], column: Column): readonly Segment[] {
  if (!isSegment(cell)) return cell;
  return [[fit(cell[0], column.width, column.align), ...cell.slice(1)] as unknown as Segment];
}

const isSegment = (cell: Segment | readonly Segment[]): cell is Segment =>
  typeof cell[0] === 'string';

/** Until when the runs are told truly, where nothing is heard of them now. */
function asOf({snapshot, view}: PaneInput): readonly string[] {
  const {word, lastByteAt: at} = snapshot.health;
  return word === 'LIVE' || at === undefined
    ? []
    : [`as of ${formatTime(at, zoneOf(view.time), at)}`];
}

const heading = (shown: readonly Column[]): readonly Segment[] =>
  shown.flatMap(({title, width, align}) => [[fit(title, width, align)], [' ']] as const);

function whyEmpty({snapshot, theme}: PaneInput, width: number): readonly string[] {
  const hidden = snapshot.health.filter.agents.length > 0;
  const text = hidden
    ? 'the agents filter hides the run lifecycle: runs cannot be told'
    : 'no run seen yet';
  return ['', text].map(line => theme.styles.dim(row([[`  ${line}`]], width, theme)));
}
