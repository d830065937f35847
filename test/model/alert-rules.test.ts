// The alert rules: each at its threshold, and silent about what cannot be known.
import {describe, expect, it} from 'vitest';
import {alertRules, isFailure} from '../../source/model/alert-rules.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {defaultThresholds} from '../../source/thresholds.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {
  agreed,
  back,
  beat,
  circumstances,
  filled,
  later,
  lost,
  runsAfter,
  stfs,
  type Given,
  type Told,
} from './circumstances.ts';
import {opening} from './happenings.ts';

const rule = (name: string) => alertRules.find(rule => rule.name === name)!;
const texts = (name: string, given: Given) =>
  rule(name)
    .find(circumstances(given))
    .map(({text}) => text);
const isBlind = (name: string, given: Given) => {
  const around = circumstances(given);
  return rule(name).blindness!(around.runs[0]!, around) !== undefined;
};

const imminent: readonly Told[] = [['run_imminent', 0]];
/** Its newest STF, the fifth, at 18 s, of one every 2 s. */
const running: readonly Told[] = [...imminent, ['start_run', 8], ...stfs(1, 5, 10)];
const holed = running.filter(([, , number]) => number !== 3);
const short: readonly Told[] = [...running, ['end_run', 20, 6]];

describe('a run that stays imminent', () => {
  it('is told from the threshold on', () => {
    const at = (now: number) => texts('imminent', {told: imminent, now});
    expect([at(299.999), at(300)]).toEqual([[], []]);
    expect(at(300.001)).toEqual(['run 7: imminent for 5 min, not started']);
  });

  it.each(['start_run', 'pause_run', 'stf_gen', 'end_run'])('is none any more after %s', type => {
    expect(texts('imminent', {told: [...imminent, [type, 9]], now: 9999})).toEqual([]);
  });

  it('waits from when it became imminent, not from its first message', () => {
    const told: readonly Told[] = [
      ['stf_ready', 0],
      ['run_imminent', 100],
    ];
    expect(texts('imminent', {told, now: 400})).toEqual([]);
    expect(texts('imminent', {told, now: 401})).toHaveLength(1);
  });

  it('has its own threshold, in seconds for short ones', () => {
    const thresholds = {imminent: 60_000};
    expect(texts('imminent', {told: imminent, now: 60, thresholds})).toEqual([]);
    expect(texts('imminent', {told: imminent, now: 119, thresholds})).toEqual([
      'run 7: imminent for 119 s, not started',
    ]);
  });
});

describe('a running run without STFs', () => {
  it('is told from the longest of its patience on', () => {
    const at = (now: number) => texts('no STF', {told: running, now});
    expect([at(47.999), at(48)]).toEqual([[], []]);
    expect(at(48.001)).toEqual(['run 7: no STF for 30 s, usual: every 2 s']);
  });

  it('waits for five of its intervals, as configured', () => {
    const at = (now: number) => texts('no STF', {told: running, now, stfInterval: 7.5});
    expect([at(55.4), at(55.5)]).toEqual([[], []]);
    expect(at(55.6)).toEqual(['run 7: no STF for 37 s, usual: every 7.5 s']);
  });

  it('waits for five of its intervals, as seen', () => {
    const told: readonly Told[] = [['start_run', 0], ...stfs(1, 3, 10, 20)];
    expect(texts('no STF', {told, now: 150})).toEqual([]);
    expect(texts('no STF', {told, now: 150.001})).toEqual([
      'run 7: no STF for 100 s, usual: every 20 s',
    ]);
  });

  it('waits from its start when none came yet, and from a resumption', () => {
    const started: readonly Told[] = [['start_run', 8]];
    expect(texts('no STF', {told: started, now: 38})).toEqual([]);
    expect(texts('no STF', {told: started, now: 38.001})).toEqual(['run 7: no STF for 30 s']);
    const resumed: readonly Told[] = [...running, ['pause_run', 20], ['resume_run', 100]];
    expect(texts('no STF', {told: resumed, now: 130})).toEqual([]);
    expect(texts('no STF', {told: resumed, now: 130.001})).toHaveLength(1);
  });

  it.each<[string, readonly Told[]]>([
    ['imminent', imminent],
    ['paused', [...running, ['pause_run', 20]]],
    ['ended', [...running, ['end_run', 20, 5]]],
    ['not known', [['stf_ready', 0, 1]]],
  ])('is none while its phase is %s', (_, told) => {
    expect(texts('no STF', {told, now: 9999})).toEqual([]);
  });
});

describe('missing STFs', () => {
  it('are told with their numbers, and none when all came', () => {
    expect(texts('missing', {told: running, now: 20})).toEqual([]);
    expect(texts('missing', {told: holed, now: 20})).toEqual(['run 7: STF 3 missing']);
    expect(texts('missing', {told: [...holed, ...stfs(9, 9, 22)], now: 23})).toEqual([
      'run 7: STF 3, 6–8 missing',
    ]);
  });

  it('are none when they came late, nor of the time before a run was joined', () => {
    expect(texts('missing', {told: [...holed, ...stfs(3, 3, 14)], now: 20})).toEqual([]);
    expect(texts('missing', {told: stfs(40, 45, 10), now: 60})).toEqual([]);
  });
});

describe('a total that does not agree', () => {
  const ended = (total: number): readonly Told[] => [...running, ['end_run', 20, total]];

  it.each([
    [4, ['run 7: end_run tells of 4 STFs, 5 came']],
    [5, []],
    [6, ['run 7: end_run tells of 6 STFs, 5 came']],
  ])('is told when end_run says %d', (total, expected) => {
    expect(texts('total', {told: ended(total), now: 21})).toEqual(expected);
  });

  it('is none before the end, nor when the end does not say', () => {
    expect(texts('total', {told: running, now: 21})).toEqual([]);
    expect(texts('total', {told: [...running, ['end_run', 20]], now: 21})).toEqual([]);
  });

  it('counts from where the run was joined', () => {
    const silent = (total: number): readonly Told[] => [
      ['start_run', 0],
      ['end_run', 20, total],
    ];
    expect(texts('total', {told: silent(0), now: 21})).toEqual([]);
    expect(texts('total', {told: silent(5), now: 21})).toEqual([
      'run 7: end_run tells of 5 STFs, 0 came',
    ]);
    const joined = (total: number): readonly Told[] => [...stfs(4, 8, 10), ['end_run', 20, total]];
    expect(texts('total', {told: joined(8), now: 21})).toEqual([]);
    expect(texts('total', {told: joined(10), now: 21})).toEqual([
      'run 7: end_run tells of 10 STFs, 5 came from STF 4 on',
    ]);
  });
});

describe('a gap that is not filled', () => {
  const closed = [...lost(100), ...back(100, 130)];

  it('is told once REST has taken too long', () => {
    const at = (now: number) => texts('gap', {events: closed, now});
    expect([at(189.999), at(190)]).toEqual([[], []]);
    expect(at(190.001)).toEqual(['a gap of 30 s is not filled: REST does not answer']);
  });

  it('is told at once when REST does not answer', () => {
    expect(texts('gap', {events: [...closed, filled(100, 130, false)], now: 132})).toHaveLength(1);
  });

  it('is none while it lasts, and none once it is filled', () => {
    expect(texts('gap', {events: lost(100), now: 9999})).toEqual([]);
    const answered = [...closed, filled(100, 130, false), filled(100, 130)];
    expect(texts('gap', {events: answered, now: 9999})).toEqual([]);
  });

  it('is told apart from others', () => {
    const second: readonly MonitorEvent[] = [
      {kind: 'gap-opened', at: later(140), id: 2, from: later(140), reason: 'it ended'},
      {kind: 'gap-closed', at: later(300), id: 2, from: later(140), to: later(300)},
    ];
    expect(rule('gap').find(circumstances({events: [...closed, ...second], now: 999}))).toEqual([
      {
        run: undefined,
        detail: '1',
        text: 'a gap of 30 s is not filled: REST does not answer',
      },
      {
        run: undefined,
        detail: '2',
        text: 'a gap of 2 min is not filled: REST does not answer',
      },
    ]);
  });
});

describe('the connection', () => {
  const names = ['refused', 'deaf', 'registration'];
  const said = (events: readonly MonitorEvent[]) =>
    names.flatMap(name => texts(name, {events, now: 60}));

  it('is nothing to tell of while it works, is lost, or is tried again', () => {
    expect([said([]), said(lost(10))]).toEqual([[], []]);
  });

  it.each([
    ['set SWF_API_TOKEN', 'refused: 401: set SWF_API_TOKEN'],
    [undefined, 'refused: 401'],
  ])('is refused, with the remedy %s', (remedy, text) => {
    const refused: MonitorEvent = {
      kind: 'refused',
      at: later(1),
      reason: '401',
      remedy,
      retryAt: later(61),
    };
    expect(said([refused])).toEqual([text]);
    expect(said([refused, ...opening(later(61))])).toEqual([]);
  });

  it('is deaf until another stream misses nothing for a while', () => {
    const deaf: MonitorEvent = {kind: 'deaf', at: later(20), since: later(5), missing: 3};
    expect(said([deaf])).toEqual([
      'the stream is deaf: REST has 3 messages that this stream never brought',
    ]);
    expect(said([deaf, agreed(600)])).toHaveLength(1);
    const renewed = [deaf, ...opening(later(21))];
    expect(said([...renewed, agreed(22)])).toHaveLength(1);
    expect(said([...renewed, agreed(37)])).toEqual([]);
  });

  it('is not registered until it is', () => {
    const failed: MonitorEvent = {kind: 'registration-failed', at: later(5), reason: '500'};
    expect(said([failed])).toEqual(['registration fails: 500']);
    expect(said([failed, {kind: 'registered', at: later(65), status: 'OK'}])).toEqual([]);
  });
});

const wrong: readonly (readonly [name: string, type: string, told: readonly Told[]])[] = [
  ['imminent', 'start_run', imminent],
  ['no STF', 'stf_gen', running],
  ['total', 'stf_gen', short],
];

describe.each(wrong)('%s, which cannot be known', (name, type, told) => {
  const filtered = (filter: Partial<StreamFilter>): Given => ({
    told,
    now: 999,
    filter: {...everything, ...filter},
  });
  const quiet: MonitorEvent = {
    kind: 'quiet',
    at: later(50),
    since: later(5),
    reconnectAt: later(80),
  };

  it.each<[string, Given]>([
    ['the stream is quiet', {told, now: 999, events: [quiet]}],
    ['the stream is lost', {told, now: 999, events: lost(50)}],
    [
      'the stream is deaf',
      {told, now: 999, events: [{kind: 'deaf', at: later(50), since: later(5), missing: 2}]},
    ],
    [
      'it has stopped',
      {told, now: 999, events: [{kind: 'stopped', at: later(50), reason: 'quit'}]},
    ],
    ['agents are filtered', filtered({agents: ['data-agent-root-21']})],
    ['its type is filtered out', filtered({types: ['run_imminent', 'end_run']})],
    ['another run is filtered for', filtered({runs: ['77', '100013']})],
  ])('is not told while %s, and is not over', (_, given) => {
    expect(texts(name, given)).toEqual([]);
    expect(isBlind(name, given)).toBe(true);
  });

  it.each<[string, Given]>([
    ['everything', {told, now: 999}],
    ['its type', filtered({types: ['sse_test', type]})],
    ['its run', filtered({runs: ['6', '7']})],
  ])('is told when the stream brings %s', (_, given) => {
    expect(texts(name, given)).toHaveLength(1);
    expect(isBlind(name, given)).toBe(false);
  });

  it('is over for certain when the run goes on, heard or not', () => {
    const over: readonly Told[] = [...running, ['end_run', 20, 5]];
    expect(isBlind(name, {told: over, now: 999, events: lost(50)})).toBe(false);
  });
});

describe('what came while nobody could hear', () => {
  it('lets no STF be missed before the silence was heard long enough', () => {
    const events = [...lost(20), ...back(20, 200)];
    const at = (now: number) => texts('no STF', {told: running, events, now});
    expect([at(201), at(230)]).toEqual([[], []]);
    expect(at(230.001)).toEqual(['run 7: no STF for 30 s, usual: every 2 s']);
    expect(isBlind('no STF', {told: running, events, now: 201})).toBe(true);
  });

  it('is known once REST has answered', () => {
    const events = [...lost(20), ...back(20, 200), filled(20, 200)];
    expect(texts('no STF', {told: running, events, now: 202})).toEqual([
      'run 7: no STF for 3 min, usual: every 2 s',
    ]);
    const stuck = {told: imminent, now: 500};
    expect(texts('imminent', {...stuck, events: events.slice(0, -1)})).toEqual([]);
    expect(isBlind('imminent', {...stuck, events: events.slice(0, -1)})).toBe(true);
    expect(texts('imminent', {...stuck, events})).toEqual([
      'run 7: imminent for 8 min, not started',
    ]);
  });

  it('lets a run be stuck imminent once it was heard long enough, and does not say that it never started', () => {
    const events = [...lost(20), ...back(20, 200)];
    const at = (now: number) => texts('imminent', {told: imminent, events, now});
    expect([at(500), at(500.001)]).toEqual([[], ['run 7: imminent for 8 min, no start heard of']]);
  });

  it('does not matter when it was before', () => {
    const events = [...lost(2), ...back(2, 5)];
    expect(texts('no STF', {told: running, events, now: 49})).toHaveLength(1);
    const told: readonly Told[] = [['run_imminent', 6]];
    expect(texts('imminent', {told, events, now: 999})).toHaveLength(1);
  });
});

describe('what a filter has hidden', () => {
  const narrow: StreamFilter = {types: ['end_run'], agents: [], runs: []};
  const changes = [...opening(later(30), narrow), ...opening(later(90))];

  it.each<[string, readonly Told[]]>([
    ['imminent', imminent],
    ['no STF', running],
    ['missing', [...holed, ...stfs(31, 31, 100)]],
    ['total', [...running, ['end_run', 95, 6]]],
  ])('is no reason for %s before REST has agreed', (name, told) => {
    const given = {told, events: changes, now: {'no STF': 119, imminent: 389}[name] ?? 400};
    expect(texts(name, given)).toEqual([]);
    expect(isBlind(name, given)).toBe(true);
    expect(texts(name, {...given, now: 400, events: [...changes, agreed(120)]})).toHaveLength(1);
  });

  it('is never known of a run that ended meanwhile', () => {
    const events = [...changes, agreed(120)];
    expect(texts('total', {told: [...running, ['end_run', 80, 9]], events, now: 400})).toEqual([]);
  });

  it('is nothing of a run that began since', () => {
    const since = holed.map(([type, at, number = 0]): Told => [type, at + 100, number]);
    expect(texts('missing', {told: since, events: changes, now: 130})).toHaveLength(1);
  });

  it('is nothing when the same filter is opened again, or the first one', () => {
    const same = opening(later(50));
    expect(texts('missing', {told: holed, events: same, now: 60})).toHaveLength(1);
    expect(texts('missing', {told: holed, filter: narrow, now: 60})).toHaveLength(1);
  });
});

describe('clocks that disagree', () => {
  it.each([-3600, -2.5, 2.5, 3600])('by %d s do not shift a threshold', skew => {
    const events = [beat(1, skew)];
    const shifted = (told: readonly Told[]) =>
      told.map(([type, at, ...rest]): Told => [type, at + skew, ...rest]);
    const stuck = (now: number) => texts('imminent', {told: shifted(imminent), events, now});
    expect([stuck(300), stuck(300.001)].map(found => found.length)).toEqual([0, 1]);
    const silent = (now: number) => texts('no STF', {told: shifted(running), events, now});
    expect([silent(48), silent(48.001)].map(found => found.length)).toEqual([0, 1]);
  });

  it('do not shift when the silence could be heard', () => {
    const skew = 3600;
    const told = running.map(([type, at, number = 0]): Told => [type, at + skew, number]);
    const events = [beat(1, skew), ...lost(20), ...back(20, 200)];
    const at = (now: number) => texts('no STF', {told, events, now});
    expect([at(230), at(230.001)].map(found => found.length)).toEqual([0, 1]);
  });
});

describe('a rule that is off', () => {
  it.each([
    ['imminent', {imminent: Infinity}, imminent],
    ['no STF', {silence: Infinity}, running],
    ['no STF', {intervals: Infinity}, running],
    ['no STF', {intervals: Infinity}, [['start_run', 8]]],
  ] as const)('never finds %s', (name, thresholds, told) => {
    expect(texts(name, {told, now: 9e6, thresholds})).toEqual([]);
    expect(texts(name, {told, now: 9e6})).toHaveLength(1);
  });

  it('finds no gap, answered or not', () => {
    const events = [...lost(100), ...back(100, 130), filled(100, 130, false)];
    expect(texts('gap', {events, now: 9e6, thresholds: {unfilled: Infinity}})).toEqual([]);
  });

  it('has missing STFs and totals hold for ever before they are told', () => {
    const off = {...defaultThresholds, settle: Infinity};
    expect(['missing', 'total'].map(name => rule(name).holds(off))).toEqual([Infinity, Infinity]);
  });
});

it('rules that wait for what is caught up wait to settle, the others are told at once', () => {
  const waits = alertRules.map(({name, holds}) => [name, holds(defaultThresholds)]);
  expect(waits.filter(([, hold]) => hold !== 0)).toEqual([
    ['missing', 10_000],
    ['total', 10_000],
  ]);
});

it('every run is looked at by itself', () => {
  const runs = [...runsAfter(holed, '7'), ...runsAfter(running, '8'), ...runsAfter(holed, '9')];
  const found = rule('missing').find(circumstances({runs, now: 20}));
  expect(found.map(({run}) => run?.key)).toEqual(['n/7', 'n/9']);
});

it('message types that end in a failure tell of one', () => {
  const failures = ['error', 'failed', 'failure', 'processing_failed', 'agent_error', 'x_failure'];
  expect(failures.filter(type => !isFailure(type))).toEqual([]);
  const others = ['', 'stf_gen', 'failed_run', 'errors', 'terror', 'no_error_here', 'Failed'];
  expect(others.filter(isFailure)).toEqual([]);
});
