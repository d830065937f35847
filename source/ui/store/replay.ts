// What the screen shows of a replay, and the commands that its keys give it.

/** `jump`: to the next alert or gap. */
export type ReplayCommand = 'pause' | 'step' | 'faster' | 'slower' | 'jump' | 'restart';

export interface ReplayState {
  readonly file: string;
  /** How much of the recording was played, 0 to 1. */
  readonly share: number;
  /** Recorded seconds a second; Infinity: as fast as it goes. */
  readonly speed: number;
  readonly mode: 'playing' | 'paused' | 'jumping' | 'ended';
  /** Kinds of things in the recording that cannot be read. */
  readonly flaws: number;
}

export interface Replay {
  readonly state: ReplayState;
  /** @returns a notice for the footer, if there is one. */
  act(command: ReplayCommand): string | undefined;
}
