// One message opened: its stamps with their ages, and its content as tidy JSON; or what stands
// between the messages.
import {formatRanges} from '../../model/sequence-set.ts';
import type {Gap} from '../../model/gaps.ts';
import type {LogEntry} from '../../model/message-log.ts';
import {formatAge, formatLength, formatTime, type TimeMode} from '../../time.ts';
import {formatJson} from '../../wire/json.ts';
import {sanitise} from '../../wire/sanitise.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {cut, widthOf, wrapped, type Line, type Span} from '../text.ts';
import type {Document} from './document.ts';

/** What is shown of a message's JSON: characters of a line, and lines. */
const maxLineLength = 2000;
const maxLines = 5000;

export function messageDocument(
  {snapshot, view}: ScreenState,
  entry: LogEntry,
  width: number,
): Document {
  if (entry.kind === 'mark') {
    const {text, at} = entry;
    return {title: 'Mark', lines: [stamp('left', at, snapshot.now, view.time), [[text]]]};
  }
  if (entry.kind === 'gap') {
    // It can have been filled since it was opened.
    const gap = snapshot.gaps.find(({id}) => id === entry.gap) ?? entry;
    return {title: 'Gap', lines: gapLines(gap, snapshot, view.time)};
  }
  if (entry.kind === 'hole') {
    const {first, last, runId} = entry;
    const text = `STF ${formatRanges([[first, last]])} of run ${runId} never came on the stream`;
    return {title: 'Missing STFs', lines: [[[text]]]};
  }
  const {message, at, isCaughtUp} = entry;
  const stamps: Line[] = [
    stamp('sent', message.sentAt, snapshot.now + (snapshot.health.clockSkew ?? 0), view.time),
    isCaughtUp
      ? [['received ', 'dim'], ['never on the stream: caught up from REST']]
      : stamp('received', at, snapshot.now, view.time),
  ];
  const fault: Line[] =
    message.fault === undefined
      ? []
      : [
          [
            ['fault    ', 'dim'],
            [message.fault, 'bad'],
          ],
        ];
  const text =
    typeof message.content === 'string' ? message.content : formatJson(message.content, 2);
  const json = text
    .split('\n', maxLines)
    .flatMap(line => valueLines(sanitise(line, maxLineLength), width, view.isUnfolded));
  return {title: `Message ${message.type}`, lines: [...stamps, ...fault, [['']], ...json]};
}

/** From when to when messages can have been missed, why, and what became of it. */
function gapLines(
  {from, to, reason, caughtUp, isUnanswered}: Omit<Gap, 'id'>,
  {now}: ScreenState['snapshot'],
  time: TimeMode,
): readonly Line[] {
  const lasted: Span = ['lasted'.padEnd(9), 'dim'];
  const end: readonly Line[] =
    to === undefined
      ? [[lasted, [`${formatLength(now - from)} so far`]]]
      : [stamp('to', to, now, time), [lasted, [formatLength(to - from)]]];
  const answer = isUnanswered ? 'REST did not answer' : 'REST is asked when a stream is back';
  const filled =
    caughtUp === undefined
      ? answer
      : `${caughtUp} messages caught up from REST; the agents’ messages cannot be had`;
  return [
    stamp('from', from, now, time),
    ...end,
    [['why'.padEnd(9), 'dim'], [reason]],
    [['filled'.padEnd(9), 'dim'], [filled]],
  ];
}

/** A line of JSON in one row, its length told where it is cut; or whole, in as many as it takes. */
function valueLines(line: string, width: number, isWhole: boolean): readonly Line[] {
  if (widthOf(line) <= width) return [[[line]]];
  if (isWhole) return wrapped(line, width).map(part => [[part]]);
  const remark = ` ${line.length} characters, Enter unfolds`;
  return [[[cut(line, width - remark.length)], [remark, 'dim']]];
}

function stamp(name: string, at: number | undefined, now: number, time: TimeMode): Line {
  const label: Span = [name.padEnd(9), 'dim'];
  if (at === undefined) return [label, ['no stamp']];
  const zone = time === 'age' ? 'local' : time;
  const iso = new Date(at).toISOString();
  return [label, [`${formatTime(at, zone, now)}   ${iso}   ${formatAge(now - at)} ago`]];
}
