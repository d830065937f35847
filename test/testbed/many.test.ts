// Two hundred receivers on one monitor, one of which does not read: it loses its oldest messages,
// which are counted, and the others lose nothing.
import {afterEach, beforeEach, expect, it} from 'vitest';
import {startStandalone, type Standalone} from '../../source/testbed/standalone.ts';
import {eventually} from '../eventually.ts';
import {openStream} from './open-stream.ts';

const receivers = 200;
const rounds = 50;
/** Of each kind, in a round. */
const messages = 10;
/** What a stalled reader's connection takes before anything has to wait is some megabytes. */
const filler = 'x'.repeat(65_536);

let standalone: Standalone;
beforeEach(async () => {
  standalone = await startStandalone({});
});
afterEach(() => standalone.monitor.close());

const publish = (message: object) => standalone.take(JSON.stringify(message));

it('one slow reader of two hundred harms nobody', async () => {
  const {monitor} = standalone;
  const slow = await openStream(monitor);
  slow.pause();
  const [slowClient] = monitor.clients;
  const streams = await Promise.all(
    Array.from({length: receivers - 1}, () => openStream(monitor, '?msg_types=stf_gen')),
  );
  expect(monitor.clients).toHaveLength(receivers);
  const clients = monitor.clients.filter(client => client !== slowClient);

  for (let sequence = 0; sequence < rounds * messages;) {
    for (let count = 0; count < messages; count += 1) {
      sequence += 1;
      publish({msg_type: 'stf_gen', run_id: '7', sequence});
      publish({msg_type: 'filler', filler});
    }
    // Readers that read are given the time to.
    await Promise.all(clients.map(client => client.drained()));
  }

  const all = Array.from({length: rounds * messages}, (_, index) => index + 1);
  for (const stream of streams) {
    await eventually(() => expect(stream.messages()).toHaveLength(all.length));
    expect(stream.messages().map(({data}) => sequenceOf(data))).toEqual(all);
  }
  expect(clients.map(({sent, dropped}) => ({sent, dropped}))).toEqual(
    clients.map(() => ({sent: all.length, dropped: 0})),
  );

  const sentBefore = slowClient!.sent;
  expect(slowClient!.dropped).toBe(2 * all.length - 100 - sentBefore);
  expect(slowClient!.dropped).toBeGreaterThan(0);
  slow.resume();
  await eventually(() => expect(slow.messages()).toHaveLength(sentBefore + 100));
  const newest = slow.messages().slice(-100);
  expect(newest.filter(({name}) => name === 'stf_gen').map(({data}) => sequenceOf(data))).toEqual(
    all.slice(-50),
  );
  const rows = (await (await fetch(`${monitor.url}/api/subscribers/`)).json()) as {
    readonly messages_dropped: number;
  }[];
  expect(rows.map(row => row.messages_dropped).filter(dropped => dropped > 0)).toEqual([
    slowClient!.dropped,
  ]);
});

const sequenceOf = (data: string) => (JSON.parse(data) as {readonly sequence: number}).sequence;
