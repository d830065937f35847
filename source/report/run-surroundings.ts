// What a report has to know of besides the run itself.
import type {FilterTime} from '../model/filter-times.ts';
import type {Gap} from '../model/gaps.ts';
import type {Health} from '../model/health.ts';
import type {Mark} from '../model/monitor-model.ts';
import type {Execution} from '../wire/execution.ts';

export interface RunSurroundings {
  /** Server clock, ms. */
  readonly now: number;
  /** Server clock minus ours, ms. */
  readonly skew: number;
  readonly execution: Execution | undefined;
  readonly health: Health;
  readonly gaps: readonly Gap[];
  /** When not everything was asked for. */
  readonly filterTimes: readonly FilterTime[];
  readonly marks: readonly Mark[];
  /** The reader's time of day at a time of the server's clock, ms. */
  readonly clock: (at: number) => string;
}
