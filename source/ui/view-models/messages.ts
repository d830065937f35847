// The messages: which rows are on the page, and what each says. Gaps, missing STFs and marks are
// lines of their own between them.
import {isFailure} from '../../model/alert-rules.ts';
import {isLifecycleType} from '../../model/lifecycle.ts';
import type {GapEntry, HoleEntry, LogEntry, MessageEntry} from '../../model/message-log.ts';
import {formatRanges} from '../../model/sequence-set.ts';
import {formatDuration, formatTime} from '../../time.ts';
import type {WorkflowMessage} from '../../wire/message.ts';
import {countAfter, entriesFrom, firstOfPage, inScope, step} from '../store/message-window.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {fit, type Line, type Tone} from '../text.ts';

export interface MessagesPage {
  readonly remark: string;
  readonly entries: readonly LogEntry[];
  /** Id of the entry that the cursor is on. */
  readonly selected: number;
}

/** @param rows that the pane has for messages. */
export function messagesPage(state: ScreenState, rows: number): MessagesPage {
  const {snapshot, live, view} = state;
  const {log} = snapshot;
  const accepts = inScope(view.scope);
  const newest = step(log, log.last + 1, -1, accepts);
  const lastTop = firstOfPage(log, newest, rows, accepts);
  const top = view.messages ? Math.min(view.messages.top, lastTop) : lastTop;
  const entries = entriesFrom(log, top, rows, accepts);
  const lastShown = view.messages ? (entries.at(-1)?.id ?? 0) : log.last;
  const below = countAfter(live.log, lastShown, view.scope);
  return {entries, selected: view.messages?.selected ?? newest, remark: remark(state, below)};
}

function remark({snapshot, view, theme}: ScreenState, below: number): string {
  const {health, log} = snapshot;
  const parts = [`${health.messages} received`];
  if (health.faults > 0) parts.push(`${health.faults} unreadable`);
  if (log.first > 1) parts.push(`the newest ${log.last - log.first + 1} kept`);
  if (view.search) parts.push(`/${view.search.query}`);
  if (view.messages || view.paused) {
    if (below > 0) parts.push(`${theme.glyphs.more} ${below} below`);
    parts.push('G follows');
  } else {
    parts.push('following');
  }
  return parts.join(', ');
}

/** What the row of an entry depends on besides the entry: equal texts, equal rows. */
export interface RowContext {
  readonly width: number;
  readonly time: ScreenState['view']['time'];
  /** Full second where ages are shown, else 0: the row then stays as it is. */
  readonly now: number;
  /** Server's clock minus ours, ms. */
  readonly clockSkew: number;
}

export function messageCells({at, message}: MessageEntry, context: RowContext): Line {
  const {width, time, now, clockSkew} = context;
  // By the operator's own clock.
  const sentAt = message.sentAt === undefined ? at : message.sentAt - clockSkew;
  const {type, agent, hasNamespace, hasText} = widthsFor(width);
  return [
    [`${formatTime(sentAt, time, now).padStart(8)} `, 'dim'],
    [`${fit(message.type, type)} `, typeTone(message)],
    [`${fit(message.runId ?? '-', 7)} `],
    ...(agent > 0 ? [[`${fit(message.agent, agent)} `, 'dim'] as const] : []),
    ...(hasNamespace ? [[`${fit(message.namespace ?? '-', 12)} `, 'dim'] as const] : []),
    ...(hasText ? [[contentWords(message)] as const] : []),
  ];
}

interface Widths {
  readonly type: number;
  /** 0: not shown. */
  readonly agent: number;
  readonly hasNamespace: boolean;
  readonly hasText: boolean;
}

/** A file's name goes before its agent's, both before the namespace, and that before long types. */
function widthsFor(width: number): Widths {
  const type = width < 150 ? 19 : 26;
  const hasText = width >= 50;
  if (width < 70) return {type, agent: 0, hasNamespace: false, hasText};
  const hasNamespace = width >= 110;
  const left = width - type - 20 - 28 - (hasNamespace ? 13 : 0);
  return {type, agent: Math.min(32, Math.max(8, left)), hasNamespace, hasText};
}

function typeTone(message: WorkflowMessage): Tone {
  if (message.fault !== undefined || isFailure(message.type)) return 'bad';
  return isLifecycleType(message.type) ? 'active' : 'plain';
}

/** What the message says: its text, its file, its states. */
function contentWords(message: WorkflowMessage): string {
  const {text, file, state, substate, totalStfFiles} = message;
  const parts = [
    file,
    text,
    totalStfFiles === undefined ? undefined : `${totalStfFiles} STFs in all`,
    file === undefined && state !== undefined ? `${state}/${substate ?? '-'}` : undefined,
  ];
  return parts.filter(part => part !== undefined).join(' ');
}

/** @returns what stands on the line of an entry that is no message. */
export function separatorWords(entry: Exclude<LogEntry, MessageEntry>, state: ScreenState): string {
  if (entry.kind === 'gap') return gapWords(entry, state);
  if (entry.kind === 'hole') return missingWords(entry, state);
  const {view, snapshot} = state;
  const {at, text} = entry;
  return `mark ${formatTime(at, view.time, snapshot.now)}${text === '' ? '' : `: ${text}`}`;
}

/** What a gap is about, and what REST could give of it. */
function gapWords(gap: GapEntry, {view, snapshot}: ScreenState): string {
  const from = formatTime(gap.from, view.time, snapshot.now);
  if (gap.to === undefined) return `gap since ${from}: ${gap.reason}`;
  const span = `gap of ${formatDuration(gap.to - gap.from)} from ${from}`;
  return `${span}; ${recoveryWords(gap)}: ${gap.reason}`;
}

function recoveryWords({caughtUp, isUnanswered}: GapEntry): string {
  if (caughtUp !== undefined) return `${caughtUp} caught up, agents’ messages cannot be had`;
  return isUnanswered ? 'REST did not answer, nothing caught up' : 'REST is being asked';
}

function missingWords(missing: HoleEntry, {snapshot}: ScreenState): string {
  const run = snapshot.runs.find(
    ({runId, namespace}) => runId === missing.runId && namespace === missing.namespace,
  );
  const {first, last} = missing;
  const numbers = formatRanges([[first, last]]);
  const isFilled = run?.pipeline.generated.numbers.covers(first, last) === true;
  const what = `STF ${numbers} of run ${missing.runId} never came on the stream`;
  return isFilled ? `${what}; caught up from REST` : what;
}
