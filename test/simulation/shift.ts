// A simulated shift: runs in two namespaces, faults at random, all from one seed; the receiver and
// the model live through it on a clock that is turned. What they say can then be held against what
// the server knows.
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {MonitorModel} from '../../source/model/monitor-model.ts';
import {generatedCount, missingNow} from '../../source/model/run.ts';
import {isActive, standingOf} from '../../source/model/run-standing.ts';
import {countOf, lacksStfs} from '../../source/model/stage-count.ts';
import {Receiver} from '../../source/receiver/receiver.ts';
import {defaultTimings} from '../../source/receiver/timings.ts';
import {between, mulberry32, wholeBetween, type Random} from '../../source/testbed/random.ts';
import {everything} from '../../source/wire/filter.ts';
import {faults} from './shift-faults.ts';
import {SimulatedServer} from './simulated-server.ts';
import {TurnedClock} from './turned-clock.ts';

const second = 1000;
const minute = 60 * second;

export interface ShiftOptions {
  /** Agents' messages a second beside the runs' own. Default: none. */
  readonly chatter?: number;
}

/** A run as the server and its runner know it. */
export interface TrueRun {
  readonly namespace: string;
  readonly runId: string;
  readonly executionId: string;
  readonly begunAt: number;
  /** Receiver's clock, ms; undefined while it goes on. */
  endedAt: number | undefined;
  readonly generated: Set<number>;
  readonly ready: Set<number>;
}

interface Plan {
  at: number;
  readonly act: () => void;
}

export class Shift {
  readonly clock = new TurnedClock(Date.UTC(2026, 10, 23, 6));
  readonly server: SimulatedServer;
  readonly model = new MonitorModel();
  readonly events: MonitorEvent[] = [];
  /** Serial numbers of the messages that were passed on, in order. */
  readonly shown: number[] = [];
  /** What was said while it was not so, with when. */
  readonly untrue: string[] = [];
  /** Faults in the order of their coming, for the report of a failure. */
  readonly faults: string[] = [];
  readonly runs: TrueRun[] = [];
  /** When the receiver was started; receiver's clock, ms. */
  joinedAt = 0;
  readonly receiver: Receiver;
  readonly #random: Random;
  readonly #plans: Plan[] = [];
  readonly #options: ShiftOptions;
  /** Kept for what is checked at the end; the heap of a long shift is to be the program's own. */
  readonly #maxEvents: number;
  /** When the last fault was over; Infinity while one lasts. */
  #calmSince = 0;
  #serial = 0;
  #runNumber = 100_000;

  constructor(seed: number, options: ShiftOptions = {}) {
    this.#random = mulberry32(seed);
    this.#options = options;
    this.#maxEvents = options.chatter === undefined ? 20_000 : 100;
    const skew = between(this.#random, -10 * minute, 10 * minute);
    this.server = new SimulatedServer(this.clock, skew);
    this.receiver = new Receiver({
      base: 'https://monitor.example/swf-monitor',
      fetch: this.server.fetch,
      filter: everything,
      identity: undefined,
      clock: this.clock,
      random: this.#random,
      timings: defaultTimings,
      emit: event => this.#hear(event),
    });
  }

  /** Lives through `duration` ms, then heals every fault and lets `calm` ms pass. */
  async run(duration: number, calm: number, onHour?: () => void): Promise<void> {
    const end = this.clock.now() + duration;
    for (const namespace of ['torre1', 'fastmon-dev']) {
      this.#plan(between(this.#random, 0, 5 * minute), () => this.#beginRun(namespace, end));
    }
    this.#plan(10 * minute, () => this.#fault(end));
    const {chatter = 0} = this.#options;
    if (chatter > 0) this.#plan(second, () => this.#chat(chatter, end));
    else this.#plan(minute, () => this.#watch(end));
    // Runs that are on their way then were joined late.
    if (chatter === 0)
      await this.#until(this.clock.now() + between(this.#random, 0, 8) * minute, undefined);
    this.joinedAt = this.clock.now();
    this.receiver.start();
    await settle(this.server);
    await this.#until(end, onHour);
    this.#heal();
    await this.#until(end + calm, onHour);
  }

  async stop(): Promise<void> {
    await this.receiver.stop('the shift is over');
  }

  #hear(event: MonitorEvent): void {
    this.model.apply(event);
    if (event.kind === 'history-checked' && event.silentSince !== undefined) {
      this.#weighSilence(event.silentSince);
    }
    if (event.kind === 'message') {
      const {serial} = event.message.content as {serial: number};
      this.shown.push(serial);
    } else if (event.kind !== 'bytes' && event.kind !== 'heartbeat') {
      this.events.push(event);
      if (this.events.length > this.#maxEvents) this.events.shift();
    }
  }

  /** Whether some run that takes data has its newest message from then. */
  #weighSilence(since: number): void {
    const newest = new Map(
      this.server.rows.map(row => [row.content['execution_id'], row] as const),
    );
    newest.delete(undefined);
    const isTrue = [...newest.values()].some(({content: {msg_type: type}, sentAt}) => {
      const takesData = type === 'start_run' || type === 'resume_run' || type === 'stf_gen';
      return takesData && Math.abs(sentAt - this.server.skew - since) < second;
    });
    if (!isTrue) this.untrue.push(`${new Date(this.clock.now()).toISOString()} source silent`);
  }

  #plan(delay: number, act: () => void): void {
    this.#plans.push({at: this.clock.now() + delay, act});
  }

  async #until(end: number, onHour: (() => void) | undefined): Promise<void> {
    let nextHour = this.clock.now() + 60 * minute;
    while (this.clock.now() < end) {
      const planned = Math.min(...this.#plans.map(({at}) => at));
      this.clock.turnTo(Math.min(end, planned, this.clock.nextAt, this.server.nextBeatAt));
      this.server.beat();
      const now = this.clock.now();
      for (const plan of this.#plans.filter(({at}) => at <= now)) {
        this.#plans.splice(this.#plans.indexOf(plan), 1);
        plan.act();
      }
      if (this.server.isBusy) {
        this.server.isBusy = false;
        await settle(this.server);
      }
      if (onHour && now >= nextHour) {
        nextHour += 60 * minute;
        onHour();
      }
    }
  }

  #say(namespace: string, runId: string, executionId: string | undefined, more: object): void {
    this.#serial += 1;
    const content = {serial: this.#serial, namespace, run_id: runId, ...more};
    this.server.publish(
      executionId === undefined ? content : {...content, execution_id: executionId},
    );
  }

  /** Agents' messages at a steady rate; what is long over is forgotten on the server. */
  #chat(rate: number, end: number): void {
    for (let count = 0; count < rate; count += 1) {
      this.#say('torre1', '1', undefined, {msg_type: 'tf_file_registered', tf_filename: 'x.tf'});
    }
    const {rows} = this.server;
    rows.splice(0, Math.max(0, rows.length - 8_000));
    this.shown.splice(0, this.shown.length - 1000);
    if (this.clock.now() < end) this.#plan(second, () => this.#chat(rate, end));
  }

  /**
   * A number can come again once the run that bore it is over; not within a fault: where the whole life of the second
   * falls into it, nothing that REST can be read for tells of it.
   */
  #nextRunNumber(namespace: string): string {
    const over = this.runs.filter(run => run.namespace === namespace && run.endedAt !== undefined);
    const comesAgain = this.#random() < 0.1 && this.#calmSince <= this.clock.now();
    if (over.length > 0 && comesAgain) return over.at(-1)!.runId;
    this.#runNumber += 1;
    return String(this.#runNumber);
  }

  #beginRun(namespace: string, end: number): void {
    const runId = this.#nextRunNumber(namespace);
    const executionId = `stf_datataking-${namespace}-${this.runs.length + 1}`;
    const run: TrueRun = {
      namespace,
      runId,
      executionId,
      begunAt: this.clock.now(),
      endedAt: undefined,
      generated: new Set(),
      ready: new Set(),
    };
    if (this.#options.chatter === undefined) this.runs.push(run);
    let isStopped = false;
    const say = (more: object) => {
      if (!isStopped) this.#say(namespace, runId, executionId, more);
    };
    this.server.begin(executionId, namespace);
    say({msg_type: 'run_imminent', state: 'beam', substate: 'not_ready'});
    let at = between(this.#random, 5, 60) * second;
    let sequence = 0;
    const periods = wholeBetween(this.#random, 1, 3);
    for (let period = 1; period <= periods; period += 1) {
      const type = period === 1 ? 'start_run' : 'resume_run';
      this.#plan(at, () => say({msg_type: type, state: 'run', substate: 'physics'}));
      const stfs = wholeBetween(this.#random, 2, 12);
      for (let stf = 1; stf <= stfs; stf += 1) {
        at += between(this.#random, 5, 90) * second;
        sequence += 1;
        const number = sequence;
        this.#plan(at, () => {
          if (isStopped) return;
          run.generated.add(number);
          say({msg_type: 'stf_gen', sequence: number});
          this.#plan(300, () => {
            run.ready.add(number);
            const ready = {msg_type: 'stf_ready', sequence: number, processed_by: 'data-agent'};
            this.#say(namespace, runId, undefined, ready);
          });
        });
      }
      at += second;
      if (period === periods) break;
      this.#plan(at, () => say({msg_type: 'pause_run', state: 'run', substate: 'standby'}));
      at += between(this.#random, 10, 300) * second;
    }
    const total = sequence;
    const isOver = (status: 'completed' | 'terminated' | 'failed') => {
      isStopped = true;
      run.endedAt = this.clock.now();
      this.server.end(executionId, status);
    };
    this.#plan(at + second, () => {
      if (isStopped) return;
      say({msg_type: 'end_run', total_stf_files: total});
      isOver('completed');
    });
    const stop = this.#fate();
    if (stop) {
      const early = between(this.#random, 0.1, 0.9) * at;
      // A runner that lost the broker goes on in silence until it is done or fails.
      const silent = stop === 'terminated' ? 0 : between(this.#random, 1, 600) * second;
      this.#plan(early, () => (isStopped = true));
      this.#plan(early + silent, () => isOver(stop));
      at = early + silent;
    }
    const next = at + between(this.#random, 1, 20) * minute;
    if (this.clock.now() + next < end) this.#plan(next, () => this.#beginRun(namespace, end));
  }

  /** How a run ends without an `end_run`; undefined: it ends with one. */
  #fate(): 'completed' | 'terminated' | 'failed' | undefined {
    const share = this.#random();
    if (share < 0.12) return 'terminated';
    if (share < 0.18) return 'failed';
    return share < 0.22 ? 'completed' : undefined;
  }

  /** Once a minute, what is on the screen is held against what the server knows. */
  #watch(end: number): void {
    const now = this.clock.now();
    if (now - this.#calmSince > settling) this.untrue.push(...this.falsehoodsOfRuns());
    if (now < end) this.#plan(minute, () => this.#watch(end));
  }

  /** What the screen says of runs that is not so, for longer than it takes to find out. */
  falsehoodsOfRuns(): readonly string[] {
    const snapshot = this.model.snapshot(this.clock.now());
    const {now, health, gaps} = snapshot;
    const cover = {filterTimes: health.filterTimes, skew: health.clockSkew ?? 0, gaps};
    const found: string[] = [];
    for (const run of this.#watched()) {
      const {namespace, runId, executionId, begunAt, endedAt, generated, ready} = run;
      const who = `${new Date(now).toISOString()} ${executionId} (run ${runId})`;
      const shown = snapshot.runs.filter(
        other => other.executionId === executionId && other.runId === runId,
      );
      const [seen] = shown;
      if (!seen) {
        if (now - begunAt > settling) found.push(`${who}: not shown`);
        continue;
      }
      if (shown.length > 1) found.push(`${who}: shown ${shown.length} times`);
      if (seen.namespace !== namespace) found.push(`${who}: shown in ${seen.namespace}`);
      if (endedAt === undefined && !isActive(seen)) found.push(`${who}: shown as over`);
      const {count, isAtLeast, waiting} = countOf(seen, 'ready', 'generated', cover);
      const unready = generated.size - ready.size + this.#withheldOf(run);
      if (waiting !== undefined && waiting > unready) {
        found.push(`${who}: READY ${count} -${waiting}, of which ${unready} can be`);
      }
      if (endedAt === undefined || now - endedAt < settling) continue;
      if (isActive(seen)) found.push(`${who}: over, and shown as active`);
      const {isCertain, until} = standingOf(seen, snapshot);
      if (!isCertain || until > endedAt + cover.skew + second)
        found.push(`${who}: its clock goes on`);
      const made = generatedCount(seen);
      if (lacksStfs(seen, cover) ? made > generated.size : made !== generated.size) {
        found.push(`${who}: ${made} of ${generated.size} STFs`);
      }
      const isFalse = isAtLeast
        ? count > ready.size
        : count !== ready.size || (waiting ?? 0) !== generated.size - ready.size;
      if (isFalse) {
        found.push(`${who}: READY ${count}${isAtLeast ? '+' : ''} -${waiting}, of ${ready.size}`);
      }
      if (missingNow(seen).count !== 0) found.push(`${who}: ${missingNow(seen).count} missing`);
    }
    return found;
  }

  /** Runs before the first that anything told of are nobody's loss, nor those that were over before the receiver came. */
  #watched(): readonly TrueRun[] {
    const {runs} = this.model.snapshot(this.clock.now());
    const ids = new Set(runs.map(({executionId}) => executionId));
    const first = this.runs.findIndex(({executionId}) => ids.has(executionId));
    if (first === -1) return [];
    return this.runs.slice(first).filter(({endedAt = Infinity}) => endedAt > this.joinedAt);
  }

  /** Agents' messages of the run that no list has, and no stream was given. */
  #withheldOf({runId}: TrueRun): number {
    const {withheld} = this.server;
    return [...withheld].filter(
      content => content['msg_type'] === 'stf_ready' && content['run_id'] === runId,
    ).length;
  }

  #fault(end: number): void {
    const length = between(this.#random, 1, 600) * second;
    const {
      name,
      isOperators,
      begin,
      end: over,
    } = faults[wholeBetween(this.#random, 0, faults.length - 1)]!;
    this.faults.push(`${new Date(this.clock.now()).toISOString()} ${name} ${length / second} s`);
    if (!isOperators) this.#calmSince = Infinity;
    begin(this);
    this.#plan(length, () => {
      over(this);
      if (!isOperators) this.#calmSince = this.clock.now();
    });
    const next = length + between(this.#random, 2, 18) * minute;
    if (this.clock.now() + next < end) this.#plan(next, () => this.#fault(end));
  }

  #heal(): void {
    const {server} = this;
    server.isDown = false;
    server.isDeaf = false;
    server.isSilent = false;
    server.isRestDown = false;
    server.loseNext = false;
    this.receiver.setFilter(everything);
  }
}

/** The longest that it takes to find out, ms: a look at REST every five minutes, and what follows from it. */
const settling = 6 * minute;

/** Lets promises and streams do what they have been given to do: a turn for each piece, and some. */
async function settle(server: SimulatedServer): Promise<void> {
  for (let turn = 0; turn < 4; turn += server.hasUnread ? 0 : 1) await new Promise(setImmediate);
}
