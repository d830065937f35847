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

/** A blank line, a heading, and the rows in columns; lists of two need no names above them. */
function sectionLines(
  {title, head, rows, isNumeric}: ReportSection,
  {styles}: PaneInput['theme'],
): readonly (readonly Segment[])[] {
  const shown = head.length > 2 ? [head, ...rows] : rows;
  const widths = head.map((_, column) => Math.max(...shown.map(row => widthOf(row[column] ?? ''))));
  const lines = shown.map((row): readonly Segment[] =>
    row.map((cell, column) => [
      fit(cell, widths[column] ?? 0, isNumeric && column > 0 ? 'right' : 'left') + '  ',
      row === head ? styles.dim : styles.plain,
    ]),
  );
  return [[['']], [[title, styles.strong]], ...lines];
}
