// What holds for every event, whatever its name and data.
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {readEvent, type ServerEvent} from '../../source/wire/message.ts';
import {anyText, unsafe} from './unsafe.ts';

const anyName = fc.oneof(fc.constantFrom('connected', 'heartbeat', 'error', 'stf_gen'), anyText);
const anyValue = fc.oneof(anyText, fc.jsonValue(), fc.double(), fc.bigInt().map(String));
const keys =
  'msg_type processed_by sender_agent sender run_id execution_id namespace sent_at sequence state substate filename tf_filename message reason total_stf_files client_id timestamp __proto__ toString';
const anyData = fc.oneof(
  anyText,
  fc.json(),
  fc.dictionary(fc.constantFrom(...keys.split(' ')), anyValue).map(value => JSON.stringify(value)),
);

function fieldsOf(event: ServerEvent): unknown[] {
  if (event.kind === 'connected') return [event.clientId];
  if (event.kind === 'heartbeat') return [event.serverTime];
  const {content: _, ...fields} = event.message;
  return Object.values(fields);
}

test('it is read without an error, texts are safe and short, numbers are finite', () => {
  fc.assert(
    fc.property(anyName, anyData, (name, data) => {
      const fields = fieldsOf(readEvent(name, data));
      for (const text of fields.filter(field => typeof field === 'string')) {
        expect(text).not.toMatch(unsafe);
        expect(text.length).toBeLessThanOrEqual(512);
      }
      for (const number of fields.filter(field => typeof field === 'number')) {
        expect(number).toSatisfy(Number.isFinite);
      }
      expect(fields.filter(field => typeof field === 'object')).toEqual([]);
    }),
    {numRuns: 5000},
  );
});

test('a control event has its name and no msg_type; all else is a message', () => {
  fc.assert(
    fc.property(anyName, anyData, (name, data) => {
      const {kind} = readEvent(name, data);
      if (kind === 'message') return;
      expect(kind).toBe(name);
      expect(JSON.parse(data)).not.toHaveProperty('msg_type');
    }),
    {numRuns: 2000},
  );
});
