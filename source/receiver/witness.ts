// The second witness: REST is asked after every opening that can have missed something, every few
// minutes, and soon when a run falls silent; for heartbeats do not prove that messages flow. What
// never came is caught up; a stream that beats on without the messages is told to be deaf.
import type {EventOf, MonitorEvent} from '../monitor-event.ts';
import {contentPrint} from '../wire/content-print.ts';
import {formatJson} from '../wire/json.ts';
import type {Execution} from '../wire/execution.ts';
import type {WorkflowMessage} from '../wire/message.ts';
import {fetchExecutionOf, hasRunState} from '../wire/run-state.ts';
import type {RequestOptions} from '../wire/request.ts';
import {sameFilter, type StreamFilter} from '../wire/filter.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Clock} from './clock.ts';
import {Deafness} from './deafness.ts';
import {Delivered, type MissingRow} from './delivered.ts';
import {checkHistory, type CheckResult} from './history-check.ts';
import {LookTimes} from './look-times.ts';
import {Rhythm} from './rhythm.ts';
import {RunSearch} from './run-search.ts';
import {lookUpStfFiles} from './stf-files-lookup.ts';
import type {Testimony} from './testimony.ts';
import type {Timings} from './timings.ts';

export interface WitnessOptions {
  readonly base: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly emit: (event: MonitorEvent) => void;
  /** Only executions of this namespace are listed. */
  readonly namespace?: string | undefined;
  /** The list of running executions was read. */
  readonly listed?: (running: readonly Execution[]) => void;
  /** Undefined while no stream is up. */
  readonly testimony: () => Testimony | undefined;
  /** The stream does not bring what the monitor has: `lastSentAt` and later, receiver's clock. */
  readonly deaf: (since: number) => void;
}

type Gap = Pick<EventOf<'gap-closed'>, 'from' | 'to' | 'id'>;

/** Rows passed on before live messages get a turn. */
const batch = 500;
/** Times of caught-up messages that are remembered. */
const maxCaughtUp = 20_000;
/** What was sent so close to a gap belongs to it: on its way then, or by clocks that differ, ms. */
const edge = 1000;
/** Runs whose STF files are looked up, a check. */
const maxRunLookups = 5;

export class Witness {
  readonly #options: WitnessOptions;
  readonly #delivered = new Delivered();
  readonly #rhythm = new Rhythm();
  readonly #times: LookTimes;
  readonly #search = new RunSearch();
  readonly #stopping = new AbortController();
  readonly #gaps: Gap[] = [];
  /** When what was caught up was sent, newest last; receiver's clock, ms. */
  #caughtUp: number[] = [];
  readonly #deafness = new Deafness();
  /** At the last look. */
  #filter: StreamFilter | undefined;
  #isChecking = false;
  #isWanted = false;
  #cancelTick: (() => void) | undefined;

  constructor(options: WitnessOptions) {
    this.#options = options;
    this.#times = new LookTimes(options.timings);
  }

  /** The stream brought `message`: whether it is new, or had been caught up already. */
  heard(message: WorkflowMessage, now: number): boolean {
    this.#rhythm.heard(message, now);
    this.#search.heard(message);
    this.#times.heard();
    const {executionId, content} = message;
    if (executionId === undefined || typeof content !== 'object' || content === null) return true;
    const print = contentPrint(content as Readonly<Record<string, unknown>>);
    return this.#delivered.streamed(executionId, print, message, now);
  }

  /** A stream is up; `gap` is what it ended, undefined at the first start. */
  catchUp(gap: Gap | undefined): void {
    if (gap) this.#gaps.push(gap);
    void this.check();
    this.#tick();
  }

  /** Something is known to be missing: REST is asked now, but not again and again. */
  missed(): void {
    this.#times.wanted();
    this.#tick();
  }

  /** Asks REST now, or once more after the check that is under way. */
  async check(): Promise<void> {
    if (this.#isChecking) {
      this.#isWanted = true;
      return;
    }
    this.#isChecking = true;
    do {
      this.#isWanted = false;
      await this.#checkOnce();
    } while (this.#isWanted && !this.#stopping.signal.aborted);
    this.#isChecking = false;
  }

  stop(): void {
    this.#cancelTick?.();
    this.#stopping.abort();
  }

  #tick(): void {
    const {clock, timings, testimony} = this.#options;
    this.#cancelTick?.();
    this.#cancelTick = clock.after(timings.witnessTick, () => this.#tick());
    const now = clock.now();
    const isSilent = () => this.#rhythm.silentSince(now) !== undefined;
    if (testimony() && !this.#isChecking && this.#times.isDue(now, isSilent)) void this.check();
  }

  async #checkOnce(): Promise<void> {
    const {base, clock, timings, testimony, emit, namespace, listed} = this.#options;
    const stream = testimony();
    if (!stream) return;
    const askedAt = clock.now();
    if (this.#filter && !sameFilter(this.#filter, stream.filter)) this.#delivered.reopenOwed();
    this.#filter = stream.filter;
    this.#times.begin(askedAt);
    const gaps = this.#gaps.splice(0);
    const load = {requests: 0, bytes: 0};
    const fetch: Fetch = (...request) => {
      load.requests += 1;
      return this.#options.fetch(...request);
    };
    const since = this.#times.reach(askedAt);
    const request = {
      timeout: timings.request,
      signal: this.#stopping.signal,
      onAnswer: (bytes: number) => {
        load.bytes += bytes;
      },
    };
    if (stream.filter.runs.length === 0) await this.#searchRuns(fetch, request);
    const result = await checkHistory({
      base,
      fetch,
      filter: stream.filter,
      namespace,
      delivered: this.#delivered,
      executions: this.#delivered.openOrHeardSince(since),
      request,
    });
    if (this.#stopping.signal.aborted) return;
    for (const {message, sentAt} of result.unheard) {
      this.#rhythm.heard(message, sentAt - stream.skew);
      this.#search.heard(message);
    }
    for (const execution of result.running) {
      emit({kind: 'execution', at: clock.now(), execution});
    }
    if (result.isListed) listed?.(result.running);
    const passed = await this.#passOn(result.missing, stream.skew);
    if (this.#stopping.signal.aborted) return;
    for (const runId of [...result.runs].filter(hasRunState).slice(-maxRunLookups)) {
      const files = await lookUpStfFiles(runId, {base, fetch, clock, request});
      if (this.#stopping.signal.aborted) return;
      emit(files);
    }
    if (result.failures.length > 0) {
      // Asked again soon; the gaps wait.
      this.#gaps.push(...gaps);
      this.#times.failed();
    } else {
      this.#times.answered(askedAt);
      this.#search.looked();
      this.#delivered.forgetEndedBefore(since);
    }
    const before = stream.connectedAt + edge;
    const caughtUp = {
      caughtUp: passed.length,
      fromBefore: passed.filter(({sentAt}) => sentAt < before).length,
    };
    this.#tell(result, gaps, askedAt, {...caughtUp, ...load});
    this.#judge(result, testimony(), askedAt);
  }

  /** Passes on what is still missing when its turn comes, and answers that. */
  async #passOn(missing: readonly MissingRow[], skew: number): Promise<readonly MissingRow[]> {
    const {clock, emit} = this.#options;
    const passed: MissingRow[] = [];
    for (const [index, row] of missing.entries()) {
      if (index > 0 && index % batch === 0) {
        await new Promise<void>(resolve => clock.after(0, resolve));
        if (this.#stopping.signal.aborted) return passed;
      }
      // The stream may have brought it while REST was asked.
      if (!this.#delivered.isMissing(row)) continue;
      this.#delivered.caughtUp(row, clock.now());
      passed.push(row);
      this.#caughtUp.push(row.sentAt - skew);
      const {message} = row;
      emit({
        kind: 'message',
        at: clock.now(),
        stream: 0,
        source: 'history',
        name: message.type,
        data: formatJson(message.content),
        message,
      });
    }
    this.#caughtUp = this.#caughtUp.slice(-maxCaughtUp);
    return passed;
  }

  /** One that fails goes on with the next look: it finds what nothing else tells of. */
  async #searchRuns(fetch: Fetch, request: RequestOptions): Promise<void> {
    const {base, clock} = this.#options;
    await this.#search
      .look(
        runId => fetchExecutionOf(fetch, base, runId, request),
        executionId => this.#delivered.toldOf(executionId, clock.now()),
      )
      .catch(() => undefined);
  }

  #tell(
    result: CheckResult,
    gaps: readonly Gap[],
    askedAt: number,
    counts: Pick<EventOf<'history-checked'>, 'caughtUp' | 'fromBefore' | 'requests' | 'bytes'>,
  ): void {
    const {clock, emit} = this.#options;
    const at = clock.now();
    const {executions, rows, leftOut, failures} = result;
    emit({
      kind: 'history-checked',
      at,
      executions: executions.size,
      rows,
      leftOut,
      failures,
      // Only of those that REST was asked about, and as it was then.
      silentSince: this.#rhythm.silentSince(askedAt, executions),
      ...counts,
    });
    for (const {id, from, to} of gaps) {
      const isAnswered = failures.length === 0;
      const isInGap = (sentAt: number) => sentAt > from - edge && sentAt < to + edge;
      const caughtUpInGap = this.#caughtUp.filter(isInGap).length;
      emit({kind: 'gap-filled', at, id, from, to, caughtUp: caughtUpInGap, isAnswered});
    }
  }

  #judge({missing}: CheckResult, stream: Testimony | undefined, askedAt: number): void {
    const {clock, timings, emit, deaf} = this.#options;
    if (!stream) return;
    const stamps = missing.map(({sentAt}) => sentAt);
    const verdict = this.#deafness.weigh(stamps, stream, askedAt, timings.delivery);
    if (!verdict) return;
    this.#times.doubted(askedAt);
    emit({kind: 'deaf', at: clock.now(), ...verdict});
    deaf(verdict.since);
  }
}
