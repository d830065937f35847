// The model against a run of the real testbed.
import {describe, expect, it} from 'vitest';
import {generatedCount, missingCount, readyCount, timeFrameCount} from '../../source/model/run.ts';
import {deadTime} from '../../source/model/timeline.ts';
import {readRecordedStream} from '../../source/testbed/recorded-stream.ts';
import {capturedStream} from '../fixtures/captured.ts';
import {delivery, messageOf, modelAfter} from './happenings.ts';

describe('the captured run 100013', () => {
  const events = () =>
    readRecordedStream(capturedStream()).map(({name, data, sentAt}) => ({
      kind: 'message' as const,
      at: sentAt + delivery,
      stream: 1,
      source: 'stream' as const,
      name,
      data,
      message: messageOf(name, data),
    }));

  it('ends with 10 STFs in 2 periods, all ready, 70 time frames, none missing', () => {
    const {runs, health, log, types} = modelAfter(events()).snapshot(0);
    expect(runs).toHaveLength(1);
    const run = runs[0]!;
    expect(run).toMatchObject({
      key: 'torre1/100013',
      phase: 'ended',
      isJoinedLate: false,
      periods: 2,
      total: 10,
      repeated: 0,
      messages: 95,
    });
    expect([generatedCount(run), readyCount(run), missingCount(run)]).toEqual([10, 10, 0]);
    expect(timeFrameCount(run)).toBe(70);
    // Its pause, as stamped: about 3 s.
    const [pause, resume] = ['pause_run', 'resume_run'].map(type =>
      run.steps.find(step => step.type === type),
    );
    expect(Math.round((resume!.at - pause!.at) / 1000)).toBe(3);
    expect(Math.round(deadTime(run, 0)! / 1000)).toBe(3);
    expect([health.messages, health.faults, log.last]).toEqual([95, 0, 95]);
    expect(types.get('end_run')).toBe(1);
  });
});
