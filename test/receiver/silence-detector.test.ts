// Which executions are silent for too long, and when they are read: moments in seconds.
import {describe, expect, it} from 'vitest';
import {SilenceDetector} from '../../source/receiver/silence-detector.ts';
import {readMessage} from '../../source/wire/message.ts';

const second = 1000;
const none: ReadonlySet<string> = new Set();
type Came = readonly [type: string, at: number, execution?: string];

function observe(detector: SilenceDetector, ...messages: readonly Came[]): SilenceDetector {
  for (const [msg_type, at, execution_id = 'x'] of messages) {
    detector.observeMessage(readMessage({msg_type, execution_id}, ''), at * second);
  }
  return detector;
}

const detectorOf = (...messages: readonly Came[]) =>
  observe(new SilenceDetector(20 * second, 300 * second), ...messages);

const due = (detector: SilenceDetector, at: number) => detector.due(at * second);

/** The moments at which the execution is read, one look every five seconds. */
function readings(detector: SilenceDetector, seconds: number, each = (_now: number) => {}) {
  const read: number[] = [];
  for (let now = 0; now <= seconds; now += 5) {
    each(now);
    if (!due(detector, now).includes('x')) continue;
    read.push(now);
    detector.rowsRead('x', now * second);
  }
  return read;
}

describe('silence', () => {
  it('is suspicious once messages stay away for four of their intervals', () => {
    const detector = detectorOf(['start_run', 0], ['stf_gen', 10], ['stf_gen', 20]);
    expect(due(detector, 60)).toEqual([]);
    expect(due(detector, 61)).toEqual(['x']);
  });

  it('goes by the messages however they came, but for older ones that come later', () => {
    const detector = detectorOf(
      ['start_run', 0],
      ['stf_gen', 20],
      ['stf_gen', 10],
      ['stf_gen', 40],
    );
    expect(due(detector, 120)).toEqual([]);
    expect(due(detector, 121)).toEqual(['x']);
  });

  it('ends with the end of the run by its stamp, however its moment was reckoned', () => {
    const detector = detectorOf();
    const message = (msg_type: string, sent_at: string) =>
      readMessage({msg_type, execution_id: 'x', sent_at}, '');
    detector.observeMessage(message('stf_gen', '2026-11-23T19:18:30+00:00'), 10 * second);
    // Read from REST: its moment comes from a clock that is known to the second.
    detector.observeMessage(message('end_run', '2026-11-23T19:18:30.200+00:00'), 9.6 * second);
    expect(due(detector, 100)).toEqual([]);
  });

  it('is not changed by the newest coming again', () => {
    const again: readonly Came[] = [
      ['stf_gen', 20],
      ['stf_gen', 20],
      ['stf_gen', 20],
    ];
    expect(due(detectorOf(['start_run', 0], ...again), 100)).toEqual([]);
  });

  it.each(['pause_run', 'end_run'])('is none after %s, nor by what was before', type => {
    expect(due(detectorOf(['stf_gen', 0], [type, 5]), 600)).toEqual([]);
    expect(due(detectorOf(['stf_gen', 0], [type, 5], ['stf_gen', 4]), 600)).toEqual([]);
    expect(due(detectorOf(['stf_gen', 0], [type, 5], ['resume_run', 6]), 600)).toEqual(['x']);
  });

  it('is none of an execution that runs no more', () => {
    const detector = detectorOf(['stf_gen', 0]);
    detector.ended('x');
    // Read once more.
    observe(detector, ['stf_gen', 5]);
    expect([due(detector, 600), detector.silence(600 * second, none).allSince]).toEqual([
      [],
      undefined,
    ]);
  });
});

describe('a silent execution is read', () => {
  it('after 20, 40, 80, 160 s, then every five minutes', () => {
    const detector = detectorOf(['stf_gen', 0]);
    expect(readings(detector, 1800)).toEqual([20, 60, 140, 300, 600, 900, 1200, 1500, 1800]);
  });

  it('with all others where all are silent, and else alone', () => {
    const detector = detectorOf(['stf_gen', 0], ['stf_gen', 10, 'y']);
    expect(due(detector, 20)).toEqual(['x']);
    detector.rowsRead('x', 20 * second);
    expect(due(detector, 26)).toEqual(['x', 'y']);
  });

  it('whatever others deliver', () => {
    const detector = detectorOf(['stf_gen', 0]);
    const each = (now: number) => observe(detector, ['stf_gen', now, 'other']);
    expect(readings(detector, 900, each)).toEqual([20, 60, 140, 300, 600, 900]);
  });

  it('soon again once it has brought something, and falls silent anew', () => {
    const detector = detectorOf(['stf_gen', 0]);
    const each = (now: number) => {
      if (now === 500) observe(detector, ['pause_run', 490], ['resume_run', 500]);
    };
    expect(readings(detector, 700, each)).toEqual([20, 60, 140, 300, 520, 560, 640]);
  });

  it('ever more rarely also where it cannot be', () => {
    const detector = detectorOf(['stf_gen', 0]);
    detector.readingFailed('x', 20 * second);
    expect(due(detector, 59)).toEqual([]);
    expect(due(detector, 60)).toEqual(['x']);
    expect(detector.silence(60 * second, none).executions.size).toBe(0);
  });
});

describe('no new messages', () => {
  it('are said of the execution that was read and had none', () => {
    const detector = detectorOf(['stf_gen', 0], ['stf_gen', 100, 'y']);
    expect(detector.silence(110 * second, none).executions.size).toBe(0);
    detector.rowsRead('x', 105 * second);
    const {executions, allSince} = detector.silence(110 * second, new Set(['x']));
    expect([[...executions], allSince]).toEqual([[['x', 0]], undefined]);
  });

  it('are said of all once all that should produce are silent, since the last of them is', () => {
    const detector = detectorOf(['stf_gen', 0], ['stf_gen', 100, 'y'], ['pause_run', 50, 'z']);
    detector.rowsRead('x', 105 * second);
    detector.rowsRead('y', 200 * second);
    expect(detector.silence(200 * second, new Set(['x', 'y'])).allSince).toBe(100 * second);
    expect(detector.silence(200 * second, new Set(['y'])).allSince).toBeUndefined();
    observe(detector, ['stf_gen', 201]);
    const {executions, allSince} = detector.silence(202 * second, new Set(['x', 'y']));
    expect([[...executions.keys()], allSince]).toEqual([['y'], undefined]);
  });
});
