// When a frame is due: for what has changed, for the clock, and never for a terminal that does not read.
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {FrameScheduler} from '../../source/ui/store/frame-scheduler.ts';

/** 0.3 s into a second. */
const opened = Date.parse('2026-11-23T19:18:28.300Z');

beforeEach(() => {
  vi.useFakeTimers({now: opened, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance']});
});
afterEach(() => {
  vi.useRealTimers();
});

function start(framesPerSecond = 5) {
  /** When frames were drawn, ms after the beginning. */
  const frames: number[] = [];
  const terminal = {isReady: true};
  const scheduler = new FrameScheduler({
    framesPerSecond,
    isReady: () => terminal.isReady,
    now: () => Date.now(),
    draw: () => frames.push(Date.now() - opened),
  });
  scheduler.start();
  /** `act` after each of `times` ms. */
  const each = (times: readonly number[], act: () => void) => {
    for (const ms of times) {
      vi.advanceTimersByTime(ms);
      act();
    }
  };
  return {frames, terminal, scheduler, each};
}

const every = (ms: number, count: number) => Array<number>(count).fill(ms);

describe('what has changed', () => {
  it('is drawn at once', () => {
    const {frames, scheduler} = start();
    vi.advanceTimersByTime(100);
    scheduler.changed();
    vi.advanceTimersByTime(0);
    expect(frames).toEqual([100]);
  });

  it('is drawn once, however much it is', () => {
    const {frames, scheduler} = start();
    for (let count = 0; count < 100; count += 1) scheduler.changed();
    vi.advanceTimersByTime(200);
    expect(frames).toEqual([0]);
  });

  it.each([1, 5, 30])('is drawn at most %i times a second', framesPerSecond => {
    const {frames, scheduler, each} = start(framesPerSecond);
    each(every(1, 3000), scheduler.changed);
    expect(frames.length).toBeGreaterThanOrEqual(3 * framesPerSecond - 3);
    for (const [index, at] of frames.slice(1).entries()) {
      expect(at - frames[index]!).toBeGreaterThanOrEqual(Math.floor(1000 / framesPerSecond));
    }
  });

  it('is drawn though nothing follows it', () => {
    const {frames, scheduler} = start();
    scheduler.changed();
    vi.advanceTimersByTime(50);
    scheduler.changed();
    vi.advanceTimersByTime(149);
    expect(frames).toEqual([0]);
    vi.advanceTimersByTime(1);
    expect(frames).toEqual([0, 200]);
  });
});

describe('the clock', () => {
  it('alone is drawn once a second, just after the second has turned', () => {
    const {frames} = start();
    vi.advanceTimersByTime(5000);
    expect(frames).toEqual([715, 1715, 2715, 3715, 4715]);
  });

  it('comes with the messages where there is one a second: one frame for both', () => {
    const {frames, scheduler, each} = start();
    each([100, ...every(1000, 9)], scheduler.changed);
    vi.advanceTimersByTime(0);
    expect(frames).toEqual([100, 1100, 2100, 3100, 4100, 5100, 6100, 7100, 8100, 9100]);
  });

  it('waits for a message that is a little late, not for one that does not come', () => {
    const {frames, scheduler, each} = start();
    each([100, 1080, 990, 1060], scheduler.changed);
    vi.advanceTimersByTime(0);
    expect(frames).toEqual([100, 1180, 2170, 3230]);
    vi.advanceTimersByTime(2500);
    expect(frames.slice(4)).toEqual([4330, 4715, 5715]);
  });
});

describe('a terminal that does not read', () => {
  it('gets no frame, neither for changes nor for the clock', () => {
    const {frames, terminal, scheduler, each} = start();
    terminal.isReady = false;
    each(every(50, 100), scheduler.changed);
    expect(frames).toEqual([]);
  });

  it('gets one as soon as it has read', () => {
    const {frames, terminal, scheduler} = start();
    terminal.isReady = false;
    scheduler.changed();
    vi.advanceTimersByTime(1500);
    terminal.isReady = true;
    scheduler.changed();
    vi.advanceTimersByTime(200);
    expect(frames).toEqual([1500]);
  });

  it('has the clock again from the next second on, whoever says nothing', () => {
    const {frames, terminal} = start();
    terminal.isReady = false;
    vi.advanceTimersByTime(3000);
    terminal.isReady = true;
    vi.advanceTimersByTime(2000);
    expect(frames).toEqual([3715, 4715]);
  });
});

it('draws nothing once it is stopped', () => {
  const {frames, scheduler} = start();
  scheduler.changed();
  scheduler.stop();
  scheduler.changed();
  vi.advanceTimersByTime(5000);
  expect(frames).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
