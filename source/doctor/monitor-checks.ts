// What the monitor does: the stream, what it says of itself, REST, the registration, its clock.
import {noEventFailure} from '../wire/failure.ts';
import {registrationStates, sendHeartbeat} from '../wire/heartbeat.ts';
import {fetchRunningExecutions} from '../wire/history.ts';
import {monitorUrl, paths} from '../wire/paths.ts';
import {request} from '../wire/request.ts';
import {failed, failedBy, ok, skipped, warning, type Finding} from './finding.ts';
import {tryStream, type StreamOutcome, type TriedStream} from './try-stream.ts';
import type {Visit} from './visit.ts';

const askOperators = 'tell whoever runs the monitor';

export async function checkStream(visit: Visit): Promise<Finding> {
  const {base, patience, edges} = visit;
  const stream = await tryStream(await visit.fetch(), base, patience, edges);
  visit.stream = stream;
  return outcomes[stream.outcome](stream, visit);
}

const outcomes: Readonly<Record<StreamOutcome, (stream: TriedStream, visit: Visit) => Finding>> = {
  steady: ({wait}) => ok(`the token is taken, the first event came after ${wait} ms`),
  refused: ({failure}) => failedBy(failure!),
  unanswered: (_stream, {patience}) =>
    failed(`no answer within ${patience.answer / 1000} s`, askOperators),
  silent: (_stream, {patience}) => failedBy(noEventFailure(patience.firstEvent)),
  broken: ({failure}) =>
    failed(`ended right after its first event: ${failure!.reason}`, `${askOperators}: restart it`),
};

/**
 * Asked beside an open stream alone: asked while none is open, it breaks every later stream of a
 * monitor of one process. Never a reason to fail: the lab's Apache answers 405.
 */
export async function checkStatus(visit: Visit): Promise<Finding> {
  if (visit.stream?.isOpen() !== true) {
    return skipped('not asked: without an open stream that can break the monitor');
  }
  try {
    await request(await visit.fetch(), monitorUrl(visit.base, paths.streamStatus), {
      timeout: visit.patience.answer,
    });
    return ok('answers');
  } catch (error) {
    return ok(`${reasonOf(error)}, as it may`);
  }
}

export async function checkRest(visit: Visit): Promise<Finding> {
  try {
    const timeout = visit.patience.answer;
    const running = await fetchRunningExecutions(await visit.fetch(), visit.base, {timeout});
    return ok(
      `answers: ${running.length} ${running.length === 1 ? 'execution' : 'executions'} run`,
    );
  } catch (error) {
    return failed(
      `${reasonOf(error)}: without it nothing is caught up, and no deaf stream is found out`,
      askOperators,
    );
  }
}

/** Registers beside the receiver, which may be running, and says EXITED at once. */
export async function checkRegistration(visit: Visit): Promise<Finding> {
  if (!visit.value('register')) return ok('not wanted');
  const {machine, patience, base} = visit;
  const name = `${visit.value('name')!}-doctor`;
  const identity = {
    name,
    namespace: visit.value('namespace'),
    description: 'swfmon doctor',
    hostname: machine.hostname,
    pid: machine.pid,
  };
  const options = {timeout: patience.answer};
  try {
    const fetch = await visit.fetch();
    await sendHeartbeat(fetch, base, identity, 'receiving', options);
    await sendHeartbeat(fetch, base, identity, 'exited', options);
    return ok(`taken as ${name}, then ${registrationStates.exited.status}`);
  } catch (error) {
    return failed(reasonOf(error), 'check SWF_API_TOKEN; swfmon --no-register receives without it');
  }
}

/** Clocks that agree to this are in order, ms. */
const tolerance = 5000;

export function checkClock({stream}: Visit): Finding {
  const skew = stream?.skew;
  if (skew === undefined) return skipped('the monitor told no time');
  const seconds = Math.round(Math.abs(skew) / 1000);
  // The monitor's time is cut to the second, and was on its way.
  if (Math.abs(skew) < 1000) return ok("agrees with the monitor's to the second");
  const says = `${seconds} s ${skew > 0 ? 'behind' : 'ahead of'} the monitor's`;
  if (Math.abs(skew) <= tolerance) return ok(says);
  return warning(`${says}: swfmon reckons with it`, 'set the clock: timedatectl set-ntp true');
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
