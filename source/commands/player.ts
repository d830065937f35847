// Plays a recording: its time goes on by a clock of its own, as fast as the operator wants it. The
// screen reads from it what holds then, and its keys go to it.
import type {Snapshot} from '../model/monitor-model.ts';
import {describeEvent, type MonitorEvent} from '../monitor-event.ts';
import type {Recording} from '../recording/find-recordings.ts';
import {RecordingReader, type Entry} from '../recording/recording-reader.ts';
import type {Thresholds} from '../thresholds.ts';
import type {Replay, ReplayCommand, ReplayState} from '../ui/store/replay.ts';
import type {ShownModel} from '../ui/store/screen-store.ts';
import {formatSpeed} from '../ui/view-models/header.ts';
import {Retold} from './retold.ts';

/** Recorded seconds a second. */
const speeds: readonly number[] = [0.1, 0.5, 1, 2, 5, 10, 60, 300, Infinity];

/** Of the computer's time, that events may take at a time, ms: keys are to be heard between. */
const slice = 80;

export interface PlayerOptions {
  readonly files: readonly Recording[];
  readonly thresholds: Thresholds;
  /** Alerts are of its runs alone. */
  readonly namespace?: string | undefined;
  /** Above 0; Infinity: as fast as it goes. */
  readonly speed: number;
  /** Recorded time, ms, to which it goes at once. */
  readonly since: number | undefined;
  /** This computer's time, ms; it never steps. */
  readonly wall: () => number;
}

export class Player implements Replay, ShownModel {
  readonly #options: PlayerOptions;
  #reader: RecordingReader;
  #entries: Iterator<Entry>;
  #next: Entry | undefined;
  #retold: Retold;
  #mode: ReplayState['mode'] = 'playing';
  /** Recorded time that it jumps to; undefined: to the next alert or gap. */
  #goal: number | undefined;
  #speed: number;
  /** When recorded time was last made to go on, by this computer's clock, ms. */
  #wallAt: number;
  #version = 0;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#speed = options.speed;
    this.#wallAt = options.wall();
    this.#reader = new RecordingReader(options.files);
    this.#entries = this.#reader.entries();
    this.#retold = new Retold(options.thresholds, options.namespace);
    this.#read();
    this.#playTo(-Infinity);
    this.#goal = options.since;
    if (options.since !== undefined) this.#mode = 'jumping';
  }

  get state(): ReplayState {
    const {file, share} = this.#reader.position;
    const flaws = this.#reader.flaws.length;
    return {file, share, speed: this.#speed, mode: this.#mode, flaws};
  }

  /** What could not be read so far, in words. */
  get flaws(): readonly string[] {
    return this.#reader.flaws;
  }

  /** Recorded time, ms. */
  now(): number {
    return this.#retold.now;
  }

  get version(): number {
    return this.#version;
  }

  get alertsRaised(): number {
    return this.#retold.model.alertsRaised;
  }

  snapshot(now: number): Snapshot {
    return this.#retold.model.snapshot(now);
  }

  freeze(now: number): Snapshot {
    return this.#retold.model.freeze(now);
  }

  /** They are checked as recorded time passes. */
  checkAlerts(): void {}

  /** What the operator does to the model. */
  apply(event: MonitorEvent): void {
    this.#retold.model.apply(event);
    this.#version += 1;
  }

  /** Recorded time goes on by what has passed of the computer's. */
  advance(): void {
    const {wall} = this.#options;
    const now = wall();
    const passed = now - this.#wallAt;
    this.#wallAt = now;
    if (this.#mode === 'jumping') {
      if (this.#goal === undefined) this.#jump(now + slice);
      else this.#jumpTo(this.#goal, now + slice);
    }
    if (this.#mode !== 'playing') return;
    const target = this.#speed === Infinity ? Infinity : this.now() + passed * this.#speed;
    this.#playTo(target, now + slice);
  }

  act(command: ReplayCommand): string | undefined {
    return commands[command](this);
  }

  togglePause(): string | undefined {
    if (this.#mode === 'ended') return atEnd;
    this.#mode = this.#mode === 'playing' ? 'paused' : 'playing';
    return undefined;
  }

  /** To the next message, or event that there are words for. */
  step(): string | undefined {
    if (this.#mode === 'ended') return atEnd;
    this.#mode = 'paused';
    while (this.#next) {
      const event = this.#playOne();
      if (event?.kind === 'message') return undefined;
      const words = event && describeEvent(event);
      if (words !== undefined) return words;
    }
    return this.#end();
  }

  changeSpeed(by: 1 | -1): string {
    const faster = speeds.find(speed => speed > this.#speed) ?? Infinity;
    const slower = speeds.findLast(speed => speed < this.#speed) ?? speeds[0]!;
    this.#speed = by > 0 ? faster : slower;
    return `speed ${formatSpeed(this.#speed)}`;
  }

  jump(): string | undefined {
    if (this.#mode === 'ended') return atEnd;
    this.#mode = 'jumping';
    this.#goal = undefined;
    return undefined;
  }

  restart(): string {
    this.#reader = new RecordingReader(this.#options.files);
    this.#entries = this.#reader.entries();
    this.#retold = new Retold(this.#options.thresholds, this.#options.namespace);
    this.#version += 1;
    this.#mode = 'playing';
    this.#read();
    return 'from the beginning';
  }

  /** Events up to recorded time `target`, as long as this computer's clock is not at `until`. */
  #playTo(target: number, until = Infinity): void {
    const {wall} = this.#options;
    let end = target;
    while (this.#next && wall() < until) {
      const event = this.#next.kind === 'event' ? this.#next.event : undefined;
      // The clock that recorded was set: its time goes on from there.
      const due = event?.kind === 'clock-stepped' ? end + event.by : end;
      if (event && event.at > due) {
        this.#retold.passTo(end);
        return;
      }
      this.#playOne();
      end = due;
    }
    if (!this.#next) this.#end();
  }

  #jumpTo(goal: number, until: number): void {
    this.#playTo(goal, until);
    const isThere = this.#next?.kind === 'event' && this.#next.event.at > goal;
    if (isThere) this.#mode = 'playing';
  }

  #jump(until: number): void {
    const {wall} = this.#options;
    const raised = this.alertsRaised;
    while (this.#next && wall() < until) {
      const isGap = this.#next.kind === 'event' && this.#next.event.kind === 'gap-opened';
      const isPlayed = this.#playOneSecond();
      if (this.alertsRaised > raised || (isGap && isPlayed)) {
        this.#mode = 'paused';
        return;
      }
    }
    if (!this.#next) this.#end();
  }

  /** The next event, unless it is more than a second away; answers whether it was played. */
  #playOneSecond(): boolean {
    const second = (Math.floor(this.now() / 1000) + 1) * 1000;
    if (this.#next?.kind === 'event' && this.#next.event.at > second) {
      this.#retold.passTo(second);
      return false;
    }
    this.#playOne();
    return true;
  }

  #playOne(): MonitorEvent | undefined {
    const entry = this.#next;
    this.#read();
    this.#version += 1;
    if (entry?.kind === 'event') {
      this.#retold.hear(entry.event);
      return entry.event;
    }
    // Another program began to listen: it knew of nothing.
    if (entry?.kind === 'series') {
      this.#retold = new Retold(this.#options.thresholds, this.#options.namespace);
      this.#retold.now = this.#next?.kind === 'event' ? this.#next.event.at : entry.head.at;
    }
    return undefined;
  }

  #read(): void {
    const {done, value} = this.#entries.next();
    this.#next = done ? undefined : value;
  }

  #end(): string {
    this.#mode = 'ended';
    return atEnd;
  }
}

const atEnd = 'the recording ends here; R plays it from the beginning';

const commands: Readonly<Record<ReplayCommand, (player: Player) => string | undefined>> = {
  pause: player => player.togglePause(),
  step: player => player.step(),
  faster: player => player.changeSpeed(1),
  slower: player => player.changeSpeed(-1),
  jump: player => player.jump(),
  restart: player => player.restart(),
};
