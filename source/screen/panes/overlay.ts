// What is opened above the panes: one message, one run, the connection's history, the help. Each
// is a list of lines that scrolls.
import {formatRanges} from '../../model/sequence-set.ts';
import {firstExpected, generatedCount, readyCount, stfRate, type Run} from '../../model/run.ts';
import {physicsTime} from '../../model/timeline.ts';
import type {LogEntry} from '../../model/message-log.ts';
import {formatAge, formatDuration, formatTime, type TimeMode} from '../../time.ts';
import type {Execution} from '../../wire/execution.ts';
import {sanitise} from '../../wire/sanitise.ts';
import type {StfFiles} from '../../wire/stf-files.ts';
import {keyTable} from '../keys.ts';
import {row, type Segment} from '../row.ts';
import type {Overlay} from '../view.ts';
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

function runContent({snapshot, view, theme}: PaneInput, key: string): Content {
  const run = snapshot.runs.find(candidate => candidate.key === key);
  if (!run) return {title: 'Run', lines: [[['this run is not kept any more']]]};
  const {dim} = theme.styles;
  const now = snapshot.now + (snapshot.health.clockSkew ?? 0);
  const facts = runFacts(run, now, view.time, {
    execution: snapshot.executions.get(run.executionId ?? ''),
    files: snapshot.files.get(run.runId),
  });
  return {
    title: `Run ${run.runId}`,
    lines: facts.map(([label, value]) => [[label.padEnd(16), dim], [value]]),
  };
}

function runFacts(
  run: Run,
  now: number,
  time: TimeMode,
  {
    execution,
    files,
  }: {
    readonly execution: Execution | undefined;
    readonly files: StfFiles | undefined;
  },
): readonly (readonly [label: string, value: string])[] {
  const at = (moment: number) => formatTime(moment, time === 'age' ? 'local' : time, now);
  const missing = run.generated.missing(firstExpected(run));
  const rate = stfRate(run);
  const expected = execution?.expectedStfs;
  return [
    ['namespace', run.namespace ?? 'not said'],
    ['execution', `${run.executionId ?? 'not said'} ${execution?.status ?? ''}`.trimEnd()],
    [
      'phase',
      `${run.phase}${run.isInferred ? ', inferred from data' : ''} for ${formatDuration(now - run.phaseSince)}`,
    ],
    ['state', run.state === undefined ? 'not said' : `${run.state}/${run.substate ?? '-'}`],
    [
      'first seen',
      `${at(run.firstAt)}${run.isJoinedLate ? ', in the middle: what came before is not known' : ''}`,
    ],
    ['last message', `${at(run.lastAt)}, ${run.lastType}`],
    [
      'physics',
      `${formatDuration(physicsTime(run, now))} in ${run.periods} ${run.periods === 1 ? 'period' : 'periods'}`,
    ],
    [
      'STFs generated',
      `${generatedCount(run)}${expected === undefined ? ', how many are to come is not known' : ` of ${expected}`}`,
    ],
    ['STFs missing', missing.length === 0 ? 'none' : formatRanges(missing)],
    ['STFs repeated', String(run.repeated)],
    ['STFs ready', String(readyCount(run))],
    ['STFs processed', String(run.processed)],
    ['STF files', files === undefined ? 'REST not asked yet' : filesInWords(files)],
    ['time frames', String(run.timeFrames)],
    ['end_run says', run.total === undefined ? 'nothing yet' : `${run.total} STFs`],
    ['STF rate', rate === undefined ? 'not known' : `${rate.toFixed(2)}/s`],
    ['messages', String(run.messages)],
  ];
}

/** REST's own list, the witness for the agents' stages. */
function filesInWords({count, byStatus}: StfFiles): string {
  const statuses = Object.entries(byStatus).map(([status, files]) => `${files} ${status}`);
  return `REST has ${count}${statuses.length > 0 ? `: ${statuses.join(', ')}` : ''}`;
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
    `runs: ${theme.glyphs.late} joined in its middle, MISS missing sequence numbers`,
    'TRACK imminent, running, standby, ended; a dot: not seen; hollow: inferred',
    'PROGRESS STFs seen of those the execution promises, and the time to go',
    'LIVE bytes within 45 s; QUIET none, reconnects at 75 s',
  ].map((text): readonly Segment[] => [[text, dim]]);
  return {title: 'Keys', lines: [...keys, [['']], ...legend]};
}
