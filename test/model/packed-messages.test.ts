// Messages of the stream, kept as bytes until somebody looks: the log shows what came, whatever it was.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MessageLog} from '../../source/model/message-log.ts';
import {pythonJson} from '../../source/testbed/python-json.ts';
import {messageOf, start} from './happenings.ts';

const bounds = {entries: 5, size: 100_000};

const dataOf = (message: string) => pythonJson({msg_type: 'sse_test', message});
/** As Python's json writes it, as JavaScript's does, and what is no message as the contract has it. */
const texts = fc.oneof(
  fc.string({unit: 'binary'}).map(dataOf),
  fc.string({unit: 'grapheme'}).map(message => JSON.stringify({msg_type: 'sse_test', message})),
  fc.nat(2000).map(length => JSON.stringify({msg_type: 'sse_test', message: 'é'.repeat(length)})),
  fc.constantFrom('', 'not JSON', '{}', '{"msg_type": null}', '{"msg_type": "heartbeat"}'),
);

describe('a message that the stream brought', () => {
  it('is shown as it came, among the newest, whoever looked in between', () => {
    const coming = fc.record({data: texts, isCaughtUp: fc.boolean(), isLook: fc.boolean()});
    fc.assert(
      fc.property(fc.array(coming, {maxLength: 20}), list => {
        const log = new MessageLog(bounds);
        for (const {data, isCaughtUp, isLook} of list) {
          const message = messageOf('event name', data);
          if (isCaughtUp)
            log.insert({kind: 'message', at: start, message, isCaughtUp}, data.length);
          else log.addStreamed(start, message, data);
          if (isLook) log.get(log.last - 2);
        }
        const newest = list.slice(-bounds.entries);
        for (const [index, {data, isCaughtUp}] of newest.entries()) {
          const message = messageOf('event name', data);
          const entry = {kind: 'message', id: log.first + index, at: start, message, isCaughtUp};
          expect(log.get(log.first + index)).toEqual(entry);
        }
        expect(log.last - log.first + 1).toBe(newest.length);
      }),
      {numRuns: 500},
    );
  });

  it('is the same object each time, in a frozen view too', () => {
    const log = new MessageLog(bounds);
    const data = dataOf('hello');
    log.addStreamed(start, messageOf('sse_test', data), data);
    const entry = log.get(1);
    expect(entry).toMatchObject({message: {text: 'hello'}});
    expect([log.get(1), log.freeze().get(1)].every(other => other === entry)).toBe(true);
  });
});
