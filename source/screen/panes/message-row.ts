// One message as a row: time, type, run, who, text or file. Rows are remembered: a message never
// changes, and most of those on the screen were there in the frame before.
import {isFailure} from '../../model/alert-rules.ts';
import {isLifecycleType} from '../../model/lifecycle.ts';
import type {MessageEntry} from '../../model/message-log.ts';
import {formatTime} from '../../time.ts';
import type {WorkflowMessage} from '../../wire/message.ts';
import {fit, row, type Segment} from '../row.ts';
import {highlighted} from '../search.ts';
import type {Style, Theme} from '../theme.ts';
import type {PaneInput} from './pane.ts';

interface Remembered {
  readonly theme: Theme;
  /** All else that the row depends on. */
  readonly look: string;
  readonly row: string;
}

const remembered = new WeakMap<MessageEntry, Remembered>();

export function messageRow(
  entry: MessageEntry,
  cursor: Segment,
  input: PaneInput,
  width: number,
): string {
  const {theme, view, snapshot} = input;
  const {clockSkew = 0} = snapshot.health;
  const now = view.time === 'age' ? snapshot.now : 0;
  const look = `${cursor[0]} ${width} ${view.time} ${now} ${clockSkew} ${view.search?.query ?? ''}`;
  const before = remembered.get(entry);
  if (before?.look === look && before.theme === theme) return before.row;
  const composed = compose(entry, cursor, input, width);
  remembered.set(entry, {theme, look, row: composed});
  return composed;
}

function compose(
  {at, message}: MessageEntry,
  cursor: Segment,
  {theme, view, snapshot}: PaneInput,
  width: number,
): string {
  // By the operator's own clock.
  const sentAt = (message.sentAt ?? NaN) - (snapshot.health.clockSkew ?? 0);
  const time = formatTime(Number.isNaN(sentAt) ? at : sentAt, view.time, snapshot.now);
  const {type, agent, hasNamespace, hasText} = widths(width);
  const segments: readonly Segment[] = [
    [`${time.padStart(8)} `, theme.styles.dim],
    [`${fit(message.type, type)} `, typeStyle(message, theme)],
    [`${fit(message.runId ?? '-', 7)} `],
    ...(agent > 0 ? [[`${fit(message.agent, agent)} `, theme.styles.dim] as const] : []),
    ...(hasNamespace ? [[`${fit(message.namespace ?? '-', 12)} `, theme.styles.dim] as const] : []),
    ...(hasText ? [[said(message)] as const] : []),
  ];
  return row([cursor, ...highlighted(segments, view.search, theme.styles.match)], width, theme);
}

interface Widths {
  readonly type: number;
  /** 0: not shown. */
  readonly agent: number;
  readonly hasNamespace: boolean;
  readonly hasText: boolean;
}

/** A file's name goes before its agent's, both before the namespace, and that before long types. */
function widths(width: number): Widths {
  const type = width < 150 ? 19 : 26;
  const hasText = width >= 50;
  if (width < 70) return {type, agent: 0, hasNamespace: false, hasText};
  const hasNamespace = width >= 110;
  const left = width - type - 20 - 28 - (hasNamespace ? 13 : 0);
  return {type, agent: Math.min(32, Math.max(8, left)), hasNamespace, hasText};
}

function typeStyle(message: WorkflowMessage, {styles}: Theme): Style {
  if (message.fault !== undefined || isFailure(message.type)) return styles.bad;
  if (isLifecycleType(message.type)) return styles.active;
  return styles.plain;
}

/** What the message says: its text, its file, its states. */
function said(message: WorkflowMessage): string {
  const {text, file, state, substate, totalStfFiles} = message;
  const parts = [
    file,
    text,
    totalStfFiles === undefined ? undefined : `${totalStfFiles} STFs in all`,
    file === undefined && state !== undefined ? `${state}/${substate ?? '-'}` : undefined,
  ];
  return parts.filter(part => part !== undefined).join(' ');
}
