// Reports on runs, made from events.
import type {EventOf, MonitorEvent} from '../../source/monitor-event.ts';
import type {RunReport} from '../../source/report/run-report.ts';
import {reportOf} from '../../source/report/snapshot-reports.ts';
import {defaultRun, runningExecution} from '../../source/testbed/run-parameters.ts';
import {readExecution} from '../../source/wire/execution.ts';
import {modelAfter, opening, runEvents, start} from '../model/happenings.ts';

/** ms; `seconds` after the beginning. */
export const later = (seconds: number): number => start + seconds * 1000;

type MessageEvent = EventOf<'message'>;

/** Run 100013 from its beginning to its end. */
export const whole: readonly MessageEvent[] = runEvents();

export const upTo = (type: string, events = whole): readonly MessageEvent[] =>
  events.slice(0, events.findIndex(({message}) => message.type === type) + 1);

export const isStf =
  (...sequences: readonly number[]) =>
  ({message}: MessageEvent): boolean =>
    message.type === 'stf_gen' && sequences.includes(message.sequence ?? 0);

/** Its execution, with sections of parameters changed. */
export function execution(sections: object = {}, status = 'running'): MonitorEvent {
  const record = runningExecution(defaultRun);
  const parameters = {...(record.parameter_values as object), ...sections};
  const {execution_id: id} = record;
  const execution = readExecution(id, {...record, status, parameter_values: parameters});
  return {kind: 'execution', at: start, execution};
}

export function stfFiles(byStatus: Readonly<Record<string, number>>): MonitorEvent {
  const count = Object.values(byStatus).reduce((sum, files) => sum + files, 0);
  return {
    kind: 'stf-files',
    at: later(35),
    files: {runId: '100013', count, byStatus, seen: count},
  };
}

/** A gap between two times, filled with so many; undefined: REST did not answer. */
export function gap(from: number, to: number, caughtUp: number | undefined): MonitorEvent[] {
  const isAnswered = caughtUp !== undefined;
  const id = from;
  return [
    {kind: 'gap-opened', at: from, id, from, reason: 'the server ended the stream'},
    {kind: 'gap-closed', at: to, id, from, to},
    {kind: 'gap-filled', at: to, id, from, to, caughtUp: caughtUp ?? 0, isAnswered},
  ];
}

/**
 * The report on the first run after the events, 40 s after the beginning, with times in UTC; a stream is open, unless
 * the events say otherwise.
 */
export function reportAfter(events: Iterable<MonitorEvent>, now: number = later(40)): RunReport {
  const snapshot = modelAfter([...opening(later(-1000)), ...events]).snapshot(now);
  return reportOf(snapshot.runs[0]!, snapshot, 'utc');
}

/** What it says by label; what somebody should look at begins with an exclamation mark. */
export function factsOf({facts}: RunReport): Readonly<Record<string, string>> {
  return Object.fromEntries(
    facts.map(({label, value, isWrong}) => [label, `${isWrong ? '! ' : ''}${value}`]),
  );
}

export const factsAfter = (events: Iterable<MonitorEvent>, now?: number) =>
  factsOf(reportAfter(events, now));

export function rowsOf({sections}: RunReport, title: string): readonly (readonly string[])[] {
  return sections.find(section => section.title === title)?.rows ?? [];
}
