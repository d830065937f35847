// What the operator can export: the selection to the clipboard, and what is shown to a file. Pure;
// commands write it.
import {messagesNdjson} from '../../report/messages-ndjson.ts';
import {markdownReport} from '../../report/markdown.ts';
import type {RunReport} from '../../report/run-report.ts';
import {shiftOf} from '../../report/shift.ts';
import {dayAndTime, headOf, reportOf, shiftReportOf} from '../../report/snapshot-reports.ts';
import {formatJson} from '../../wire/json.ts';
import {asciiJson} from '../../wire/sanitise.ts';
import type {LogEntry} from '../../model/message-log.ts';
import type {Snapshot} from '../../model/monitor-model.ts';
import type {Run} from '../../model/run.ts';
import {inScope} from './message-window.ts';
import type {ScreenState} from './screen-state.ts';
import {selectedEntry, selectedRun} from './view.ts';

export interface Export {
  /** In words, for the notice. */
  readonly what: string;
  readonly text: string;
}

const shiftWords = 'the report on the shift';

/** The selected message or run, or the shift; undefined when there is none. */
export function toCopy(state: ScreenState): Export | undefined {
  const run = runInView(state);
  if (run) return {what: `the report on run ${run.runId}`, text: runText(run, state)};
  if (isShiftInView(state)) return {what: shiftWords, text: shiftText(state)};
  const entry = entryInView(state);
  if (entry?.kind !== 'message') return undefined;
  const {content, type} = entry.message;
  return {what: `the message ${type}`, text: harmlessJson(content)};
}

/** The run's report, the shift's, or all messages kept, as a file named for it; `name` has no path. */
export function toWrite(state: ScreenState): (Export & {readonly name: string}) | undefined {
  const stamp = new Date(state.live.now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const run = runInView(state);
  if (run) {
    const id = run.runId.replaceAll(/[^\w.-]/g, '_').slice(0, 40) || 'unnamed';
    const name = `swfmon-run-${id}-${stamp}.md`;
    return {name, what: `the report on run ${run.runId}`, text: runText(run, state)};
  }
  if (isShiftInView(state)) {
    return {name: `swfmon-shift-${stamp}.md`, what: shiftWords, text: shiftText(state)};
  }
  const {snapshot, live, view, about} = state;
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
function runInView({view, snapshot}: ScreenState): Run | undefined {
  const {overlay} = view;
  if (overlay?.kind === 'run') return snapshot.runs.find(({key}) => key === overlay.key);
  return !overlay && view.focus === 'runs' ? selectedRun(view, snapshot) : undefined;
}

function entryInView({view, snapshot}: ScreenState): LogEntry | undefined {
  if (view.overlay?.kind === 'message') return view.overlay.entry;
  return !view.overlay && view.focus === 'messages' ? selectedEntry(view, snapshot) : undefined;
}

/** The connection pane is where the shift as a whole is taken from. */
function isShiftInView({view}: ScreenState): boolean {
  return view.overlay === undefined ? view.focus === 'connection' : view.overlay.kind === 'history';
}

function runText(run: Run, state: ScreenState): string {
  return markdown(reportOf(run, shownBy(state), state.view.time), state);
}

function shiftText(state: ScreenState): string {
  const shown = shownBy(state);
  const shift = shiftOf(shown, {scope: state.view.scope});
  return markdown(shiftReportOf(shift, shown, state.view.time), state);
}

/** What the frozen view shows was so when it was frozen. */
const shownBy = ({view, snapshot}: ScreenState): Snapshot => view.paused ?? snapshot;

function markdown(report: RunReport, state: ScreenState): string {
  const {view, about, live} = state;
  const {time, paused} = view;
  const {monitorUrl: monitor, receiverName: receiver} = about;
  const head = headOf(shownBy(state), {monitor, receiver, time, written: live.now});
  return markdownReport(report, {...head, asOf: paused && dayAndTime(paused.now, time)});
}

/** Tidy JSON in which nothing can command the terminal that it is pasted into. */
function harmlessJson(content: unknown): string {
  return formatJson(content, 2).split('\n').map(asciiJson).join('\n');
}
