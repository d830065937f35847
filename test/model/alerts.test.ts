// The alerts: when they are told, when they are over, what is acknowledged, and what is too many.
import {describe, expect, it} from 'vitest';
import {Alerts} from '../../source/model/alerts.ts';
import {defaultThresholds, type Thresholds} from '../../source/thresholds.ts';
import {
  agreed,
  back,
  circumstances,
  filled,
  later,
  lost,
  runsAfter,
  stfs,
  type Given,
  type Told,
} from './circumstances.ts';
import {messageFrom, opening, start} from './happenings.ts';

class Watch {
  readonly alerts: Alerts;

  constructor(thresholds: Partial<Thresholds> = {}) {
    this.alerts = new Alerts({...defaultThresholds, ...thresholds});
  }

  /** Holds the rules against what is at each of these times (s). */
  check(given: Omit<Given, 'now'>, ...times: readonly number[]): this {
    for (const now of times) this.alerts.check(circumstances({...given, now}));
    return this;
  }

  get texts(): readonly string[] {
    return this.alerts.list.map(({text}) => text);
  }
}

const failed = (run: string | null, agent: string, message?: string) =>
  messageFrom({
    msg_type: 'processing_failed',
    run_id: run,
    processed_by: agent,
    message: message ?? null,
  });

const imminent: readonly Told[] = [['run_imminent', 0]];
const started: readonly Told[] = [...imminent, ['start_run', 400]];
const holed: readonly Told[] = [['start_run', 8], ...stfs(1, 2, 10), ...stfs(4, 5, 16)];
const whole: readonly Told[] = [...holed, ...stfs(3, 3, 14)];

describe('an alert', () => {
  it('is told with its run and when it began', () => {
    const {alerts} = new Watch().check({told: imminent}, 300, 301);
    expect(alerts.list).toEqual([
      {
        key: 'imminent n/7 ',
        rule: 'imminent',
        text: 'run 7: imminent for 5 min, not started',
        runKey: 'n/7',
        since: later(301),
        until: undefined,
        isAcknowledged: false,
        count: 1,
      },
    ]);
    expect(alerts.raised).toBe(1);
  });

  it('is one while it holds, with its newest words', () => {
    const {alerts} = new Watch().check({told: imminent}, 301, 302, 360);
    expect(alerts.list).toMatchObject([
      {text: 'run 7: imminent for 6 min, not started', since: later(301), count: 1},
    ]);
    expect(alerts.raised).toBe(1);
  });

  it('is over when it does not hold any more, and stays to be read', () => {
    const watch = new Watch().check({told: imminent}, 301).check({told: started}, 401, 402);
    expect(watch.alerts.list).toMatchObject([
      {since: later(301), until: later(401), isAcknowledged: false},
    ]);
    expect(watch.alerts.raised).toBe(1);
  });

  it('comes again after it was over, as the newest, and is counted', () => {
    const other = runsAfter(imminent, '8');
    const stuck = {runs: [...runsAfter(imminent, '7'), ...other]};
    const onWay = {runs: [...runsAfter(started, '7'), ...other]};
    const {alerts} = new Watch().check(stuck, 301).check(onWay, 302).check(stuck, 303);
    expect(alerts.list).toMatchObject([
      {runKey: 'n/7', since: later(303), until: undefined, count: 2},
      {runKey: 'n/8', since: later(301), until: undefined, count: 1},
    ]);
    expect(alerts.raised).toBe(3);
  });

  it('is told apart by rule and by run, the newest first', () => {
    const runs = [...runsAfter(imminent, '7'), ...runsAfter(imminent, '8')];
    const watch = new Watch()
      .check({runs}, 301)
      .check({runs, events: [...lost(302), ...back(302, 310)]}, 999);
    expect(watch.alerts.list.map(({rule, runKey}) => [rule, runKey])).toEqual([
      ['gap', undefined],
      ['imminent', 'n/8'],
      ['imminent', 'n/7'],
    ]);
  });
});

describe('the time that something has to hold', () => {
  it('is waited for from when it was first found', () => {
    const watch = new Watch().check({told: holed}, 20, 25, 29.999);
    expect([watch.texts, watch.alerts.raised]).toEqual([[], 0]);
    watch.check({told: holed}, 30);
    expect(watch.alerts.list).toMatchObject([{text: 'run 7: STF 3 missing', since: later(20)}]);
  });

  it('begins anew when it did not hold in between', () => {
    const watch = new Watch()
      .check({told: holed}, 20)
      .check({told: whole}, 25)
      .check({told: holed}, 26, 35.999);
    expect(watch.texts).toEqual([]);
    expect(watch.check({told: holed}, 36).texts).toEqual(['run 7: STF 3 missing']);
  });

  it('is that of the rule and the run, whatever the words', () => {
    const more: readonly Told[] = [...holed, ['stf_gen', 24, 7]];
    const watch = new Watch().check({told: holed}, 20).check({told: more}, 25, 30);
    expect(watch.texts).toEqual(['run 7: STF 3, 6 missing']);
  });

  it('is as long as asked for, and never over when off', () => {
    expect(new Watch({settle: 0}).check({told: holed}, 20).texts).toHaveLength(1);
    expect(new Watch({settle: 2000}).check({told: holed}, 20, 22).texts).toHaveLength(1);
    expect(new Watch({settle: Infinity}).check({told: holed}, 20, 47).texts).toEqual([]);
  });
});

describe('what cannot be known for a while', () => {
  const stuck = {told: imminent};

  it('is not over, and does not come again when it is known again', () => {
    const away = lost(310);
    const watch = new Watch().check(stuck, 301).check({...stuck, events: away}, 311, 320);
    expect(watch.alerts.list).toMatchObject([{since: later(301), until: undefined}]);
    const known = [...away, ...back(310, 330), filled(310, 330)];
    watch.check({...stuck, events: known}, 332);
    expect(watch.alerts.list).toMatchObject([{since: later(301), until: undefined, count: 1}]);
    expect(watch.alerts.raised).toBe(1);
  });

  it('is over when the run went on meanwhile', () => {
    const away = lost(310);
    const known = [...away, ...back(310, 330), filled(310, 330), agreed(331)];
    const watch = new Watch()
      .check(stuck, 301)
      .check({...stuck, events: away}, 311)
      .check({told: started, events: known}, 410);
    expect(watch.alerts.list).toMatchObject([{rule: 'imminent', until: later(410)}]);
  });

  it('is not told for the first time either', () => {
    const {alerts} = new Watch().check({...stuck, events: lost(200)}, 301, 999);
    expect([alerts.list, alerts.raised]).toEqual([[], 0]);
  });

  it('is over when the run is not kept any more', () => {
    const watch = new Watch().check(stuck, 301).check({runs: [], events: lost(310)}, 311);
    expect(watch.alerts.list).toMatchObject([{until: later(311)}]);
  });
});

describe('acknowledged alerts', () => {
  it('go when they are over', () => {
    const watch = new Watch().check({told: imminent}, 301).check({told: started}, 401);
    watch.alerts.acknowledge();
    expect(watch.alerts.list).toEqual([]);
  });

  it('stay and are quiet while they hold, also with new words, and go without a word', () => {
    const watch = new Watch().check({told: imminent}, 301);
    watch.alerts.acknowledge();
    watch.check({told: imminent}, 302, 360);
    expect(watch.alerts.list).toMatchObject([
      {isAcknowledged: true, until: undefined, text: 'run 7: imminent for 6 min, not started'},
    ]);
    watch.check({told: started}, 401);
    expect([watch.alerts.list, watch.alerts.raised]).toEqual([[], 1]);
  });

  it('are alerts again when they come again', () => {
    const watch = new Watch().check({told: imminent}, 301);
    watch.alerts.acknowledge();
    watch.check({told: started}, 401).check({told: imminent}, 402);
    expect(watch.alerts.list).toMatchObject([{isAcknowledged: false, count: 1}]);
    expect(watch.alerts.raised).toBe(2);
  });

  it('do not take those with them that come later', () => {
    const watch = new Watch().check({told: imminent}, 301);
    watch.alerts.acknowledge();
    watch.alerts.heard(failed('7', 'a'), 'n/7', later(302));
    expect(watch.alerts.list.map(({isAcknowledged}) => isAcknowledged)).toEqual([false, true]);
  });

  it('are none when there are none', () => {
    const {alerts} = new Watch();
    alerts.acknowledge();
    expect(alerts.list).toEqual([]);
  });
});

describe('a message that tells of a failure', () => {
  it('is an alert that has happened, with its run, its agent and its words', () => {
    const {alerts} = new Watch();
    alerts.heard(failed('7', 'processing-agent-root-24', 'disk full'), 'n/7', later(5));
    expect(alerts.list).toMatchObject([
      {
        rule: 'failure',
        text: 'run 7: processing_failed from processing-agent-root-24: disk full',
        runKey: 'n/7',
        since: later(5),
        until: later(5),
        isAcknowledged: false,
        count: 1,
      },
    ]);
    expect(alerts.raised).toBe(1);
  });

  it('need not say anything but its type', () => {
    const {alerts} = new Watch();
    alerts.heard(messageFrom({msg_type: 'error'}), undefined, start);
    expect(alerts.list).toMatchObject([{text: 'error', runKey: undefined}]);
  });

  it('is counted when it comes again from the same agent of the same run', () => {
    const {alerts} = new Watch();
    alerts.heard(failed('7', 'a', 'once'), 'n/7', later(1));
    alerts.heard(failed('7', 'b'), 'n/7', later(2));
    alerts.heard(failed('8', 'a'), 'n/8', later(3));
    alerts.heard(failed('7', 'a', 'twice'), 'n/7', later(4));
    expect(alerts.list.map(({text, count}) => [text, count])).toEqual([
      ['run 7: processing_failed from a: twice', 2],
      ['run 8: processing_failed from a', 1],
      ['run 7: processing_failed from b', 1],
    ]);
    expect(alerts.raised).toBe(4);
  });

  it('stays when rules are checked, and goes when it is acknowledged', () => {
    const watch = new Watch();
    watch.alerts.heard(failed('7', 'a'), 'n/7', later(1));
    watch.check({told: started}, 401, 402);
    expect(watch.alerts.list).toMatchObject([{until: later(1)}]);
    watch.alerts.acknowledge();
    expect(watch.alerts.list).toEqual([]);
  });

  it('is no alert when it is any other message', () => {
    const {alerts} = new Watch();
    alerts.heard(messageFrom({msg_type: 'stf_gen', run_id: '7'}), 'n/7', start);
    expect([alerts.list, alerts.raised]).toEqual([[], 0]);
  });
});

describe('too many alerts', () => {
  const runs = (count: number) =>
    Array.from({length: count}, (_, index) => runsAfter(imminent, String(index))).flat();

  it('are 200, the oldest gone first', () => {
    const {alerts} = new Watch();
    for (let index = 0; index < 250; index += 1) {
      alerts.heard(failed('7', `agent-${index}`), 'n/7', later(index));
    }
    expect([alerts.list.length, alerts.raised]).toEqual([200, 250]);
    expect(alerts.list[0]?.text).toContain('agent-249');
    expect(alerts.list.at(-1)?.text).toContain('agent-50');
  });

  it('are each raised once while they hold, kept or not', () => {
    const {alerts} = new Watch().check({runs: runs(250)}, 301, 302, 303);
    expect([alerts.list.length, alerts.raised]).toEqual([200, 250]);
  });

  it('come back without a bell when there is room again', () => {
    const all = runs(250);
    const half = all.slice(0, 150);
    const watch = new Watch().check({runs: all}, 301).check({runs: half}, 302);
    watch.alerts.acknowledge();
    watch.check({runs: half}, 303);
    expect(watch.alerts.list).toHaveLength(150);
    expect(new Set(watch.alerts.list.map(({runKey}) => runKey))).toEqual(
      new Set(half.map(({key}) => key)),
    );
    expect(watch.alerts.raised).toBe(250);
  });

  it('are raised again when they were over in between', () => {
    const {alerts} = new Watch()
      .check({runs: runs(250)}, 301)
      .check({runs: []}, 302)
      .check({runs: runs(250)}, 303);
    expect(alerts.raised).toBe(500);
  });

  it('wait within a bound: what cannot wait is not told', () => {
    const many = Array.from({length: 2100}, (_, index) => runsAfter(holed, String(index))).flat();
    const {alerts} = new Watch().check({runs: many}, 20, 30);
    expect([alerts.list.length, alerts.raised]).toEqual([200, 2000]);
  });
});

it('alerts of a stream with another filter are those of the runs that it shows', () => {
  const runs = [...runsAfter(imminent, '7'), ...runsAfter(imminent, '8')];
  const filter = {types: [], agents: [], runs: ['8']};
  const {alerts} = new Watch().check({runs, filter, events: opening(later(1), filter)}, 301);
  expect(alerts.list.map(({runKey}) => runKey)).toEqual(['n/8']);
});
