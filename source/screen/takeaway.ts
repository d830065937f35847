// What the operator can take away from the screen: the selection to copy, and what is shown as a
// file. Pure; commands hand it to the clipboard or to the disk.
import {messagesNdjson} from '../report/messages-ndjson.ts';
import {markdownReport, type ReportHead} from '../report/markdown.ts';
import {formatDay, formatTime, zoneName} from '../time.ts';
import {describeFilter} from '../wire/filter.ts';
import {asciiJson} from '../wire/sanitise.ts';
import type {LogEntry} from '../model/message-log.ts';
import type {Run} from '../model/run.ts';
import {inScope} from './message-window.ts';
import type {PaneInput} from './panes/pane.ts';
import {reportOf} from './report-of.ts';
import {selectedEntry, selectedRun} from './view.ts';

export interface Takeaway {
  /** In words, for the notice. */
  readonly what: string;
  readonly text: string;
}

/** The selected message or run; undefined when neither is selected. */
export function toCopy(input: PaneInput): Takeaway | undefined {
  const run = runInView(input);
  if (run) return {what: `the report on run ${run.runId}`, text: reportText(run, input)};
  const entry = entryInView(input);
  if (entry?.kind !== 'message') return undefined;
  const {content, type} = entry.message;
  return {what: `the message ${type}`, text: harmlessJson(content)};
}

/** The run's report or all messages kept, as a file named for it; `name` has no path. */
export function toWrite(input: PaneInput): (Takeaway & {readonly name: string}) | undefined {
  const stamp = new Date(input.live.now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const run = runInView(input);
  if (run) {
    const id = run.runId.replaceAll(/[^\w.-]/g, '_').slice(0, 40);
    const name = `swfmon-run-${id}-${stamp}.md`;
    return {name, what: `the report on run ${run.runId}`, text: reportText(run, input)};
  }
  const {snapshot, live, view, about} = input;
  const {text, count} = messagesNdjson(view.paused ?? snapshot, inScope(view.scope), {
    written: live.now,
    monitor: about.monitorUrl,
    receiver: about.receiverName,
    scope: view.scope,
  });
  if (count === 0) return undefined;
  return {
    name: `swfmon-messages-${stamp}.ndjson`,
    what: `${count} ${count === 1 ? 'message' : 'messages'}`,
    text,
  };
}

/** The opened run, or the selected one while the runs have the focus. */
function runInView({view, snapshot}: PaneInput): Run | undefined {
  const {overlay} = view;
  if (overlay?.kind === 'run') return snapshot.runs.find(({key}) => key === overlay.key);
  return !overlay && view.focus === 'runs' ? selectedRun(view, snapshot) : undefined;
}

function entryInView({view, snapshot}: PaneInput): LogEntry | undefined {
  if (view.overlay?.kind === 'message') return view.overlay.entry;
  return !view.overlay && view.focus === 'messages' ? selectedEntry(view, snapshot) : undefined;
}

function reportText(run: Run, {snapshot, view, about, live}: PaneInput): string {
  const mode = view.time === 'age' ? 'local' : view.time;
  const moment = (at: number) => `${formatDay(at, mode)} ${formatTime(at, mode, at)}`;
  // What the frozen view shows was so when it was frozen.
  const shown = view.paused ?? snapshot;
  const head: ReportHead = {
    monitor: about.monitorUrl,
    receiver: about.receiverName,
    filter: describeFilter(shown.health.filter),
    written: `${moment(live.now)}, all times ${zoneName(mode, live.now)}`,
    asOf: view.paused && moment(view.paused.now),
  };
  return markdownReport(reportOf(run, shown, view.time), head);
}

/** Tidy JSON in which nothing can command the terminal that it is pasted into. */
function harmlessJson(content: unknown): string {
  return JSON.stringify(content, undefined, 2).split('\n').map(asciiJson).join('\n');
}
