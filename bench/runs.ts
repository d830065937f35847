// What a message costs the model, and what a snapshot with a check of the alerts costs, which come
// once a frame and once a second: with more runs than one, half of 100 or 50 of 1,000 active, and
// with more messages kept than 5,000.
import {defaultBounds} from '../source/model/message-log.ts';
import {MonitorModel} from '../source/model/monitor-model.ts';
import type {EventOf} from '../source/monitor-event.ts';
import {pythonJson, pythonText, type JsonObject} from '../source/testbed/python-json.ts';
import {mulberry32} from '../source/testbed/random.ts';
import {defaultRun, type RunParameters} from '../source/testbed/run-parameters.ts';
import {runTimeline} from '../source/testbed/run-timeline.ts';
import {defaultThresholds} from '../source/thresholds.ts';
import {utcStamp} from '../source/testbed/stamps.ts';
import {everything} from '../source/wire/filter.ts';
import {readEvent} from '../source/wire/message.ts';
import {median} from './measure.ts';
import type {Effort} from './part.ts';
import {figure, type Row} from './table.ts';

/** Messages between two looks. */
const perLook = 1000;
const active = 50;
/** Cost, to the one with one run and 5,000 messages kept, that passes for the same. */
const same = 1.1;

interface Case {
  readonly name: string;
  readonly runs: number;
  readonly kept: number;
}

const first: Case = {name: '1 run', runs: 1, kept: defaultBounds.entries};
const others: readonly Case[] = [
  {...first, name: '100 runs, 50 active', runs: 100},
  {...first, name: '1,000 runs, 50 active', runs: 1000},
  {...first, name: '50,000 messages kept', kept: 50_000},
];

interface Sent {
  readonly sentAt: number;
  readonly content: JsonObject;
}

/** The first `count` messages of a run. */
function sentBy(parameters: Partial<RunParameters>, count = Infinity): readonly Sent[] {
  const run = {...defaultRun, ...parameters};
  const sent: Sent[] = [];
  for (const {after, message} of runTimeline(run, mulberry32(run.runNumber))) {
    sent.push({sentAt: run.startedAt + after * 1000, content: message});
    if (sent.length >= count) break;
  }
  return sent;
}

/** In order of time, as they are received. */
function received(sent: readonly Sent[]): readonly EventOf<'message'>[] {
  return sent
    .toSorted((a, b) => a.sentAt - b.sentAt)
    .map(({sentAt, content}) => {
      const name = pythonText(content['msg_type'] ?? null);
      const data = pythonJson({...content, sent_at: utcStamp(sentAt)});
      const event = readEvent(name, data);
      if (event.kind !== 'message') throw new Error(`${name} is no message`);
      const {message} = event;
      return {kind: 'message', at: sentAt + 20, stream: 1, source: 'stream', name, data, message};
    });
}

interface Load {
  /** What the model knows before. */
  readonly before: readonly EventOf<'message'>[];
  readonly timed: readonly EventOf<'message'>[];
  readonly kept: number;
}

interface Cost {
  /** Processor time, µs. */
  readonly message: number;
  readonly look: number;
}

function cost({before, timed, kept}: Load): Cost {
  const model = new MonitorModel(defaultThresholds, {bounds: {...defaultBounds, entries: kept}});
  const at = defaultRun.startedAt;
  model.apply({kind: 'opened', at, stream: 1, filter: everything, serverTime: undefined});
  for (const event of before) model.apply(event);
  let looking = 0;
  let looks = 0;
  const began = microseconds();
  for (const [index, event] of timed.entries()) {
    model.apply(event);
    if ((index + 1) % perLook !== 0) continue;
    const from = microseconds();
    model.checkAlerts(event.at);
    model.snapshot(event.at);
    looking += microseconds() - from;
    looks += 1;
  }
  return {message: (microseconds() - began - looking) / timed.length, look: looking / looks};
}

/** Processor time of this process so far, µs. */
function microseconds(): number {
  const {user, system} = process.cpuUsage();
  return user + system;
}

const numbers = (from: number, count: number) =>
  Array.from({length: count}, (_, index) => from + index);

function loadOf({runs, kept}: Case, messages: number): Load {
  const going = Math.min(runs, active);
  const endless = {stfCount: 100, physicsPeriodCount: 0};
  const timed = numbers(1, going).flatMap(runNumber =>
    sentBy({...endless, runNumber}, messages / going),
  );
  const before = numbers(1000, runs - going).flatMap(runNumber => sentBy({runNumber}));
  return {before: received(before), timed: received(timed), kept};
}

export function runs({isQuick}: Effort): Promise<readonly Row[]> {
  const messages = isQuick ? 1000 : 100_000;
  const loads = [first, ...others].map(each => loadOf(each, messages));
  // Once to warm up, then in turns: what else the machine does meets all.
  const rounds = numbers(0, isQuick ? 2 : 6)
    .map(() => loads.map(load => cost(load)))
    .slice(1);
  const middle = (index: number, of: (cost: Cost) => number) =>
    median(rounds.map(costs => of(costs[index]!)));
  return Promise.resolve(
    others.flatMap(({name}, index) => {
      const ratio = median(rounds.map(costs => costs[index + 1]!.message / costs[0]!.message));
      const [message, one] = [index + 1, 0].map(at => middle(at, cost => cost.message));
      const [look, oneLook] = [index + 1, 0].map(at => middle(at, cost => cost.look) / 1000);
      return [
        {
          subject: `model: a message with ${name}`,
          goal: `≤ ${figure(same, 1)} ×`,
          measured: `${figure(ratio, 2)} × (${figure(message!, 1)} µs)`,
          peer: `${first.name} ${figure(one!, 1)} µs`,
          isMet: ratio <= same,
        },
        {
          subject: `model: a snapshot and a check of the alerts with ${name}`,
          goal: '',
          measured: `${figure(look!, 2)} ms`,
          peer: `${first.name} ${figure(oneLook!, 2)} ms`,
        },
      ];
    }),
  );
}
