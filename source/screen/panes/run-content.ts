// One run opened: its facts, and the sections of its report.
import type {ReportSection} from '../../report/run-report.ts';
import {reportOf} from '../report-of.ts';
import {fit, widthOf, type Segment} from '../row.ts';
import type {Content, PaneInput} from './pane.ts';

export function runContent(input: PaneInput, key: string): Content {
  const {snapshot, view, theme} = input;
  const run = snapshot.runs.find(candidate => candidate.key === key);
  if (!run) return {title: 'Run', lines: [[['this run is not kept any more']]]};
  const {title, facts, sections} = reportOf(run, snapshot, view.time);
  const {dim, warn, plain} = theme.styles;
  return {
    title,
    lines: [
      ...facts.map(({label, value, isWrong}): readonly Segment[] => [
        [label.padEnd(14), dim],
        [value, isWrong ? warn : plain],
      ]),
      ...sections.flatMap(section => sectionLines(section, theme)),
    ],
  };
}

/** A blank line, a heading, and the rows in columns: numbers to the right where columns have names. */
function sectionLines(
  {title, rows, hasHeader}: ReportSection,
  {styles}: PaneInput['theme'],
): readonly (readonly Segment[])[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => widthOf(row[column] ?? ''))),
  );
  const lines = rows.map((row, index): readonly Segment[] =>
    row.map((cell, column) => [
      fit(cell, widths[column] ?? 0, hasHeader && column > 0 ? 'right' : 'left') + '  ',
      hasHeader && index === 0 ? styles.dim : styles.plain,
    ]),
  );
  return [[['']], [[title, styles.strong]], ...lines];
}
