// The one place that decides when a frame is due: what has changed, as often as the rate allows; and
// once a second when only the clock moves, at the turn of the second. A terminal that has not taken
// the last frame gets no other.

export interface FrameSchedulerOptions {
  /** 1 to 30. */
  readonly framesPerSecond: number;
  /** Whether the terminal has taken all that was written to it. */
  readonly isReady: () => boolean;
  /** Wall clock, ms. */
  readonly now: () => number;
  readonly draw: () => void;
}

/** A stream of one message a second carries the clock with it, if the messages are a little late, ms. */
const clockIntervalMs = 1100;
/** Past the turn of the second, so that a timer that is early does not draw the old one, ms. */
const afterSecondMs = 15;

export class FrameScheduler {
  readonly #options: FrameSchedulerOptions;
  #clock: NodeJS.Timeout | undefined;
  #due: NodeJS.Timeout | undefined;
  #drawnAt = -Infinity;

  constructor(options: FrameSchedulerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#expectClock(this.#untilNextSecond());
  }

  /** Something has changed: there will be a frame. */
  readonly changed = (): void => {
    if (this.#due || !this.#clock) return;
    const interval = 1000 / this.#options.framesPerSecond;
    const wait = Math.max(0, this.#drawnAt + interval - performance.now());
    this.#due = setTimeout(() => {
      this.#due = undefined;
      if (this.#draw()) this.#expectClock(clockIntervalMs);
    }, wait);
  };

  stop(): void {
    clearTimeout(this.#clock);
    clearTimeout(this.#due);
    this.#clock = undefined;
  }

  #expectClock(wait: number): void {
    clearTimeout(this.#clock);
    this.#clock = setTimeout(() => {
      this.#draw();
      this.#expectClock(this.#untilNextSecond());
    }, wait);
  }

  #draw(): boolean {
    if (!this.#options.isReady()) return false;
    this.#drawnAt = performance.now();
    this.#options.draw();
    return true;
  }

  #untilNextSecond(): number {
    return 1000 - (this.#options.now() % 1000) + afterSecondMs;
  }
}
