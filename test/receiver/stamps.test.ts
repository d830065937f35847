// Stamps of later than now, which agents may give: what they must not hide of the stream.
import {expect, it} from 'vitest';
import {utcStamp} from '../../source/testbed/stamps.ts';
import {eventually} from '../eventually.ts';
import {Listening, monitorFor, quickTimings} from './harness.ts';

/** REST is looked at all the time. */
const watchful = {
  witness: 200,
  witnessTick: 20,
  silenceCheck: 50,
  delivery: 50,
  deafRenewal: 60_000,
};
const ids = {run_id: '100013', execution_id: 'stf_datataking-torre-0001'};
const hours = (count: number) => utcStamp(Date.now() + count * 3_600_000);

it('one hours ahead is none', async () => {
  const monitor = await monitorFor();
  const listening = await Listening.to(monitor);
  await eventually(() => expect(listening.of('connected')).toHaveLength(1));
  monitor.publish({msg_type: 'a', sent_at: hours(5)});
  monitor.publish({msg_type: 'b', sent_at: hours(-5)});
  monitor.publish({msg_type: 'c'});
  await eventually(() => expect(listening.of('message')).toHaveLength(3));
  const [ahead, behind, usual] = listening.of('message').map(({message}) => message.sentAt);
  expect(ahead).toBeUndefined();
  expect(behind).toBeLessThan(Date.now() - 4 * 3_600_000);
  expect(Math.abs(Date.now() - usual!)).toBeLessThan(60_000);
});

it.each([5, -5])('after one that is %d h off a deaf stream is found all the same', async off => {
  const monitor = await monitorFor({heartbeatSeconds: 1});
  const listening = await Listening.to(monitor, {
    timings: {...quickTimings, ...watchful},
  });
  await eventually(() => expect(listening.of('connected')).toHaveLength(1));
  monitor.publish({msg_type: 'run_imminent', ...ids});
  monitor.publish({msg_type: 'start_run', ...ids});
  monitor.publish({msg_type: 'note', ...ids, sent_at: hours(off)});
  await eventually(() => expect(listening.of('message')).toHaveLength(3));
  expect(listening.of('deaf')).toEqual([]);
  monitor.setDeaf(true);
  // A row's stamp is a few ms earlier than the stream's.
  await new Promise(resolve => setTimeout(resolve, 50));
  for (const sequence of [1, 2, 3, 4]) monitor.publish({msg_type: 'stf_gen', ...ids, sequence});
  await eventually(() => expect(listening.of('deaf').length).toBeGreaterThan(0));
});
