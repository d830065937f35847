// What the benchmarks tell their server process, and what it answers.

export type Command =
  | {readonly kind: 'listen'}
  /** Answered when a stream has been opened since the last time this was asked. */
  | {readonly kind: 'stream'}
  /** `count`: a multiple of 100, or what is over goes with the last block. */
  | {readonly kind: 'prepare'; readonly count: number}
  | {readonly kind: 'flood'; readonly count: number}
  /** What was prepared, over and over, at this rate or as fast as the reader takes it. */
  | {readonly kind: 'pour'; readonly perSecond: number; readonly count: number}
  | {
      readonly kind: 'pace';
      readonly perSecond: number;
      readonly count: number;
      /** The time of sending stands in the message's text, to be seen on a screen. */
      readonly isTimeShown: boolean;
    };

export interface Answer {
  readonly port?: number;
  readonly sent?: number;
}

export interface Numbered<Body> {
  readonly id: number;
  readonly command: Body;
}
