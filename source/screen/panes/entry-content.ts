// One message opened: its stamps with their ages, and its content as tidy JSON; or what stands
// between the messages.
import {formatRanges} from '../../model/sequence-set.ts';
import type {Gap} from '../../model/gaps.ts';
import type {LogEntry} from '../../model/message-log.ts';
import {formatAge, formatLength, formatTime, type TimeMode} from '../../time.ts';
import {formatJson} from '../../wire/json.ts';
import {sanitise} from '../../wire/sanitise.ts';
import {cut, widthOf, wrapped, type Segment} from '../row.ts';
import type {Style} from '../theme.ts';
import type {Content, PaneInput} from './pane.ts';

/** Longest line of a message's JSON that is shown, and how many lines, before it is cut. */
const maxLine = 2000;
const maxLines = 5000;

export function entryContent(
  {snapshot, view, theme}: PaneInput,
  entry: LogEntry,
  width: number,
): Content {
  const {dim} = theme.styles;
  if (entry.kind === 'mark') {
    const {text, at} = entry;
    return {title: 'Mark', lines: [stamp('left', at, snapshot.now, view.time, dim), [[text]]]};
  }
  if (entry.kind === 'gap') {
    // It can have been filled since it was opened.
    const gap = snapshot.gaps.find(({id}) => id === entry.gap) ?? entry;
    return {title: 'Gap', lines: gapLines(gap, snapshot, view.time, dim)};
  }
  if (entry.kind === 'hole') {
    const {first, last, runId} = entry;
    const text = `STF ${formatRanges([[first, last]])} of run ${runId} never came on the stream`;
    return {title: 'Missing STFs', lines: [[[text]]]};
  }
  const {message, at, isCaughtUp} = entry;
  const stamps: (readonly Segment[])[] = [
    stamp('sent', message.sentAt, snapshot.now + (snapshot.health.clockSkew ?? 0), view.time, dim),
    isCaughtUp
      ? [['received ', dim], ['never on the stream: caught up from REST']]
      : stamp('received', at, snapshot.now, view.time, dim),
  ];
  const fault: (readonly Segment[])[] =
    message.fault === undefined
      ? []
      : [
          [
            ['fault    ', dim],
            [message.fault, theme.styles.bad],
          ],
        ];
  const text =
    typeof message.content === 'string' ? message.content : formatJson(message.content, 2);
  const json = text
    .split('\n', maxLines)
    .flatMap(line => valueLines(sanitise(line, maxLine), width, view.isUnfolded, dim));
  return {title: `Message ${message.type}`, lines: [...stamps, ...fault, [['']], ...json]};
}

/** From when to when messages can have been missed, why, and what became of it. */
function gapLines(
  {from, to, reason, caughtUp, isUnanswered}: Omit<Gap, 'id'>,
  {now}: PaneInput['snapshot'],
  time: TimeMode,
  dim: Style,
): readonly (readonly Segment[])[] {
  const lasted: Segment = ['lasted'.padEnd(9), dim];
  const end: readonly (readonly Segment[])[] =
    to === undefined
      ? [[lasted, [`${formatLength(now - from)} so far`]]]
      : [stamp('to', to, now, time, dim), [lasted, [formatLength(to - from)]]];
  const answer = isUnanswered ? 'REST did not answer' : 'REST is asked when a stream is back';
  const filled =
    caughtUp === undefined
      ? answer
      : `${caughtUp} messages caught up from REST; the agents’ messages cannot be had`;
  return [
    stamp('from', from, now, time, dim),
    ...end,
    [['why'.padEnd(9), dim], [reason]],
    [['filled'.padEnd(9), dim], [filled]],
  ];
}

/** A line of JSON in one row, its length told where it is cut; or whole, in as many as it takes. */
function valueLines(
  line: string,
  width: number,
  isWhole: boolean,
  dim: Style,
): readonly (readonly Segment[])[] {
  if (widthOf(line) <= width) return [[[line]]];
  if (isWhole) return wrapped(line, width).map(part => [[part]]);
  const remark = ` ${line.length} characters, Enter unfolds`;
  return [[[cut(line, width - remark.length)], [remark, dim]]];
}

function stamp(
  name: string,
  at: number | undefined,
  now: number,
  time: TimeMode,
  dim: Style,
): readonly Segment[] {
  const label: Segment = [name.padEnd(9), dim];
  if (at === undefined) return [label, ['no stamp']];
  const zone = time === 'age' ? 'local' : time;
  const iso = new Date(at).toISOString();
  return [label, [`${formatTime(at, zone, now)}   ${iso}   ${formatAge(now - at)} ago`]];
}
