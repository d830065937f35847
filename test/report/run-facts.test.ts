// What a run's report says, and what it points at.
import {describe, expect, it} from 'vitest';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {everything} from '../../source/wire/filter.ts';
import {delivery, opening, received} from '../model/happenings.ts';
import {
  execution,
  factsAfter,
  gap,
  isStf,
  later,
  reportAfter,
  rowsOf,
  stfFiles,
  upTo,
  whole,
} from './reports.ts';

const without = (...sequences: readonly number[]) =>
  whole.filter(event => !isStf(...sequences)(event));
const ofRun = (type: string, at: number, more: object = {}) =>
  received({msg_type: type, run_id: '100013', namespace: 'torre1', ...more}, at);
const told = (state: string, changedAt: number | undefined, at: number): MonitorEvent => ({
  kind: 'run-state',
  at,
  state: {
    runId: '100013',
    phase: 'physics',
    state,
    substate: 'physics',
    changedAt,
    slices: {created: 150, completed: 120, failed: 3},
  },
});

describe('a whole run', () => {
  it('is told from its preparation to its end, and nothing is pointed at', () => {
    expect(factsAfter([execution(), ...whole, stfFiles({processed: 10})])).toEqual({
      execution: 'stf_datataking-root-0004 of stf_datataking, running when read',
      'started by': 'root',
      phase: 'ended at 19:19:01',
      lifecycle: 'in order',
      'first seen': '19:18:28',
      'last message': '19:19:01, tf_file_registered',
      preparation: '8.1 s from imminent to start',
      'data taking': '22 s in 2 periods',
      'dead time': '3.1 s, 12 % of the time since the start',
      STFs: '10 of 10 expected',
      missing: 'none',
      doubled: 'none',
      'end_run says': '10 STFs',
      'STF files': 'REST had 10 at 19:19:03: 10 processed',
      messages: '95',
      gaps: 'none',
    });
  });

  it('has a title with the namespace, where one is said', () => {
    expect(reportAfter(whole).title).toBe('Run 100013 · torre1');
    expect(reportAfter([received({msg_type: 'end_run', run_id: 7}, later(1))]).title).toBe('Run 7');
  });

  it('has sections with as many cells in each row as there are columns', () => {
    const {sections} = reportAfter([execution(), ...whole]);
    expect(sections.map(({title}) => title)).toEqual([
      'Timeline',
      'Pipeline',
      'Messages by type',
      'Messages by agent',
      'Parameters',
    ]);
    for (const {head, rows} of sections) {
      for (const row of rows) expect(row).toHaveLength(head.length);
    }
  });
});

describe('a run on its way', () => {
  it('is told with its state, since when, and its rate', () => {
    expect(factsAfter(upTo('pause_run'), later(30))).toMatchObject({
      phase: 'paused since 19:18:47, for 11 s',
      state: 'run/standby',
      'data taking': '11 s in 1 period',
      'dead time': '11 s, 50 % of the time since the start',
      'end_run says': 'nothing yet',
      'STF files': 'not read from REST yet',
    });
    expect(factsAfter(whole.slice(0, 20), later(12))).toMatchObject({'STF rate': '0.42/s'});
    expect(factsAfter(upTo('pause_run'))).not.toHaveProperty('STF rate');
  });

  it('tells long times in words', () => {
    const facts = factsAfter(upTo('start_run'), later(3_605) + 8_100);
    expect(facts['phase']).toBe('running since 19:18:36, for 1 h 00 min');
    expect(factsAfter(upTo('start_run'), later(133.1))['data taking']).toBe(
      '2 min 05 s in 1 period',
    );
  });

  it('has no preparation nor dead time before it starts', () => {
    const facts = factsAfter(upTo('run_imminent'), later(10));
    expect(facts).not.toHaveProperty('preparation');
    expect(facts).not.toHaveProperty('dead time');
    expect(facts).toMatchObject({
      phase: 'imminent since 19:18:28, for 10 s',
      missing: 'not known: no numbered STF came',
    });
  });

  it('tells the day of what was on another', () => {
    const facts = factsAfter(upTo('start_run'), later(86_400));
    expect(facts['first seen']).toBe('2026-11-23 19:18:28');
    expect(facts['phase']).toBe('running since 2026-11-23 19:18:36, for 24 h 00 min');
  });
});

describe('a run joined late', () => {
  const late = whole.slice(whole.findIndex(isStf(6)));

  it('says so, and points at nothing that was before', () => {
    const facts = factsAfter([execution(), ...late, stfFiles({processed: 10})]);
    expect(facts).toMatchObject({
      'first seen': '19:18:51, in its middle: what came before is not known',
      lifecycle: 'not heard of: run_imminent, start_run',
      STFs: '5 from STF 6 on, of 10 expected',
      missing: 'none from 6 on',
      'end_run says': '10 STFs',
      'STF files': 'REST had 10 at 19:19:03: 10 processed',
    });
    expect(facts['data taking']).toMatch(/ in 1 period, since it is watched$/);
    expect(Object.values(facts).filter(value => value.startsWith('!'))).toEqual([]);
  });

  it('that runs by its STFs alone is told as inferred', () => {
    expect(factsAfter(late.slice(0, 1), later(24))['phase']).toMatch(
      /^running since 19:18:51, for \d\.\d s, inferred from its STFs$/,
    );
  });

  it('of which nothing of the lifecycle came is in no phase', () => {
    const seen = whole.filter(({message}) => message.type === 'stf_ready');
    const facts = factsAfter(seen);
    expect(facts['phase']).toBe('not known: no message of its lifecycle came');
    expect(facts).not.toHaveProperty('lifecycle');
    expect(facts).not.toHaveProperty('REST says');
  });
});

describe('what REST says of its state', () => {
  const seen = whole.filter(({message}) => message.type === 'stf_ready');

  it('is told where nothing of the lifecycle came', () => {
    expect(factsAfter([...seen, told('running', later(8.1), later(35))])).toMatchObject({
      phase: 'taking data by REST; no message of its lifecycle came',
      'REST says': 'running/physics, phase physics since 19:18:36, read at 19:19:03',
      slices: 'REST: 150 made, 120 done, 3 failed',
    });
  });

  it('is told where the run has gone on unseen', () => {
    const facts = factsAfter([...upTo('start_run'), told('ended', later(33), later(35))]);
    expect(facts['phase']).toBe(
      'ended at 19:19:01 by REST; the stream shows running since 19:18:36',
    );
    expect(facts['REST says']).toMatch(/^ended\/physics, phase physics since 19:19:01, read at/);
  });

  it('is where its times stop', () => {
    const before = upTo('start_run');
    const at33 = factsAfter([...before, told('ended', later(33), later(35))], later(300));
    expect(at33['data taking']).toBe('25 s in 1 period, until 19:19:01 by REST');
    expect(at33).not.toHaveProperty('STF rate');
    const told33 = reportAfter([...before, told('ended', later(33), later(35))], later(300));
    expect(rowsOf(told33, 'Timeline').at(-1)).toEqual([
      '19:18:36',
      'start_run',
      '25 s',
      'run/physics, until then by REST',
    ]);
    const unsaid = factsAfter([...before, told('ended', undefined, later(35))], later(300));
    expect(unsaid['data taking']).toBe('0.0 s in 1 period, until its last message at 19:18:36');
  });

  it('has no stamp where REST gives none', () => {
    expect(factsAfter([...seen, told('paused', undefined, later(35))])['REST says']).toBe(
      'paused/physics, phase physics, read at 19:19:03',
    );
  });

  it('is not told where the stream has shown more since', () => {
    const facts = factsAfter([...whole, told('running', later(8.1), later(20))]);
    expect(facts).not.toHaveProperty('REST says');
    expect(facts['phase']).toBe('ended at 19:19:01');
  });
});

describe('what is pointed at', () => {
  it('missing STFs by number, and the total that differs', () => {
    expect(factsAfter([execution(), ...without(3, 7, 8)])).toMatchObject({
      STFs: '7 of 10 expected',
      missing: '! STF 3, 7–8, 3 in all',
      'end_run says': '! 10 STFs, 7 came',
    });
  });

  it('doubled STFs', () => {
    const twice = whole.flatMap(event => (isStf(2, 5)(event) ? [event, event] : [event]));
    expect(factsAfter(twice)['doubled']).toBe('! 2 too many, of STF 2, 5');
  });

  it('stamps that do not go with their message', () => {
    const odd = ofRun('pause_run', later(20), {state: 'run', substate: 'physics'});
    const report = reportAfter([...upTo('stf_gen'), odd], later(30));
    expect(factsAfter([...upTo('stf_gen'), odd])).toMatchObject({
      state: '! pause_run says run/physics: the two do not go together',
    });
    expect(rowsOf(report, 'Timeline').at(-1)).toEqual([
      '19:18:47',
      'pause_run',
      '10 s so far',
      'run/physics: does not go with pause_run',
    ]);
  });

  it('steps that were not heard of, repeated, out of order, and after the end', () => {
    const lost = whole.filter(({message}) => message.type !== 'start_run');
    expect(factsAfter(lost)['lifecycle']).toBe('! not heard of: start_run');
    const end = whole.at(-1)!.at;
    const odd = [
      ofRun('start_run', later(9)),
      ...whole,
      ofRun('resume_run', end + 5000),
      ofRun('stf_gen', end + 6000, {sequence: 11}),
    ];
    expect(factsAfter(odd)['lifecycle']).toBe('! 1 repeated, 1 after the end, STFs after the end');
  });

  it('STF files of which more are at REST than were told as ready', () => {
    const unready = whole.filter(
      ({message}) => message.type !== 'stf_ready' || (message.sequence ?? 0) < 9,
    );
    expect(factsAfter([...unready, stfFiles({processed: 8, registered: 2})])['STF files']).toBe(
      '! REST had 10 at 19:19:03: 8 processed, 2 registered; 2 of them never reported as ready',
    );
  });

  it('but no file of a run that was joined late: what the agents reported before is in no list', () => {
    const late = whole
      .slice(whole.findIndex(isStf(6)))
      .filter(({message}) => message.type !== 'stf_ready' || message.sequence !== 9);
    expect(factsAfter([...late, stfFiles({processed: 10})])['STF files']).toBe(
      'REST had 10 at 19:19:03: 10 processed',
    );
  });
});

describe('its execution', () => {
  it('without an end: nothing is expected', () => {
    const endless = execution({simulation: {stf_count: 5, physics_period_count: 0}});
    expect(factsAfter([endless, ...whole])['STFs']).toBe('10, to go on without an end');
  });

  it('that REST does not know, or nobody names, is told as such', () => {
    expect(factsAfter(whole)).toMatchObject({
      execution: 'stf_datataking-root-0004, what it is to bring is not known',
      STFs: '10, how many are to come is not known',
    });
    const nameless = factsAfter([received({msg_type: 'start_run', run_id: '7'}, later(1))]);
    expect(nameless['execution']).toBe('not said');
    expect(nameless).not.toHaveProperty('started by');
  });

  it('has its parameters in a section, if it has any', () => {
    expect(rowsOf(reportAfter([execution(), ...whole]), 'Parameters')[0]).toEqual([
      'workflow name',
      'stf_datataking',
    ]);
    expect(rowsOf(reportAfter(whole), 'Parameters')).toEqual([]);
  });
});

it('an end without a number says so', () => {
  const end = ofRun('end_run', later(33), {total_stf_files: null});
  const facts = factsAfter([...upTo('stf_gen'), end]);
  expect(facts['end_run says']).toBe('no number of STFs');
});

it('slices are told as heard, and as REST counts them', () => {
  const slices = ['slice', 'slice', 'slice_result'].map((type, n) => ofRun(type, later(34 + n)));
  expect(factsAfter([...upTo('start_run'), ...slices])['slices']).toBe('2 made, 1 results');
  expect(
    factsAfter([...upTo('start_run'), ...slices, told('running', later(8.1), later(36))])['slices'],
  ).toBe('2 made, 1 results; REST: 150 made, 120 done, 3 failed');
});

describe('gaps', () => {
  const [opened, closed] = gap(later(20), later(34), 0);

  it('are counted with what could be caught up', () => {
    const filled = [...whole, ...gap(later(12), later(20), 4), ...gap(later(25), later(27), 0)];
    expect(factsAfter(filled)['gaps']).toBe('2, 10 s in all, caught up as far as REST has it');
  });

  it.each<[string, readonly MonitorEvent[], string]>([
    ['REST did not answer', gap(later(20), later(34), undefined), '1, 14 s in all'],
    ['REST is being asked', [opened!, closed!], '1, 14 s in all'],
    ['it lasts', [opened!], '1, 20 s in all'],
  ])('are pointed at while %s', (_, events, words) => {
    const facts = factsAfter([...upTo('pause_run'), ...events]);
    expect(facts['gaps']).toBe(`! ${words}, not all caught up`);
  });

  it('are lines of the timeline, where they were', () => {
    const events = [...whole, ...gap(later(21), later(24), 4)];
    expect(
      rowsOf(reportAfter(events), 'Timeline').map(([time, what, , note]) => [time, what, note]),
    ).toEqual([
      ['19:18:28', 'run_imminent', 'beam/not_ready'],
      ['19:18:36', 'start_run', 'run/physics'],
      ['19:18:37', 'STFs', ''],
      ['19:18:47', 'pause_run', 'run/standby'],
      [
        '19:18:49',
        'gap',
        'the server ended the stream; 4 caught up, agents’ messages cannot be had',
      ],
      ['19:18:50', 'resume_run', 'run/physics'],
      ['19:18:51', 'STFs', ''],
      ['19:19:01', 'end_run', ''],
    ]);
  });

  it('nothing lasts that comes after the end', () => {
    const late = (type: string, seconds: number) =>
      received({msg_type: type, run_id: '100013', namespace: 'torre1'}, later(seconds));
    const report = reportAfter([...whole, late('resume_run', 34), late('stf_gen', 36)]);
    expect(rowsOf(report, 'Timeline').slice(-3)).toEqual([
      ['19:19:01', 'end_run', '', ''],
      ['19:19:01', 'resume_run', '', 'after the end'],
      ['19:19:03', 'STFs', '', 'after the end'],
    ]);
  });

  it.each<[string, readonly MonitorEvent[], string, string]>([
    ['filled', gap(later(20), later(34), 3), '14 s', '3 caught up, agents’ messages cannot be had'],
    ['not answered', gap(later(20), later(34), undefined), '14 s', 'REST did not answer'],
    ['not answered yet', [opened!, closed!], '14 s', 'REST is being asked'],
  ])('%s say so', (_, events, length, filled) => {
    const report = reportAfter([...upTo('pause_run'), ...events]);
    expect(rowsOf(report, 'Timeline').at(-1)).toEqual([
      '19:18:48',
      'gap',
      length,
      `the server ended the stream; ${filled}`,
    ]);
  });

  it('that last say how long so far', () => {
    const rows = rowsOf(reportAfter([...upTo('pause_run'), opened!]), 'Timeline');
    expect(rows.at(-1)).toEqual(['19:18:48', 'gap', '20 s so far', 'the server ended the stream']);
  });

  it('before and after the run are none of its own', () => {
    const events = [...gap(later(-60), later(-50), 1), ...whole, ...gap(later(96), later(98), 1)];
    expect(rowsOf(reportAfter(events), 'Timeline').map(([, what]) => what)).not.toContain('gap');
    expect(factsAfter(events)['gaps']).toBe('none');
  });

  it('within the minute after its end are its own: its agents still report', () => {
    const events = [...whole, ...gap(later(36), later(38), 0)];
    expect(rowsOf(reportAfter(events), 'Timeline').at(-1)?.[1]).toBe('gap');
    expect(factsAfter(events)['gaps']).toBe('1, 2.0 s in all, caught up as far as REST has it');
  });

  it('stand where they were by the server’s clock', () => {
    const skew = -3_600_000;
    const beat: MonitorEvent = {
      kind: 'heartbeat',
      at: later(0),
      stream: 1,
      serverTime: later(0) + skew,
    };
    const run = [8, 20, 40].map((seconds, index) =>
      ofRun(['start_run', 'stf_gen', 'end_run'][index]!, later(seconds), {
        sent_at: new Date(later(seconds) + skew - delivery).toISOString(),
      }),
    );
    const events = [...opening(later(-1)), beat, ...run, ...gap(later(10), later(15), 0)];
    expect(
      rowsOf(reportAfter(events, later(50)), 'Timeline').map(([time, what]) => [time, what]),
    ).toEqual([
      ['19:18:35', 'start_run'],
      ['19:18:38', 'gap'],
      ['19:18:47', 'STFs'],
      ['19:19:07', 'end_run'],
    ]);
  });
});

describe('the pipeline', () => {
  it('counts STFs and messages by stage, with what waits and how long they took', () => {
    expect(rowsOf(reportAfter(whole), 'Pipeline')).toEqual([
      ['generated', '10', '10', '-', '-', '-'],
      ['ready', '10', '10', '0', '0.2 s', '0.2 s'],
      ['time frames', '10', '70', '0', '0.4 s', '0.4 s'],
    ]);
  });

  it('counts what waits for a stage', () => {
    const slow = whole.filter(
      ({message}) => message.type !== 'stf_ready' || message.sequence === 1,
    );
    expect(rowsOf(reportAfter(slow), 'Pipeline')[1]).toEqual(
      expect.arrayContaining(['ready', '1', '9']),
    );
  });

  it('is left out where nothing came of it', () => {
    expect(rowsOf(reportAfter(upTo('start_run')), 'Pipeline')).toEqual([]);
  });
});

describe('what a filter has hidden', () => {
  const agentsOnly = {...everything, agents: ['x']};
  const released = [
    ...opening(later(-10)),
    ...upTo('run_imminent'),
    ...opening(later(2), agentsOnly),
    ...opening(later(15)),
    ...whole.filter(({at}) => at > later(15)),
  ];

  it('is told as not asked for, and nothing is pointed at', () => {
    const facts = factsAfter(released);
    expect(facts['missing']).toMatch(/^none; STF 1–\d not asked for$/);
    expect(facts['STFs']).toMatch(/^\d or more, not all were asked for/);
    expect(facts['end_run says']).toMatch(/^10 STFs, \d came, not all were asked for$/);
    expect(Object.values(facts).filter(fact => fact.startsWith('!'))).toEqual([]);
  });

  it('leaves the stages incomplete', () => {
    const [generated = [], ready = []] = rowsOf(reportAfter(released), 'Pipeline');
    expect([generated[1], ready[1], ready[3]]).toEqual([
      expect.stringMatching(/^\d\+$/),
      expect.stringMatching(/^\d\+$/),
      '-',
    ]);
  });
});
