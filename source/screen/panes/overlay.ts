// What is opened above the panes: one message, one run, the connection's history, the help. Each
// is a list of lines that scrolls.
import {formatRanges} from '../../model/sequence-set.ts';
import type {LogEntry} from '../../model/message-log.ts';
import type {ReportSection} from '../../report/run-report.ts';
import {formatAge, formatTime, type TimeMode} from '../../time.ts';
import {sanitise} from '../../wire/sanitise.ts';
import {keyTable} from '../keys.ts';
import {reportOf} from '../report-of.ts';
import {fit, row, widthOf, type Segment} from '../row.ts';
import type {Overlay} from '../view.ts';
import {alertLines} from './alerts.ts';
import {fill, titleLine, type Pane, type PaneInput} from './pane.ts';

/** Longest line of a message's JSON that is shown, and how many lines, before it is cut. */
const maxLine = 2000;
const maxLines = 5000;

interface Content {
  readonly title: string;
  readonly lines: readonly (readonly Segment[])[];
}

/** The lines of the open overlay; the view scrolls over them. */
export function overlayContent(input: PaneInput, overlay: Overlay): Content {
  switch (overlay.kind) {
    case 'message':
      return entryContent(input, overlay.entry);
    case 'run':
      return runContent(input, overlay.key);
    case 'history':
      return historyContent(input);
    case 'alerts':
      return {title: 'Alerts, newest first', lines: alertLines(input)};
    case 'help':
      return helpContent(input);
  }
}

export const overlayPane: Pane = (input, box) => {
  const {view, theme} = input;
  if (!view.overlay) return fill([], box);
  const {title, lines} = overlayContent(input, view.overlay);
  const rows = Math.max(0, box.height - 1);
  const top = Math.min(view.overlayTop, Math.max(0, lines.length - rows));
  const more = lines.length - top - rows;
  const remark = more > 0 ? `${more} more lines below` : '';
  return fill(
    [
      titleLine(title, remark, true, box.width, theme),
      ...lines.slice(top, top + rows).map(line => row([['  '], ...line], box.width, theme)),
    ],
    box,
  );
};

function entryContent({snapshot, view, theme}: PaneInput, entry: LogEntry): Content {
  const {dim} = theme.styles;
  if (entry.kind === 'gap') {
    return {
      title: 'Gap',
      lines: [
        [['from  ', dim], [new Date(entry.from).toISOString()]],
        [['why   ', dim], [entry.reason]],
      ],
    };
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
    typeof message.content === 'string'
      ? message.content
      : JSON.stringify(message.content, undefined, 2);
  const json = text
    .split('\n', maxLines)
    .map((line): readonly Segment[] => [[sanitise(line, maxLine)]]);
  return {title: `Message ${message.type}`, lines: [...stamps, ...fault, [['']], ...json]};
}

function stamp(
  name: string,
  at: number | undefined,
  now: number,
  time: TimeMode,
  dim: Segment[1],
): readonly Segment[] {
  const label: Segment = dim ? [name.padEnd(9), dim] : [name.padEnd(9)];
  if (at === undefined) return [label, ['no stamp']];
  const zone = time === 'age' ? 'local' : time;
  const iso = new Date(at).toISOString();
  return [label, [`${formatTime(at, zone, now)}   ${iso}   ${formatAge(now - at)} ago`]];
}

function runContent(input: PaneInput, key: string): Content {
  const {snapshot, view, theme} = input;
  const run = snapshot.runs.find(candidate => candidate.key === key);
  if (!run) return {title: 'Run', lines: [[['this run is not kept any more']]]};
  const {title, facts, sections} = reportOf(run, snapshot, view.time);
  const {dim, warn, plain} = theme.styles;
  return {
    title,
    lines: [
      ...facts.map(({label, value, isWrong}): readonly Segment[] => [
        [label.padEnd(14), dim],
        [value, isWrong ? warn : plain],
      ]),
      ...sections.flatMap(section => sectionLines(section, theme)),
    ],
  };
}

/** A blank line, a heading, and the rows in columns: numbers to the right where columns have names. */
function sectionLines(
  {title, rows, hasHeader}: ReportSection,
  {styles}: PaneInput['theme'],
): readonly (readonly Segment[])[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => widthOf(row[column] ?? ''))),
  );
  const lines = rows.map((row, index): readonly Segment[] =>
    row.map((cell, column) => [
      fit(cell, widths[column] ?? 0, hasHeader && column > 0 ? 'right' : 'left') + '  ',
      hasHeader && index === 0 ? styles.dim : styles.plain,
    ]),
  );
  return [[['']], [[title, styles.strong]], ...lines];
}

function historyContent({live, view, theme}: PaneInput): Content {
  const time = view.time === 'age' ? 'local' : view.time;
  const lines = live.health.history
    .toReversed()
    .map(({at, text}): readonly Segment[] => [
      [`${formatTime(at, time, live.now)}  `, theme.styles.dim],
      [text],
    ]);
  return {title: 'Connection history, newest first', lines};
}

function helpContent({theme}: PaneInput): Content {
  const {key, dim} = theme.styles;
  const keys = keyTable.map(({label, help}): readonly Segment[] => [
    [label.padEnd(11), key],
    [help],
  ]);
  const legend = [
    `runs: ${theme.glyphs.alert} alert, ${theme.glyphs.odd} something odd, ${theme.glyphs.late} joined in its middle`,
    'TRACK imminent, running, standby, ended; a dot: not seen; hollow: inferred',
    'PHASE in brackets: told by REST, not seen on the stream',
    'MISS missing sequence numbers; DEAD share of the time without data taking',
    'PROGRESS STFs seen of those the execution promises, and the time to go',
    'READY, PROCESSED STFs that came so far, and how many wait (-2)',
    'LIVE bytes within 45 s; QUIET none, reconnects at 75 s',
  ].map((text): readonly Segment[] => [[text, dim]]);
  return {title: 'Keys', lines: [...keys, [['']], ...legend]};
}
