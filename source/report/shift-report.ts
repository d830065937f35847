// A shift in words and tables, for the e-log.
import type {Snapshot} from '../model/monitor-model.ts';
import {generatedCount, missingNow, runName, unaskedStfs, type Run} from '../model/run.ts';
import {formatRanges} from '../model/sequence-set.ts';
import {deadTime, physicsTime} from '../model/timeline.ts';
import {knownRun, standingOf} from '../model/run-standing.ts';
import {lacksStfs} from '../model/stage-count.ts';
import {formatLength} from '../time.ts';
import {describeFilter} from '../wire/filter.ts';
import type {Fact} from './run-facts.ts';
import type {ReportSection, RunReport} from './run-report.ts';
import type {Shift} from './shift.ts';

export interface ShiftSurroundings {
  readonly snapshot: Snapshot;
  /** The reader's time of day at a time of the receiver's clock, ms; with its day where needed. */
  readonly moment: (at: number) => string;
  /** The same, always with its day. */
  readonly day: (at: number) => string;
}

export function shiftReport(shift: Shift, around: ShiftSurroundings): RunReport {
  const {moment, day} = around;
  const {gaps, alerts, marks, unknown, runs} = shift;
  const sections: readonly ReportSection[] = [
    {
      title: 'Runs',
      head: runColumns,
      rows: runs.map(run => runRow(run, around)),
      isNumeric: false,
    },
    {
      title: 'Gaps',
      head: ['from', 'for', 'why', 'caught up'],
      rows: gaps.map(({from, to, reason, caughtUp}) => [
        moment(from),
        to === undefined ? `${formatLength(shift.to - from)} so far` : formatLength(to - from),
        reason,
        caughtUp === undefined ? 'not yet' : String(caughtUp),
      ]),
      isNumeric: false,
    },
    {
      title: 'Alerts',
      head: ['since', 'for', 'what', 'times'],
      rows: alerts.map(({since, until, text, count}) => [
        moment(since),
        until === undefined ? `${formatLength(shift.to - since)} so far` : lasting(until - since),
        text,
        String(count),
      ]),
      isNumeric: false,
    },
    {
      title: 'Marks',
      head: ['time', 'mark'],
      rows: marks.map(({at, text}) => [moment(at), text]),
      isNumeric: false,
    },
    {
      title: 'What cannot be known',
      head: ['what'],
      rows: [...filtersWords(shift, around), ...unknown].map(words => [words]),
      isNumeric: false,
    },
  ];
  return {
    title: `Shift from ${day(shift.from)} to ${day(shift.to)}`,
    facts: shiftFacts(shift, around),
    sections: sections.filter(({rows}) => rows.length > 0),
  };
}

/** The times in which not everything was asked for, and what was. */
const filtersWords = ({filters, to: end}: Shift, {moment}: ShiftSurroundings) =>
  filters.map(({filter, from, to}) => {
    const until = to === undefined ? `, ${formatLength(end - from)} so far` : ` to ${moment(to)}`;
    return `what was not asked for from ${moment(from)}${until}: only ${describeFilter(filter)} was`;
  });

const lasting = (time: number) => (time === 0 ? '-' : formatLength(time));

function shiftFacts(shift: Shift, {snapshot, moment}: ShiftSurroundings): readonly Fact[] {
  const {from, to, heard, counts, runs, gaps, alerts, scope, backlog} = shift;
  const all = scope === undefined ? '' : ', of all namespaces';
  const whole = to - from;
  const share = whole > 0 ? Math.floor((heard / whole) * 1000) / 10 : 100;
  const goOn = alerts.filter(({until}) => until === undefined).length;
  const unfilled = gaps.filter(({caughtUp}) => caughtUp === undefined).length;
  const flawed = runs.filter(run => missingNow(run).count !== 0);
  const over = runs.filter(run => knownRun(run).run.phase === 'ended').length;
  const facts: readonly (readonly [label: string, value: string, isWrong: boolean])[] = [
    ['watched', formatLength(whole), false],
    ['stream heard', `${formatLength(heard)}, ${share} % of it`, false],
    ['stream lost', counts.losses === 1 ? 'once' : `${counts.losses} times`, false],
    ['connection', snapshot.health.word, snapshot.health.word === 'REFUSED'],
    [
      'messages',
      `${counts.messages} received, ${counts.caughtUp} caught up from REST${all}`,
      false,
    ],
    [
      'runs',
      `${runs.length}, ${over} ended${scope === undefined ? '' : `, of namespace ${scope}`}`,
      false,
    ],
    [
      'STFs missing',
      flawed.length === 0 ? 'none' : `in run ${flawed.map(runName).join(', ')}`,
      flawed.length > 0,
    ],
    ['gaps', `${gaps.length}${unfilled > 0 ? `, ${unfilled} not filled` : ''}`, unfilled > 0],
    ...(backlog === undefined
      ? []
      : ([
          [
            'broker backlog',
            `up to ${formatLength(backlog.waited)}, at ${moment(backlog.at)}`,
            true,
          ],
        ] as const)),
    ['alerts', `${alerts.length}${goOn > 0 ? `, ${goOn} still on` : ''}`, goOn > 0],
  ];
  return facts.map(([label, value, isWrong]) => ({label, value, isWrong}));
}

const runColumns = [
  'run',
  'namespace',
  'state',
  'first',
  'last',
  'data taking',
  'dead time',
  'STFs',
  'missing',
  'messages',
];

function runRow(run: Run, {snapshot, moment}: ShiftSurroundings): readonly string[] {
  const {health, executions} = snapshot;
  const skew = health.clockSkew ?? 0;
  const {namespace = '-', phase, firstAt, lastAt, isJoinedLate, executionId} = run;
  const {words, isByRest, isCertain, until, run: known} = standingOf(run, snapshot);
  const expected = executions.get(executionId ?? '')?.expectedStfs;
  const dead = deadTime(known, until);
  const missing = missingNow(run);
  const unasked = unaskedStfs(run);
  const more = lacksStfs(run, {filterTimes: health.filterTimes, skew}) ? '+' : '';
  const count = `${generatedCount(run)}${more}`;
  const holes = [
    ...(missing.count > 0 ? [formatRanges(missing.ranges) || String(missing.count)] : []),
    ...(unasked.length > 0 ? [`not asked for: ${formatRanges(unasked)}`] : []),
  ];
  return [
    runName(run),
    namespace,
    `${isByRest ? `${words} (REST)` : phase}${isCertain ? '' : '?'}`,
    `${moment(firstAt - skew)}${isJoinedLate ? ' (joined late)' : ''}`,
    moment(lastAt - skew),
    formatLength(physicsTime(known, until)),
    dead === undefined ? '-' : formatLength(dead),
    expected === undefined ? count : `${count} of ${expected}`,
    holes.length === 0 ? '-' : holes.join('; '),
    String(run.messages),
  ];
}
