// When frames are made: as soon as something has changed, but never more often than the rate allows;
// and once a second, for the clock and the ages. Nothing changed: nothing is done.

export class FrameRate {
  readonly #interval: number;
  readonly #draw: () => void;
  readonly #clock: NodeJS.Timeout;
  #due: NodeJS.Timeout | undefined;
  #drawnAt = 0;
  #isStopped = false;

  /** `perSecond`: frames a second at most. */
  constructor(perSecond: number, draw: () => void) {
    this.#interval = 1000 / perSecond;
    this.#draw = draw;
    this.#clock = setInterval(() => this.changed(), 1000);
  }

  /** Something has changed: there will be a frame. */
  readonly changed = (): void => {
    if (this.#due || this.#isStopped) return;
    const left = this.#drawnAt + this.#interval - performance.now();
    this.#due = setTimeout(
      () => {
        this.#due = undefined;
        this.#drawnAt = performance.now();
        this.#draw();
      },
      Math.max(0, left),
    );
  };

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#clock);
    clearTimeout(this.#due);
  }
}
