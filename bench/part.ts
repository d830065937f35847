// A part of the benchmarks, and how much of it is asked for.
import type {Row} from './table.ts';

export interface Effort {
  /** Only sees that it works: the figures mean nothing. */
  readonly isQuick: boolean;
  /** Takes the time for what needs many minutes. */
  readonly isLong: boolean;
}

export type Part = (effort: Effort) => Promise<readonly Row[]>;
