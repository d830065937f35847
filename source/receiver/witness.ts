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
import {isWithin, type StreamFilter} from '../wire/filter.ts';
import type {Fetch} from '../wire/transport.ts';
import {wallTime, type Clock} from './clock.ts';
import {Deafness} from './deafness.ts';
import {Delivered, type MissingRow} from './delivered.ts';
import type {MissedTime} from './gap-watch.ts';
import {checkHistory, type CheckResult} from './history-check.ts';
import {PollSchedule} from './poll-schedule.ts';
import {RunSearch} from './run-search.ts';
import {SilenceDetector} from './silence-detector.ts';
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
  /** The stream does not bring what the monitor has from the moment `since` on. */
  readonly deaf: (since: number) => void;
}

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
  readonly #silence: SilenceDetector;
  readonly #schedule: PollSchedule;
  readonly #search = new RunSearch();
  readonly #stopping = new AbortController();
  readonly #gaps: MissedTime[] = [];
  /** Moments at which what was caught up was sent, newest last. */
  #caughtUp: number[] = [];
  readonly #deafness = new Deafness();
  #isChecking = false;
  #isWanted = false;
  #cancelTick: (() => void) | undefined;
  /** The moment before which no check begins by itself. */
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(options: WitnessOptions) {
    this.#options = options;
    const {silenceCheck, witness} = options.timings;
    this.#silence = new SilenceDetector(silenceCheck, witness);
    this.#schedule = new PollSchedule(options.timings);
  }

  /** The stream brought `message` at the moment `now`: whether it is new, or had been caught up already. */
  heard(message: WorkflowMessage, now: number): boolean {
    this.#silence.observeMessage(message, now);
    this.#search.heard(message);
    const {executionId, content} = message;
    if (executionId === undefined || typeof content !== 'object' || content === null) return true;
    const print = contentPrint(content as Readonly<Record<string, unknown>>);
    return this.#delivered.streamed(executionId, print, message, now);
  }

  /** A stream is up; `gap` is what it ended, undefined at the first start. */
  catchUp(gap: MissedTime | undefined): void {
    if (gap) this.#gaps.push(gap);
    void this.check();
    this.#tick();
  }

  /** Another filter is in force: what comes with it alone is read, unless nothing does that did not before. */
  filterChanged(filter: StreamFilter, before: StreamFilter): void {
    this.#delivered.reopenFor(filter);
    if (!isWithin(filter, before)) this.#schedule.filterWidened();
    this.#tick();
  }

  /** An execution runs no more. */
  ended(executionId: string): void {
    this.#silence.ended(executionId);
    this.#delivered.ended(executionId);
  }

  /** Something is known to be missing: REST is asked now, but not again and again. */
  missed(): void {
    this.#schedule.wanted();
    this.#tick();
  }

  /** Asks REST now, or once more after the check that is under way. */
  async check(): Promise<void> {
    if (this.#isChecking) this.#isWanted = true;
    else await this.#run(() => this.#checkOnce());
  }

  /** One check, and a whole one more where it was wanted meanwhile. */
  async #run(first: () => Promise<void>): Promise<void> {
    this.#isChecking = true;
    this.#isWanted = false;
    await first();
    while (this.#isWanted && !this.#stopping.signal.aborted) {
      this.#isWanted = false;
      await this.#checkOnce();
    }
    this.#isChecking = false;
  }

  /** The process did not run: the stream has yet to bring what came meanwhile. */
  stoodStill(): void {
    const {clock, timings} = this.#options;
    this.#notBefore = clock.monotonic() + timings.delivery;
  }

  stop(): void {
    this.#cancelTick?.();
    this.#stopping.abort();
  }

  #tick(): void {
    const {clock, timings, testimony} = this.#options;
    this.#cancelTick?.();
    this.#cancelTick = clock.after(timings.witnessTick, () => this.#tick());
    const now = clock.monotonic();
    if (now < this.#notBefore || this.#isChecking || !testimony()) return;
    if (this.#schedule.isDue(now)) {
      void this.check();
      return;
    }
    const silent = this.#silence.due(now);
    if (silent.length > 0) void this.#run(() => this.#checkSilent(silent));
  }

  async #checkOnce(): Promise<void> {
    const {base, clock, testimony, emit} = this.#options;
    const stream = testimony();
    if (!stream) return;
    const askedAt = clock.monotonic();
    this.#schedule.begin(askedAt);
    const gaps = this.#gaps.splice(0);
    const reading = this.#reading();
    const {fetch, request, load} = reading;
    const since = this.#schedule.reach(askedAt);
    if (stream.filter.runs.length === 0) await this.#searchRuns(fetch, request);
    const read = await this.#readHistory(stream, this.#delivered.unsettled, askedAt, reading);
    if (!read) return;
    const {result, passed} = read;
    for (const runId of [...result.runs].filter(hasRunState).slice(-maxRunLookups)) {
      const files = await lookUpStfFiles(runId, {base, fetch, clock, request});
      if (this.#stopping.signal.aborted) return;
      emit(files);
    }
    if (result.failures.length > 0) {
      // Read again soon; the gaps wait.
      this.#gaps.push(...gaps);
      this.#schedule.failed();
    } else {
      this.#schedule.answered(askedAt);
      this.#search.looked();
      this.#delivered.forgetEndedBefore(since);
    }
    this.#tell(result, gaps, askedAt, {...caughtUpOf(passed, stream), ...load});
    this.#judge(result, testimony(), askedAt);
  }

  /** Reads the rows of these executions alone: they should produce, and are silent. */
  async #checkSilent(executions: readonly string[]): Promise<void> {
    const {clock, testimony} = this.#options;
    const stream = testimony();
    if (!stream) return;
    const askedAt = clock.monotonic();
    const reading = this.#reading();
    const read = await this.#readHistory(stream, executions, askedAt, {
      ...reading,
      isPartial: true,
    });
    if (!read) return;
    const {result, passed} = read;
    const counts = {...caughtUpOf(passed, stream), ...reading.load, isPartial: true};
    this.#tell(result, [], askedAt, counts);
    this.#judge(result, testimony(), askedAt);
  }

  /** What requests of one check are made with, and what they come to. */
  #reading(): Reading {
    const load = {requests: 0, bytes: 0};
    const fetch: Fetch = (...request) => {
      load.requests += 1;
      return this.#options.fetch(...request);
    };
    const request = {
      timeout: this.#options.timings.request,
      signal: this.#stopping.signal,
      onAnswer: (bytes: number) => {
        load.bytes += bytes;
      },
    };
    return {fetch, request, load};
  }

  /** Reads, reports what runs, and passes on what never came; undefined: it was stopped meanwhile. */
  async #readHistory(
    stream: Testimony,
    executions: readonly string[],
    askedAt: number,
    {fetch, request, isPartial = false}: Reading & {readonly isPartial?: boolean},
  ): Promise<{result: CheckResult; passed: readonly MissingRow[]} | undefined> {
    const {base, clock, emit, namespace, listed} = this.#options;
    const result = await checkHistory({
      base,
      fetch,
      filter: stream.filter,
      namespace,
      delivered: this.#delivered,
      executions,
      isPartial,
      request,
    });
    if (this.#stopping.signal.aborted) return undefined;
    for (const {message, sentAt} of result.unheard) {
      this.#silence.observeMessage(message, sentAt - stream.skew, sentAt);
      this.#search.heard(message);
    }
    for (const id of result.executions) this.#silence.rowsRead(id, askedAt);
    for (const id of executions) {
      if (!result.executions.has(id)) this.#silence.readingFailed(id, askedAt);
    }
    for (const execution of result.running) {
      emit({kind: 'execution', at: clock.now(), execution});
    }
    if (result.isListed) listed?.(result.running);
    const passed = await this.#passOn(result.missing, stream.skew);
    return this.#stopping.signal.aborted ? undefined : {result, passed};
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
      this.#delivered.caughtUp(row, clock.monotonic());
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
        executionId => this.#delivered.toldOf(executionId, clock.monotonic()),
      )
      .catch(() => undefined);
  }

  #tell(
    result: CheckResult,
    gaps: readonly MissedTime[],
    askedAt: number,
    counts: Pick<
      EventOf<'history-checked'>,
      'caughtUp' | 'fromBefore' | 'requests' | 'bytes' | 'isPartial'
    >,
  ): void {
    const {clock, emit} = this.#options;
    const at = clock.now();
    const {executions, rows, leftOut, failures} = result;
    // As it was when it was read.
    const {executions: silent, allSince} = this.#silence.silence(askedAt, executions);
    emit({
      kind: 'history-checked',
      at,
      executions: executions.size,
      rows,
      leftOut,
      failures,
      silentSince: allSince === undefined ? undefined : wallTime(clock, allSince),
      silent: [...silent].map(([id, since]) => ({id, since: wallTime(clock, since)})),
      ...counts,
    });
    for (const {id, from, to} of gaps) {
      const isAnswered = failures.length === 0;
      const isInGap = (sentAt: number) => sentAt > from - edge && sentAt < to + edge;
      const caughtUpInGap = this.#caughtUp.filter(isInGap).length;
      const times = {from: wallTime(clock, from), to: wallTime(clock, to)};
      emit({kind: 'gap-filled', at, id, ...times, caughtUp: caughtUpInGap, isAnswered});
    }
  }

  #judge({missing}: CheckResult, stream: Testimony | undefined, askedAt: number): void {
    const {clock, timings, emit, deaf} = this.#options;
    if (!stream) return;
    const stamps = missing.map(({sentAt}) => sentAt);
    const verdict = this.#deafness.weigh(stamps, stream, askedAt, timings.delivery);
    if (!verdict) return;
    this.#schedule.doubted(askedAt);
    const since = wallTime(clock, verdict.since);
    emit({kind: 'deaf', at: clock.now(), since, missing: verdict.missing});
    deaf(verdict.since);
  }
}

/** What one check makes its requests with; `load` counts them. */
interface Reading {
  readonly fetch: Fetch;
  readonly request: RequestOptions;
  readonly load: {requests: number; bytes: number};
}

/** How many were passed on, and how many of them no stream could have brought. */
function caughtUpOf(passed: readonly MissingRow[], {connectedAt}: Testimony) {
  const before = connectedAt + edge;
  const fromBefore = passed.filter(({sentAt}) => sentAt < before).length;
  return {caughtUp: passed.length, fromBefore};
}
