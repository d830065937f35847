// One run opened: its facts, and the sections of its report.
import type {ReportSection} from '../../report/run-report.ts';
import {reportOf} from '../../report/snapshot-reports.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {fit, hanging, widthOf, type Line, type Span} from '../text.ts';
import type {Document} from './document.ts';

export function runDocument({snapshot, view}: ScreenState, key: string, width: number): Document {
  const run = snapshot.runs.find(candidate => candidate.key === key);
  if (!run) return {title: 'Run', lines: [[['this run is not kept any more']]]};
  const {title, facts, sections} = reportOf(run, view.paused ?? snapshot, view.time);
  return {
    title,
    lines: [
      ...facts.flatMap(({label, value, isWrong}) =>
        hanging([[label.padEnd(14), 'dim']], [[value, isWrong ? 'warn' : 'plain']], width),
      ),
      ...sections.flatMap(section => sectionLines(section, width)),
    ],
  };
}

/** A blank line, a heading, and the rows in columns; lists of two need no names above them. */
function sectionLines(
  {title, head, rows, isNumeric}: ReportSection,
  width: number,
): readonly Line[] {
  const shown = head.length > 2 ? [head, ...rows] : rows;
  const widths = head.map((_, column) => Math.max(...shown.map(row => widthOf(row[column] ?? ''))));
  const lines = shown.flatMap(row => {
    const cells = row.map((cell, column): Span => {
      const align = isNumeric && column > 0 ? 'right' : 'left';
      return [fit(cell, widths[column] ?? 0, align) + '  ', row === head ? 'dim' : 'plain'];
    });
    // The last may be long.
    const last = isNumeric ? [] : [[row.at(-1)?.trim() ?? '', cells.at(-1)![1]] as Span];
    return isNumeric ? [cells] : hanging(cells.slice(0, -1), last, width);
  });
  return [[['']], [[title, 'strong']], ...lines];
}
