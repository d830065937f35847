// A run's report as Markdown, fit for an e-log.
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
}

export function markdownReport({title, facts, sections}: RunReport, head: ReportHead): string {
  const {monitor, receiver, filter, written} = head;
  const blocks = [
    `# ${escaped(title)}`,
    `Written by swfmon ${escaped(written)}, as ${escaped(receiver)} at ${escaped(monitor)}, asked for ${escaped(filter)}.`,
    table([
      ['', ''],
      ...facts.map(({label, value, isWrong}) => [
        label,
        isWrong ? `**${escaped(value)}**` : escaped(value),
      ]),
    ]),
    ...sections.flatMap(section => [`## ${section.title}`, sectionTable(section)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function sectionTable({rows, hasHeader}: ReportSection): string {
  const cells = rows.map(row => row.map(escaped));
  const blank = Array.from({length: cells[0]?.length ?? 0}, () => '');
  return table(hasHeader ? cells : [blank, ...cells]);
}

/** The first row is the head. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Without a meaning of its own in Markdown or HTML. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#~]/g, String.raw`\$&`);
}
