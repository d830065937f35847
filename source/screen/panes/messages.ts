// The messages, a row each; gaps, holes and marks as lines of their own.
import type {GapEntry, HoleEntry, LogEntry, MarkEntry} from '../../model/message-log.ts';
import {formatRanges} from '../../model/sequence-set.ts';
import {formatDuration, formatTime} from '../../time.ts';
import {countAfter, entriesFrom, firstOfPage, inScope, step} from '../message-window.ts';
import {cut, row, widthOf, type Segment} from '../row.ts';
import {highlighted} from '../search.ts';
import {messageRow} from './message-row.ts';
import {fill, titleLine, type Pane, type PaneInput} from './pane.ts';

export const messagesPane: Pane = (input, box) => {
  const {snapshot, live, view, theme} = input;
  const {log} = snapshot;
  const accepts = inScope(view.scope);
  const rows = Math.max(0, box.height - 1);
  const newest = step(log, log.last + 1, -1, accepts);
  const top = view.messages
    ? Math.min(view.messages.top, firstOfPage(log, newest, rows, accepts))
    : firstOfPage(log, newest, rows, accepts);
  const entries = entriesFrom(log, top, rows, accepts);
  const selected = view.messages?.selected ?? newest;
  const lastShown = view.messages ? (entries.at(-1)?.id ?? 0) : log.last;
  const below = countAfter(live.log, lastShown, view.scope);
  const title = titleLine(
    'Messages',
    remark(input, below),
    view.focus === 'messages',
    box.width,
    theme,
  );
  const isFocused = view.focus === 'messages';
  const lines = entries.map(entry =>
    entryRow(entry, isFocused && entry.id === selected, input, box.width),
  );
  if (lines.length === 0) lines.push(row([['  none yet', theme.styles.dim]], box.width, theme));
  return fill([title, ...lines], box);
};

function remark({snapshot, view, theme}: PaneInput, below: number): string {
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

function entryRow(entry: LogEntry, isSelected: boolean, input: PaneInput, width: number): string {
  const {theme} = input;
  const cursor: Segment = [
    (isSelected ? theme.glyphs.cursor : ' ') +
      (entry.kind === 'message' && entry.isCaughtUp ? theme.glyphs.caughtUp : ' '),
  ];
  if (entry.kind === 'gap') return lineRow(gapWords(entry, input), cursor, input, width);
  if (entry.kind === 'hole') return lineRow(holeWords(entry, input), cursor, input, width);
  if (entry.kind === 'mark') return lineRow(markWords(entry, input), cursor, input, width);
  return messageRow(entry, cursor, input, width);
}

function markWords({at, text}: MarkEntry, {view, snapshot}: PaneInput): string {
  return `mark ${formatTime(at, view.time, snapshot.now)}${text === '' ? '' : `: ${text}`}`;
}

/** What a gap is about, and what REST could give of it. */
function gapWords(gap: GapEntry, {view, snapshot}: PaneInput): string {
  const from = formatTime(gap.from, view.time, snapshot.now);
  if (gap.to === undefined) return `gap since ${from}: ${gap.reason}`;
  const span = `gap of ${formatDuration(gap.to - gap.from)} from ${from}`;
  return `${span}; ${fillOf(gap)}: ${gap.reason}`;
}

function fillOf({caughtUp, isUnanswered}: GapEntry): string {
  if (caughtUp !== undefined) return `${caughtUp} caught up, agents’ messages cannot be had`;
  return isUnanswered ? 'REST did not answer, nothing caught up' : 'REST is being asked';
}

function holeWords(hole: HoleEntry, {snapshot}: PaneInput): string {
  const run = snapshot.runs.find(
    ({runId, namespace}) => runId === hole.runId && namespace === hole.namespace,
  );
  const {first, last} = hole;
  const numbers = formatRanges([[first, last]]);
  const isFilled = run?.pipeline.generated.numbers.covers(first, last) === true;
  const what = `STF ${numbers} of run ${hole.runId} never came on the stream`;
  return isFilled ? `${what}; caught up from REST` : what;
}

/** A line of its own between the messages. */
function lineRow(text: string, cursor: Segment, {theme, view}: PaneInput, width: number): string {
  const {glyphs, styles} = theme;
  const words = cut(`${glyphs.gap.repeat(3)} ${text} `, width - 2);
  const rule = glyphs.gap.repeat(Math.max(0, width - 2 - widthOf(words)));
  const segments: readonly Segment[] = [
    [words, styles.warn],
    [rule, styles.warn],
  ];
  return row([cursor, ...highlighted(segments, view.search, styles.match)], width, theme);
}
