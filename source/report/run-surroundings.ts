// What a report has to know of besides the run itself.
import type {FilterTime} from '../model/filter-times.ts';
import type {Gap} from '../model/gaps.ts';
import type {KnownFiles, Mark} from '../model/monitor-model.ts';
import type {ToldState} from '../model/told-state.ts';
import type {Execution} from '../wire/execution.ts';

export interface RunSurroundings {
  /** Server clock, ms. */
  readonly now: number;
  /** Server clock minus ours, ms. */
  readonly skew: number;
  readonly execution: Execution | undefined;
  readonly files: KnownFiles | undefined;
  /** What REST says of its state; it is asked where the stream does not show it. */
  readonly told: ToldState | undefined;
  readonly gaps: readonly Gap[];
  /** When not everything was asked for. */
  readonly filterTimes: readonly FilterTime[];
  readonly marks: readonly Mark[];
  /** The reader's time of day at a time of the server's clock, ms. */
  readonly clock: (at: number) => string;
}
