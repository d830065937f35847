// Sequence numbers prove losses that nothing else shows: the DAQ numbers a run's STFs 1, 2, 3 …,
// and a number that has not come a moment after its successor is a hole in the stream.
import type {EventOf} from '../monitor-event.ts';
import type {WorkflowMessage} from '../wire/message.ts';
import type {Clock} from './clock.ts';

interface RunNumbers {
  last: number;
  /** Jumped over and not come yet. */
  readonly missing: Set<number>;
}

/** Runs watched, and missing numbers of one run that are told apart. */
const maxRuns = 200;
const maxMissing = 1000;

/** These begin and end a run: its numbers start from 1 again when it comes again. */
const bounds: ReadonlySet<string> = new Set(['run_imminent', 'start_run', 'end_run']);

export class HoleWatch {
  readonly #clock: Clock;
  readonly #grace: number;
  readonly #found: (hole: Omit<EventOf<'hole'>, 'kind' | 'at'>) => void;
  readonly #runs = new Map<string, RunNumbers>();
  readonly #waiting = new Set<() => void>();

  constructor(options: {
    readonly clock: Clock;
    /** Time for a number to come after its successor, ms: streams that overlap take turns. */
    readonly grace: number;
    readonly found: (hole: Omit<EventOf<'hole'>, 'kind' | 'at'>) => void;
  }) {
    this.#clock = options.clock;
    this.#grace = options.grace;
    this.#found = options.found;
  }

  heard({type, sequence, runId, namespace, executionId}: WorkflowMessage): void {
    if (runId === undefined) return;
    const key = `${namespace ?? ''}/${runId}/${executionId ?? ''}`;
    if (bounds.has(type)) this.#runs.delete(key);
    if (type !== 'stf_gen' || sequence === undefined) return;
    const run = this.#runs.get(key);
    if (!run) {
      this.#admit(key, sequence);
      return;
    }
    run.missing.delete(sequence);
    if (sequence > run.last + 1) this.#jumped(run, {runId, namespace}, sequence);
    run.last = Math.max(run.last, sequence);
  }

  /** The stream was lost: what comes next may jump, and the gap tells so already. */
  interrupted(): void {
    this.#runs.clear();
    this.stop();
  }

  stop(): void {
    for (const cancel of this.#waiting) cancel();
    this.#waiting.clear();
  }

  #jumped(
    run: RunNumbers,
    who: {readonly runId: string; readonly namespace: string | undefined},
    sequence: number,
  ): void {
    const first = run.last + 1;
    const last = sequence - 1;
    let tracked = first - 1;
    while (tracked < last && run.missing.size < maxMissing) {
      tracked += 1;
      run.missing.add(tracked);
    }
    const cancel = this.#clock.after(this.#grace, () => {
      this.#waiting.delete(cancel);
      const missing = [...run.missing].filter(number => number >= first && number <= tracked);
      // What was too much to be told apart is taken to be missing.
      const beyond = tracked < last ? [[tracked + 1, last] as const] : [];
      for (const [from, to] of joined([
        ...missing.map(number => [number, number] as const),
        ...beyond,
      ])) {
        this.#found({...who, first: from, last: to});
      }
    });
    this.#waiting.add(cancel);
  }

  #admit(key: string, last: number): void {
    this.#runs.set(key, {last, missing: new Set()});
    if (this.#runs.size <= maxRuns) return;
    for (const oldest of this.#runs.keys()) {
      this.#runs.delete(oldest);
      return;
    }
  }
}

type Range = readonly [first: number, last: number];

/** Rising ranges, those that follow on each other as one. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const apart: Range[] = [];
  for (const [first, last] of ranges) {
    const before = apart.at(-1);
    if (before?.[1] === first - 1) apart[apart.length - 1] = [before[0], last];
    else apart.push([first, last]);
  }
  return apart;
}
