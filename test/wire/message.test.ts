// What an event of the stream says, whether or not it keeps to the contract.
import {describe, expect, test} from 'vitest';
import {LongInteger} from '../../source/wire/json.ts';
import {readEvent, readMessage, type WorkflowMessage} from '../../source/wire/message.ts';

const messageOf = (name: string, data: unknown): WorkflowMessage => {
  const event = readEvent(name, typeof data === 'string' ? data : JSON.stringify(data));
  if (event.kind !== 'message') throw new Error(`a ${event.kind}`);
  return event.message;
};

describe('the server’s own events', () => {
  test('connected', () => {
    expect(readEvent('connected', '{"client_id": "6f-1", "status": "connected"}')).toEqual({
      kind: 'connected',
      clientId: '6f-1',
    });
  });

  test('connected without an id', () => {
    expect(readEvent('connected', '{}')).toEqual({kind: 'connected', clientId: ''});
  });

  test.each([
    ['{"timestamp": 1795458650.69}', 1_795_458_650_690],
    ['{"timestamp": "1795458650"}', 1_795_458_650_000],
    ['{"timestamp": 0}', 0],
    ['{"timestamp": null}', undefined],
    ['{"timestamp": "now"}', undefined],
    ['{"timestamp": 1e308}', undefined],
    ['{}', undefined],
  ])('heartbeat %s', (data, serverTime) => {
    expect(readEvent('heartbeat', data)).toEqual({kind: 'heartbeat', serverTime});
  });

  test.each(['connected', 'heartbeat', 'error', 'open', 'message'])(
    'a message may be of type %s',
    type => {
      const message = messageOf(type, {msg_type: type, sender: 'me', client_id: 'x', timestamp: 1});
      expect(message).toMatchObject({type, agent: 'me', fault: undefined});
    },
  );

  test('a msg_type of null makes it no control event, but a message with a fault', () => {
    expect(messageOf('heartbeat', {msg_type: null})).toMatchObject({
      type: 'heartbeat',
      fault: 'no msg_type',
    });
  });

  test.each(['error', 'open', 'message', 'stf_gen'])('%s is never a control event', name => {
    expect(messageOf(name, {client_id: 'x', timestamp: 1}).fault).toBe('no msg_type');
  });
});

test('every field of a message, as the stream brings it', () => {
  const content = {
    msg_type: 'end_run',
    processed_by: 'daq',
    run_id: '100013',
    execution_id: 'stf_datataking-root-0001',
    namespace: 'torre1',
    sent_at: '2026-11-23T19:18:23.598149+00:00',
    timestamp: '2026-11-23T14:18:23',
    sequence: 10,
    state: 'run',
    substate: 'physics',
    filename: 'swf.100013.000010.stf',
    message: 'done',
    total_stf_files: 10,
    own: {deep: [1]},
  };
  expect(messageOf('end_run', content)).toEqual({
    type: 'end_run',
    agent: 'daq',
    processedBy: 'daq',
    runId: '100013',
    executionId: 'stf_datataking-root-0001',
    namespace: 'torre1',
    sentAt: Date.UTC(2026, 10, 23, 19, 18, 23, 598),
    sequence: 10,
    stf: 10,
    state: 'run',
    substate: 'physics',
    file: 'swf.100013.000010.stf',
    text: 'done',
    totalStfFiles: 10,
    fault: undefined,
    content,
  });
});

describe('who', () => {
  test.each([
    [{processed_by: 'a', sender_agent: 'b', sender: 'c'}, 'a'],
    [{processed_by: null, sender_agent: 'b', sender: 'c'}, 'b'],
    [{processed_by: '', sender_agent: {}, sender: 'c'}, 'c'],
    [{sender: 'c'}, 'c'],
    [{sender: 7}, '7'],
    [{}, ''],
  ])('%j is %j', (content, agent) => {
    expect(readMessage({msg_type: 'x', ...content}, 'x').agent).toBe(agent);
  });
});

describe('values of another type', () => {
  test.each([
    ['run_id', 100013, 'runId', '100013'],
    ['run_id', {}, 'runId', undefined],
    ['run_id', ['1'], 'runId', undefined],
    ['run_id', '', 'runId', undefined],
    ['msg_type', 42, 'type', '42'],
    ['state', true, 'state', 'true'],
    ['namespace', null, 'namespace', undefined],
    ['sequence', '12', 'sequence', 12],
    ['sequence', 0, 'sequence', 0],
    ['sequence', ' ', 'sequence', undefined],
    ['sequence', -1, 'sequence', undefined],
    ['sequence', 1.5, 'sequence', undefined],
    ['sequence', 2 ** 53, 'sequence', undefined],
    ['sequence', true, 'sequence', undefined],
    ['total_stf_files', '10', 'totalStfFiles', 10],
    ['total_stf_files', [10], 'totalStfFiles', undefined],
    ['sent_at', 1_795_458_650, 'sentAt', undefined],
    ['sent_at', 'yesterday', 'sentAt', undefined],
    ['sent_at', '1970-01-01T00:00:00Z', 'sentAt', undefined],
    ['sent_at', '+275760-09-13T00:00:00Z', 'sentAt', undefined],
    ['tf_filename', 'a.tf', 'file', 'a.tf'],
    ['reason', 'beam lost', 'text', 'beam lost'],
    ['message', {a: 1}, 'text', undefined],
    ['message', NaN, 'text', undefined],
    ['run_id', Infinity, 'runId', undefined],
    ['run_id', new LongInteger('12345678901234567890'), 'runId', '12345678901234567890'],
    ['sequence', NaN, 'sequence', undefined],
    ['sequence', new LongInteger('9007199254740993'), 'sequence', undefined],
  ] as const)('%s of %j: %s is %j', (key, value, field, expected) => {
    expect(readMessage({msg_type: 'x', [key]: value}, 'x')[field]).toBe(expected);
  });

  test('a filename goes before a tf_filename, a message before a reason', () => {
    const content = {tf_filename: 'b', filename: 'a', reason: 'd', message: 'c'};
    expect(readMessage(content, 'x')).toMatchObject({file: 'a', text: 'c'});
  });
});

describe('what Python writes and JavaScript does not read by itself', () => {
  test('NaN and the infinities are no fault, and unknown where a number is wanted', () => {
    const message = messageOf('stf_gen', '{"msg_type": "stf_gen", "sequence": 3, "rate": NaN}');
    expect(message).toMatchObject({sequence: 3, fault: undefined, content: {rate: NaN}});
  });

  test('runs whose numbers differ in their last digit stay apart', () => {
    const runs = ['12345678901234567890', '12345678901234567891'].map(
      run => messageOf('x', `{"msg_type": "x", "run_id": ${run}}`).runId,
    );
    expect(runs).toEqual(['12345678901234567890', '12345678901234567891']);
  });

  test('a lone surrogate is shown as a stand-in, and of a key given twice the last counts', () => {
    const data = '{"msg_type": "x", "run_id": "1", "run_id": "2", "sender": "a\\ud83db"}';
    expect(messageOf('x', data)).toMatchObject({runId: '2', agent: 'a\ufffdb'});
  });
});

describe('what is no message', () => {
  test.each([
    ['', 'empty event', 'empty event'],
    ['{"msg_type": ', 'not JSON', 'not JSON: {"msg_type":'],
    ['[1, 2]', 'not a JSON object', 'not a JSON object: [1, 2]'],
    ['null', 'not a JSON object', 'not a JSON object: null'],
    ['"text"', 'not a JSON object', 'not a JSON object: "text"'],
    ['7', 'not a JSON object', 'not a JSON object: 7'],
  ])('%j', (data, fault, text) => {
    for (const name of ['stf_gen', 'connected', 'heartbeat']) {
      const message = messageOf(name, data);
      expect(message).toMatchObject({type: name, agent: '', fault, content: data});
      expect(message.text?.trimEnd()).toBe(text);
    }
  });

  test.each([undefined, null, '', {}, []])('a msg_type of %j: the event’s name stands in', type => {
    const message = messageOf('stf_gen', {msg_type: type, run_id: '7'});
    expect(message).toMatchObject({type: 'stf_gen', runId: '7', fault: 'no msg_type'});
  });

  test('its own words go before the fault', () => {
    expect(messageOf('x', {reason: 'why'})).toMatchObject({text: 'why', fault: 'no msg_type'});
  });

  test('long unreadable data is cut, in the column and in the detail', () => {
    const message = messageOf('x', 'é'.repeat(100_000));
    expect(message.content).toHaveLength(4096);
    expect(message.text).toMatch(/^not JSON: é+…$/);
    expect(message.text).toHaveLength(256);
  });
});

test('very long fields are cut, the content is kept whole', () => {
  const long = 'x'.repeat(100_000);
  const message = messageOf('x', {msg_type: long, message: long});
  expect([message.type.length, message.text?.length]).toEqual([512, 512]);
  expect(message.content).toEqual({msg_type: long, message: long});
});

test('escape sequences in any field and in the event’s name are shown, not sent on', () => {
  const bad = '\u001b[2J\nx';
  const content = Object.fromEntries(
    ['processed_by', 'run_id', 'execution_id', 'namespace', 'state', 'substate'].map(key => [
      key,
      bad,
    ]),
  );
  expect(messageOf(bad, {...content, filename: bad, message: bad})).toMatchObject({
    type: '␛[2J␊x',
    agent: '␛[2J␊x',
    runId: '␛[2J␊x',
    executionId: '␛[2J␊x',
    namespace: '␛[2J␊x',
    state: '␛[2J␊x',
    substate: '␛[2J␊x',
    file: '␛[2J␊x',
    text: '␛[2J␊x',
  });
});
