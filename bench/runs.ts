// What a message costs the model, with a snapshot and a check of the alerts every 1,000: with one run,
// and with 1,000 runs of which 50 are active. Medians; run it with `node bench/runs.ts`.
import {MonitorModel} from '../source/model/monitor-model.ts';
import type {EventOf} from '../source/monitor-event.ts';
import {pythonJson, pythonText, type JsonObject} from '../source/testbed/python-json.ts';
import {mulberry32} from '../source/testbed/random.ts';
import {defaultRun, type RunParameters} from '../source/testbed/run-parameters.ts';
import {runTimeline} from '../source/testbed/run-timeline.ts';
import {utcStamp} from '../source/testbed/stamps.ts';
import {everything} from '../source/wire/filter.ts';
import {readEvent} from '../source/wire/message.ts';

const messages = 50_000;
const perCheck = 1000;
const repetitions = 5;
const runs = 1000;
const active = 50;

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

/** Processor time, µs, that one of `timed` costs a model that knows `before`. */
function cost(before: readonly EventOf<'message'>[], timed: readonly EventOf<'message'>[]): number {
  const model = new MonitorModel();
  const at = defaultRun.startedAt;
  model.apply({kind: 'opened', at, stream: 1, filter: everything, serverTime: undefined});
  for (const event of before) model.apply(event);
  const began = process.cpuUsage();
  for (const [index, event] of timed.entries()) {
    model.apply(event);
    if ((index + 1) % perCheck !== 0) continue;
    model.checkAlerts(event.at);
    model.snapshot(event.at);
  }
  const {user, system} = process.cpuUsage(began);
  return (user + system) / timed.length;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const numbers = (from: number, count: number) =>
  Array.from({length: count}, (_, index) => from + index);

const endless = {stfCount: 100, physicsPeriodCount: 0};
const one = received(sentBy({...endless, runNumber: 1}, messages));
const many = received(
  numbers(1, active).flatMap(runNumber => sentBy({...endless, runNumber}, messages / active)),
);
const ended = received(numbers(1000, runs - active).flatMap(runNumber => sentBy({runNumber})));

// Once to warm up, then in turns: what else the machine does meets both.
const costs = numbers(0, repetitions + 1)
  .map(() => ({ofOne: cost([], one), ofMany: cost(ended, many)}))
  .slice(1);
const ofOne = median(costs.map(pair => pair.ofOne));
const ofMany = median(costs.map(pair => pair.ofMany));
process.stdout.write(
  [
    `1 run: ${ofOne.toFixed(2)} µs a message`,
    `${runs} runs, ${active} active: ${ofMany.toFixed(2)} µs a message`,
    `ratio: ${(ofMany / ofOne).toFixed(2)}`,
    '',
  ].join('\n'),
);
