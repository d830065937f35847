// Everything that is known of one run, in words and in order: what the screen opens, what is copied,
// and what is written to a file. Pure; times of day come out as the reader wants them.
import {ranked} from '../model/tally.ts';
import {runName, type Run} from '../model/run.ts';
import {runFacts, type Fact} from './run-facts.ts';
import {stageColumns, stageRows} from './run-stages.ts';
import type {RunSurroundings} from './run-surroundings.ts';
import {timelineRows} from './run-timeline.ts';

/** A heading with a table below it. */
export interface ReportSection {
  readonly title: string;
  /** The columns' names. */
  readonly head: readonly string[];
  /** Each with as many cells as there are columns. */
  readonly rows: readonly (readonly string[])[];
  /** All columns but the first hold numbers. */
  readonly isNumeric: boolean;
}

export interface RunReport {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly sections: readonly ReportSection[];
}

export function runReport(run: Run, around: RunSurroundings): RunReport {
  const tallied = (tally: Run['types']) =>
    ranked(tally).map(([name, count]) => [name, String(count)]);
  const sections: readonly ReportSection[] = [
    {
      title: 'Timeline',
      head: ['time', 'what', 'for', 'note'],
      rows: timelineRows(run, around),
      isNumeric: false,
    },
    {title: 'Pipeline', head: stageColumns, rows: stageRows(run, around), isNumeric: true},
    {
      title: 'Messages by type',
      head: ['type', 'messages'],
      rows: tallied(run.types),
      isNumeric: true,
    },
    {
      title: 'Messages by agent',
      head: ['agent', 'messages'],
      rows: tallied(run.agents),
      isNumeric: true,
    },
    {
      title: 'Parameters',
      head: ['parameter', 'value'],
      rows: around.execution?.parameters ?? [],
      isNumeric: false,
    },
  ];
  const where = run.namespace === undefined ? '' : ` · ${run.namespace}`;
  return {
    title: `Run ${runName(run)}${where}`,
    facts: runFacts(run, around),
    sections: sections.filter(({rows}) => rows.length > 0),
  };
}
