// One run opened: its facts, and the sections of its report.
import type {ReportSection} from '../../report/run-report.ts';
import {reportOf} from '../report-of.ts';
import {fit, hanging, widthOf, type Segment} from '../row.ts';
import type {Content, PaneInput} from './pane.ts';

export function runContent(input: PaneInput, key: string, width: number): Content {
  const {snapshot, view, theme} = input;
  const run = snapshot.runs.find(candidate => candidate.key === key);
  if (!run) return {title: 'Run', lines: [[['this run is not kept any more']]]};
  const {title, facts, sections} = reportOf(run, view.paused ?? snapshot, view.time);
  const {dim, warn, plain} = theme.styles;
  return {
    title,
    lines: [
      ...facts.flatMap(({label, value, isWrong}) =>
        hanging([[label.padEnd(14), dim]], [[value, isWrong ? warn : plain]], width),
      ),
      ...sections.flatMap(section => sectionLines(section, width, theme)),
    ],
  };
}

/** A blank line, a heading, and the rows in columns; lists of two need no names above them. */
function sectionLines(
  {title, head, rows, isNumeric}: ReportSection,
  width: number,
  {styles}: PaneInput['theme'],
): readonly (readonly Segment[])[] {
  const shown = head.length > 2 ? [head, ...rows] : rows;
  const widths = head.map((_, column) => Math.max(...shown.map(row => widthOf(row[column] ?? ''))));
  const lines = shown.flatMap(row => {
    const cells = row.map((cell, column): Segment => {
      const align = isNumeric && column > 0 ? 'right' : 'left';
      return [
        fit(cell, widths[column] ?? 0, align) + '  ',
        row === head ? styles.dim : styles.plain,
      ];
    });
    // The last may be long.
    const last = isNumeric ? [] : [[row.at(-1)?.trim() ?? '', cells.at(-1)![1]] as Segment];
    return isNumeric ? [cells] : hanging(cells.slice(0, -1), last, width);
  });
  return [[['']], [[title, styles.strong]], ...lines];
}
