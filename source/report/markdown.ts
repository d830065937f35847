// A run's report as Markdown, fit for an e-log: to be rendered, and to be read where it is not.
import stringWidth from 'string-width';
import {sanitise} from '../wire/sanitise.ts';
import type {ReportSection, RunReport} from './run-report.ts';

/** What the report's head says besides. */
export interface ReportHead {
  /** Base URL of the monitor. */
  readonly monitor: string;
  readonly receiver: string;
  /** The filter in words. */
  readonly filter: string;
  /** When it was written, in words, with the zone of all times. */
  readonly written: string;
  /** When it was so, where that is not when it was written. */
  readonly asOf: string | undefined;
}

export function markdownReport({title, facts, sections}: RunReport, head: ReportHead): string {
  const {monitor, receiver, filter, written, asOf} = head;
  const wrong = facts.filter(({isWrong}) => isWrong);
  const blocks = [
    `# ${escaped(title)}`,
    wrong.length === 0
      ? 'Nothing is wrong, as far as was seen.'
      : `To be looked at: ${wrong.map(({label, value}) => escaped(`${label} ${sanitise(value, longest)}`)).join('; ')}.`,
    [
      `Written by swfmon on ${escaped(written)}`,
      ...(asOf === undefined ? [] : [`as it was at ${escaped(asOf)}, when the view was paused`]),
      `as the receiver ${escaped(receiver)} of ${escaped(monitor)}`,
      `asked for ${escaped(filter)}.`,
    ].join(', '),
    table({
      head: ['what', 'as seen'],
      rows: facts.map(({label, value, isWrong}) => [
        label,
        isWrong ? `**${escaped(value)}**` : escaped(value),
      ]),
      isNumeric: false,
    }),
    ...sections.flatMap(({title, head, rows, isNumeric}) => [
      `## ${title}`,
      table({head, rows: rows.map(row => row.map(escaped)), isNumeric}),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Of what is to be looked at, UTF-16 units; the table says it whole. */
const longest = 100;
/** Cells wider than this do not widen their column where it is not rendered. */
const widest = 80;

function table({head, rows, isNumeric}: Omit<ReportSection, 'title'>): string {
  const widths = head.map((name, column) => {
    const cells = [name, ...rows.map(row => row[column] ?? '')].map(cell => stringWidth(cell));
    return Math.max(3, ...cells.filter(width => width <= widest));
  });
  const isRight = (column: number) => isNumeric && column > 0;
  const line = (cells: readonly string[]) => {
    const padded = widths.map((width, column) => {
      const cell = cells[column] ?? '';
      const padding = ' '.repeat(Math.max(0, width - stringWidth(cell)));
      return isRight(column) ? padding + cell : cell + padding;
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, column) =>
    isRight(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** What has a meaning in Markdown or HTML; an underscore has none inside a word. */
const meaningful = /[\\`*[\]<>|#~&$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** On one line, without a meaning of its own. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(meaningful, String.raw`\$&`);
}
