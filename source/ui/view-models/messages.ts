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
import {cut, cutMiddle, cutPlaceFor, fit, type Line, type Tone} from '../text.ts';

export interface MessagesPage {
  readonly remark: string;
  readonly entries: readonly LogEntry[];
  /** Columns whose names are cut in their middle, since their beginnings are alike. */
  readonly middleCut: string;
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
  return {
    entries,
    middleCut: middleCutOf(entries, state.layout.size.columns),
    selected: view.messages?.selected ?? newest,
    remark: remark(state, below),
  };
}

type NameColumn = 'type' | 'run' | 'agent' | 'namespace' | 'content';

function middleCutOf(entries: readonly LogEntry[], width: number): string {
  const messages = entries.flatMap(entry => (entry.kind === 'message' ? [entry.message] : []));
  const {type, run, agent, namespace, content} = widthsFor(width);
  const columns: readonly (readonly [NameColumn, number, (message: WorkflowMessage) => string])[] =
    [
      ['type', type, message => message.type],
      ['run', run, message => message.runId ?? ''],
      ['agent', agent, message => message.agent],
      ['namespace', namespace, message => message.namespace ?? ''],
      ['content', content, contentWords],
    ];
  return columns
    .filter(
      ([, columnWidth, nameOf]) =>
        columnWidth > 0 && cutPlaceFor(messages.map(nameOf), columnWidth) === 'middle',
    )
    .map(([column]) => column)
    .join(' ');
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
  /** As `MessagesPage` has it. */
  readonly middleCut: string;
}

export function messageCells({at, message}: MessageEntry, context: RowContext): Line {
  const {width, time, now, clockSkew, middleCut} = context;
  // By the operator's own clock.
  const sentAt = message.sentAt === undefined ? at : message.sentAt - clockSkew;
  const widths = widthsFor(width);
  const name = (text: string, column: NameColumn) =>
    `${fit(text, widths[column], 'left', middleCut.includes(column) ? 'middle' : 'end')} `;
  const shorten = middleCut.includes('content') ? cutMiddle : cut;
  return [
    [`${formatTime(sentAt, time, now).padStart(8)} `, 'dim'],
    [name(message.type, 'type'), typeTone(message)],
    [name(message.runId ?? '-', 'run')],
    ...(widths.agent > 0 ? [[name(message.agent, 'agent'), 'dim'] as const] : []),
    ...(widths.namespace > 0
      ? [[name(message.namespace ?? '-', 'namespace'), 'dim'] as const]
      : []),
    ...(widths.content > 0 ? [[shorten(contentWords(message), widths.content)] as const] : []),
  ];
}

/** Columns of each; 0: not shown. */
type Widths = Readonly<Record<NameColumn, number>>;

/** Cursor and mark, time, and the blanks behind time, type and run. */
const fixedColumns = 13;

/** A file's name goes before its agent's, both before the namespace, and that before long types. */
function widthsFor(width: number): Widths {
  const type = width < 150 ? 19 : 26;
  const run = 7;
  const namespace = width < 110 ? 0 : 12;
  const room = width - type - 20 - 28 - (namespace > 0 ? namespace + 1 : 0);
  const agent = width < 70 ? 0 : Math.min(32, Math.max(8, room));
  const others = [agent, namespace].reduce((sum, column) => sum + (column > 0 ? column + 1 : 0), 0);
  const content = width < 50 ? 0 : width - fixedColumns - type - run - others;
  return {type, run, agent, namespace, content};
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
