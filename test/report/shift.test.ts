// What is handed over of a shift.
import {describe, expect, it} from 'vitest';
import {Retold} from '../../source/commands/retold.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {shiftOf} from '../../source/report/shift.ts';
import {shiftReportOf} from '../../source/report/snapshot-reports.ts';
import {defaultThresholds} from '../../source/thresholds.ts';
import {everything} from '../../source/wire/filter.ts';
import {opening, received, runEvents, start} from '../model/happenings.ts';
import {everyAlert, filled, later, lostAndRetrying, reopened, twoRuns} from '../ui/scenes.ts';

function watched(events: Iterable<MonitorEvent>, until?: number) {
  const retold = new Retold(defaultThresholds);
  for (const event of events) retold.hear(event);
  if (until !== undefined) retold.passTo(until);
  return retold.model.snapshot(retold.now);
}

const interrupted = [...twoRuns(), ...lostAndRetrying, ...reopened, ...filled];

describe('a shift', () => {
  it('is as long as the events go, and heard without its gaps', () => {
    const {from, to, heard, counts, gaps} = shiftOf(watched(interrupted, later(60)));
    expect([from, to]).toEqual([later(-2), later(60)]);
    expect(gaps).toHaveLength(1);
    expect(heard).toBe(62_000 - 14_000);
    expect(counts.losses).toBe(1);
  });

  it('is not heard before the first stream opens, nor in a gap that goes on', () => {
    const trying = [
      {kind: 'connecting', at: start, stream: 1, why: 'start', attempt: 1, filter: everything},
      {
        kind: 'retrying',
        at: later(1),
        attempt: 1,
        retryAt: later(9),
        reason: 'x',
        remedy: undefined,
      },
    ] as const;
    expect(shiftOf(watched(trying, later(100))).heard).toBe(0);
    expect(shiftOf(watched([...trying, ...opening(later(40))], later(100))).heard).toBe(60_000);
    // What of a gap was before is of another shift.
    const late = shiftOf(watched(interrupted, later(60)), {since: later(45)});
    expect(late.heard).toBe(15_000 - 5000);
    const lost = [...opening(start), ...lostAndRetrying];
    expect(shiftOf(watched(lost, later(100))).heard).toBe(36_000);
  });

  it('begins where it is said to: what was over by then is left out', () => {
    const snapshot = watched([
      ...interrupted,
      {kind: 'mark', at: later(55), text: 'early'},
      ...runEvents({runNumber: 100099, startedAt: later(3600)}),
      {kind: 'mark', at: later(3700), text: 'late'},
    ]);
    const {runs, gaps, marks, from, heard} = shiftOf(snapshot, {since: later(3600)});
    expect(from).toBe(later(3600));
    expect(runs.map(({runId}) => runId)).toEqual(['100099']);
    expect([gaps, marks.map(({text}) => text)]).toEqual([[], ['late']]);
    expect(heard).toBe(100_000);
    expect(shiftOf(snapshot).runs.map(({runId}) => runId)).toEqual(['100013', '100014', '100099']);
  });

  it('has the alerts of the time, acknowledged and over or not', () => {
    const events = [...everyAlert(), {kind: 'acknowledged', at: later(50)} as const];
    const texts = shiftOf(watched(events, later(400))).alerts.map(({text}) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        expect.stringContaining('processing_failed'),
        expect.stringContaining('a gap of 5 s is not filled'),
        expect.stringContaining('registration fails'),
      ]),
    );
    const keys = shiftOf(watched(events, later(400))).alerts.map(
      ({key, since}) => `${key} ${since}`,
    );
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('has the runs of one namespace, and of those that name none', () => {
    const snapshot = watched(twoRuns());
    const ids = shiftOf(snapshot, {scope: 'fastmon-dev'}).runs.map(({runId}) => runId);
    expect(ids).toEqual(['100014']);
  });

  it('says what cannot be known', () => {
    const filter = {...everything, agents: ['fastmon-agent']};
    const {unknown} = shiftOf(
      watched([
        ...opening(start, filter),
        ...runEvents().slice(42),
        received({msg_type: ''}, later(40)),
        ...lostAndRetrying,
        {kind: 'not-recorded', at: later(50), from: later(45), to: later(50), events: 12},
      ]),
      {flaws: ['a.ndjson ends in half a line']},
    );
    expect(unknown).toEqual([
      'what the agents sent in the gaps (1): no list has it',
      'runs in gaps that REST did not fill (1)',
      expect.stringMatching(
        /^what came before the receiver, or was not asked for: run 100013 up to STF \d$/,
      ),
      'what the filter keeps away: asked for agents fastmon-agent',
      'when runs began and ended, but for what REST told',
      'messages that were not readable (1)',
      'events that the disk did not take in time (12)',
      'single messages of agents that the monitor lost on the way: no list has them',
      'a.ndjson ends in half a line',
    ]);
    expect(shiftOf(watched(twoRuns())).filters).toEqual([]);
    expect(shiftOf(watched(twoRuns())).unknown).toEqual([
      'single messages of agents that the monitor lost on the way: no list has them',
    ]);
  });

  it('names the times in which not everything was asked for', () => {
    const agents = {...everything, agents: ['data-agent']};
    const events = [
      ...opening(start),
      ...opening(later(1), agents),
      ...opening(later(16)),
      ...runEvents().filter(({at}) => at > later(16)),
    ];
    const snapshot = watched(events, later(60));
    const shift = shiftOf(snapshot);
    expect(shift.filters).toEqual([{filter: agents, from: later(1), to: later(16)}]);
    expect(shift.unknown[0]).toMatch(
      /^what was not asked for of runs that were heard of later: run 100013 up to STF \d$/,
    );
    const {sections} = shiftReportOf(shift, snapshot, 'utc');
    expect(sections.find(({title}) => title === 'What cannot be known')?.rows[0]).toEqual([
      'what was not asked for from 19:18:29 to 19:18:44: only agents data-agent was',
    ]);
  });
});
