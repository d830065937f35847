// The pipeline: which message counts to which stage, what waits between them, and how long it took.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  backlog,
  lagOf,
  newPipeline,
  pipe,
  stageCount,
  type Pipeline,
  type StageName,
} from '../../source/model/pipeline.ts';
import type {JsonObject} from '../../source/testbed/python-json.ts';
import type {WorkflowMessage} from '../../source/wire/message.ts';
import {messageFrom, runEvents} from './happenings.ts';

/** A message's type, its STF (none: it names none), and when it was sent, ms. */
type Sent = readonly [type: string, stf: number | undefined, at?: number];

function pipelineOf(sent: readonly (readonly [WorkflowMessage, number])[]): Pipeline {
  const pipeline = newPipeline();
  for (const each of sent) pipe(pipeline, ...each);
  return pipeline;
}

const pipelineAfter = (...sent: readonly Sent[]): Pipeline =>
  pipelineOf(
    sent.map(([type, stf, at = 0]) => {
      const content: JsonObject = {msg_type: type, run_id: '7', sequence: stf ?? null};
      return [messageFrom(content), at];
    }),
  );

const made = (type: string, count: number): readonly Sent[] =>
  Array.from({length: count}, (_, index) => [type, index + 1, 1000 * (index + 1)]);

describe('a stage', () => {
  it.each<[string, StageName]>([
    ['stf_gen', 'generated'],
    ['stf_ready', 'ready'],
    ['data_ready', 'ready'],
    ['tf_file_registered', 'sampled'],
    ['processing_complete', 'processed'],
    ['slice', 'sliced'],
    ['slice_result', 'results'],
  ])('counts %s as %s alone', (type, name) => {
    const pipeline = pipelineAfter([type, 1]);
    expect(pipeline[name]).toMatchObject({messages: 1, unnumbered: 0});
    expect(Object.values(pipeline).filter(({messages}) => messages > 0)).toHaveLength(1);
  });

  it.each(['start_run', 'sse_test', 'stf_gen_done', 'toString', 'constructor', ''])(
    'counts no message of type "%s"',
    type => {
      const message = {...messageFrom({msg_type: 'x', run_id: '7'}), type};
      expect(pipelineOf([[message, 0]])).toEqual(newPipeline());
    },
  );

  it('counts an STF once however many of its messages come', () => {
    const {sampled} = pipelineAfter(...made('tf_file_registered', 3), ['tf_file_registered', 2]);
    expect([stageCount(sampled), sampled.messages]).toEqual([3, 4]);
  });

  it('counts messages that name no STF for one each', () => {
    const {ready} = pipelineAfter(
      ['stf_ready', 1],
      ['stf_ready', undefined],
      ['data_ready', undefined],
    );
    expect([stageCount(ready), ready.messages, ready.unnumbered]).toEqual([3, 3, 2]);
  });

  it('takes the STF from the names of its files', () => {
    const frame = messageFrom({
      msg_type: 'tf_file_registered',
      tf_filename: 'swf.100013.000009_tf_007.tf',
      stf_filename: 'swf.100013.000009.stf',
    });
    expect(pipelineOf([[frame, 0]]).sampled.numbers.ranges).toEqual([[9, 9]]);
  });
});

describe('the backlog', () => {
  it('is what has been at one stage and not at the next, by number', () => {
    const pipeline = pipelineAfter(...made('stf_gen', 5), ['stf_ready', 2], ['stf_ready', 5]);
    expect(backlog(pipeline, 'generated', 'ready')).toBe(3);
    expect(backlog(pipeline, 'ready', 'processed')).toBe(2);
    expect(backlog(pipeline, 'processed', 'generated')).toBe(0);
  });

  it('does not let an STF that was never seen generated hide one that waits', () => {
    const pipeline = pipelineAfter(['stf_gen', 5], ['stf_ready', 4]);
    expect(backlog(pipeline, 'generated', 'ready')).toBe(1);
  });

  it('takes messages that name no STF to be for one that waits, and never falls below none', () => {
    const some = pipelineAfter(...made('stf_gen', 3), ['stf_ready', undefined]);
    expect(backlog(some, 'generated', 'ready')).toBe(2);
    const many = pipelineAfter(['stf_gen', 1], ['stf_ready', undefined], ['stf_ready', undefined]);
    expect(backlog(many, 'generated', 'ready')).toBe(0);
  });

  it('is that of plain sets, whatever comes in whatever order', () => {
    const sent = fc.array(
      fc.tuple(fc.constantFrom('stf_gen', 'stf_ready', 'processing_complete'), fc.nat(30)),
      {maxLength: 60},
    );
    fc.assert(
      fc.property(sent, list => {
        const pipeline = pipelineAfter(...list);
        const numbers = (type: string) =>
          new Set(list.filter(([other]) => other === type).map(([, number]) => number));
        const generated = numbers('stf_gen');
        const ready = numbers('stf_ready');
        expect(backlog(pipeline, 'generated', 'ready')).toBe(generated.difference(ready).size);
        expect(stageCount(pipeline.processed)).toBe(numbers('processing_complete').size);
      }),
    );
  });
});

describe('the lag', () => {
  it('is not known before an STF has come to both', () => {
    expect(lagOf(newPipeline(), 'ready')).toBeUndefined();
    expect(lagOf(pipelineAfter(['stf_gen', 1, 0]), 'ready')).toBeUndefined();
    expect(lagOf(pipelineAfter(['stf_gen', 1, 0], ['stf_ready', 2, 9]), 'ready')).toBeUndefined();
    expect(lagOf(pipelineAfter(['stf_ready', undefined, 9]), 'ready')).toBeUndefined();
  });

  it('is the median and the slowest hundredth, STF by STF', () => {
    const ready = made('stf_gen', 5).map(([, stf, at = 0]): Sent => [
      'stf_ready',
      stf,
      at + (stf === 4 ? 900 : 200 + (stf ?? 0)),
    ]);
    expect(lagOf(pipelineAfter(...made('stf_gen', 5), ...ready), 'ready')).toEqual({
      median: 203,
      p99: 900,
    });
  });

  it('is that of the first message of an STF at the stage', () => {
    const frames: readonly Sent[] = [
      ['tf_file_registered', 1, 1500],
      ['tf_file_registered', 1, 1300],
      ['tf_file_registered', 1, 1900],
    ];
    expect(lagOf(pipelineAfter(['stf_gen', 1, 1000], ...frames), 'sampled')).toEqual({
      median: 300,
      p99: 300,
    });
  });

  it('forgets the STFs before the newest 64', () => {
    const slow: readonly Sent[] = [...made('stf_gen', 100)];
    const ready = slow.map(([, stf, at = 0]): Sent => [
      'stf_ready',
      stf,
      at + ((stf ?? 0) <= 36 ? 60_000 : 250),
    ]);
    expect(lagOf(pipelineAfter(...slow, ...ready), 'ready')).toEqual({median: 250, p99: 250});
  });

  it('of a simulated run is as long as its agents take', () => {
    const sent = runEvents({withProcessing: true});
    const pipeline = pipelineOf(sent.map(({message}) => [message, message.sentAt!]));
    const ready = lagOf(pipeline, 'ready')!;
    expect(ready.median).toBeGreaterThanOrEqual(180);
    expect(ready.p99).toBeLessThanOrEqual(250);
    expect(lagOf(pipeline, 'sampled')!.median).toBeGreaterThan(ready.median);
    expect(lagOf(pipeline, 'processed')!.median).toBeGreaterThan(lagOf(pipeline, 'sampled')!.p99);
  });
});
