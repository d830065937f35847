// One run from imminent to its end as a sequence of messages in time: what the DAQ does step by
// step, and what the agents answer to each STF. Pure; delays as measured on the testbed.
import type {JsonObject} from './python-json.ts';
import {between, wholeBetween, type Random} from './random.ts';
import {daqMessage, processingComplete, stfReady, tfFileRegistered} from './run-messages.ts';
import type {DaqType} from './run-messages.ts';
import type {RunParameters} from './run-parameters.ts';

export interface TimedMessage {
  /** Seconds since the run became imminent, in real time. */
  readonly after: number;
  readonly message: JsonObject;
}

/** Seconds that the beam takes from not ready to ready. */
const beamDelay = 7;

/** Seconds that a change of state takes to be broadcast. */
const broadcast = 1.1;

/** Seconds that generating an STF takes on top of the interval, or before a period ends. */
const generation = 0.2;

/** Endless when the run has 0 physics periods. */
export function* runTimeline(run: RunParameters, random: Random): Generator<TimedMessage, void> {
  const answers: TimedMessage[] = [];
  for (const step of daqSteps(run)) {
    yield* takeUntil(answers, step.after);
    yield step;
    if (step.message['msg_type'] !== 'stf_gen') continue;
    answers.push(...agentAnswers(run, step, random));
    answers.sort((a, b) => a.after - b.after);
  }
  yield* answers;
}

function* daqSteps(run: RunParameters): Generator<TimedMessage, void> {
  let after = 0;
  let stfs = 0;
  const step = (type: DaqType) => ({after, message: daqMessage(run, type, after, stfs)});

  yield step('run_imminent');
  after += beamDelay + broadcast;
  yield step('start_run');
  for (let period = 1; ; period += 1) {
    after += broadcast;
    for (let stf = 1; stf <= run.stfCount; stf += 1) {
      if (stf > 1) after += run.stfInterval + generation;
      stfs += 1;
      yield step('stf_gen');
    }
    after += generation;
    if (period === run.physicsPeriodCount) break;
    yield step('pause_run');
    after += run.standbyDuration + broadcast;
    yield step('resume_run');
  }
  yield step('end_run');
}

function agentAnswers(run: RunParameters, stfGen: TimedMessage, random: Random): TimedMessage[] {
  const stf = Number(stfGen.message['sequence']);
  let after = stfGen.after + between(random, 0.18, 0.25);
  const answers = [{after, message: stfReady(run, stfGen.message)}];
  after += between(random, 0.03, 0.08);
  const count = run.tfPerStf ?? wholeBetween(random, 5, 9);
  for (let index = 1; index <= count; index += 1) {
    after += between(random, 0.06, 0.1);
    answers.push({after, message: tfFileRegistered(run, stf, {index, count, after}, random)});
  }
  if (run.withProcessing) {
    after += between(random, 0.2, 0.8);
    answers.push({after, message: processingComplete(run, stf)});
  }
  return answers;
}

/** Takes what is due before `after` out of the front of `messages`, which are in time order. */
function takeUntil(messages: TimedMessage[], after: number): TimedMessage[] {
  const later = messages.findIndex(message => message.after > after);
  return messages.splice(0, later === -1 ? messages.length : later);
}
