// Recorders on a directory of their own, and disks that refuse: full, slow, gone.
import * as fs from 'node:fs/promises';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {findRecordings} from '../../source/recording/find-recordings.ts';
import {Recorder, type RecorderEvent} from '../../source/recording/recorder.ts';
import {RecordingReader, type Entry} from '../../source/recording/recording-reader.ts';
import {seriesName, type FileSystem, type RecordingLimits} from '../../source/recording/series.ts';
import {start} from '../model/happenings.ts';

export const about = {
  monitor: 'https://pandaserver02.sdcc.bnl.gov/swf-monitor',
  receiver: 'shift-torre1',
  registers: true,
};

export const roomy: RecordingLimits = {file: 1_000_000, total: 16_000_000};

export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'recording-'));
  onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
  return directory;
}

/** Timers that are due when the test says so. */
export class HandClock {
  time = start;
  readonly #tasks = new Set<{readonly due: number; readonly task: () => void}>();

  readonly now = (): number => this.time;

  readonly after = (delay: number, task: () => void): (() => void) => {
    const entry = {due: this.time + delay, task};
    this.#tasks.add(entry);
    return () => this.#tasks.delete(entry);
  };

  /** Lets `duration` ms pass. */
  pass(duration: number): void {
    this.time += duration;
    for (const entry of this.#tasks) {
      if (entry.due > this.time || !this.#tasks.delete(entry)) continue;
      entry.task();
    }
  }
}

export function errorOf(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${message}`), {code});
}

/** A disk with so many bytes left. */
export class SmallDisk implements FileSystem {
  left: number;
  /** How many calls of `write` it has taken. */
  writes = 0;
  /** Holds every write back while it is pending. */
  gate: Promise<void> = Promise.resolve();
  /** Why no file can be opened. */
  refusal: Error | undefined;
  readonly mkdir = fs.mkdir;
  readonly readdir = fs.readdir;
  readonly stat = fs.stat;
  readonly rm = fs.rm;

  constructor(left = Infinity) {
    this.left = left;
  }

  readonly open: FileSystem['open'] = async (...args) => {
    if (this.refusal) throw this.refusal;
    const handle = await fs.open(...args);
    const write = handle.write.bind(handle) as BytesWriter;
    const limited: BytesWriter = async (bytes, from = 0) => {
      await this.gate;
      if (this.left <= 0) throw errorOf('ENOSPC', 'no space left on device, write');
      const length = Math.min(bytes.length - from, this.left);
      this.left -= length;
      this.writes += 1;
      return write(bytes, from, length);
    };
    return Object.assign(handle, {write: limited});
  };
}

type BytesWriter = (
  bytes: Buffer,
  from?: number,
  length?: number,
) => Promise<{readonly bytesWritten: number}>;

export class Taking {
  readonly told: RecorderEvent[] = [];
  readonly clock = new HandClock();
  readonly directory: string;
  readonly recorder: Recorder;

  constructor(options: {
    readonly directory?: string;
    readonly fs?: FileSystem;
    readonly limits?: RecordingLimits;
    readonly pid?: number;
  }) {
    const {directory = newDirectory(), fs: disk = fs, limits = roomy, pid = 1234} = options;
    this.directory = directory;
    this.recorder = new Recorder({
      directory,
      series: seriesName(this.clock.now(), pid),
      about,
      limits,
      fs: disk,
      clock: this.clock,
      tell: event => this.told.push(event),
    });
    onTestFinished(async () => {
      const closed = this.recorder.close();
      this.clock.pass(10_000);
      await closed;
    });
  }

  take(events: Iterable<MonitorEvent>): this {
    for (const event of events) {
      this.clock.time = Math.max(this.clock.time, event.at);
      this.recorder.record(event);
    }
    return this;
  }

  kinds(): readonly string[] {
    return this.told.map(({kind}) => kind);
  }
}

/** Names of the files there. */
export const filesIn = (directory: string): readonly string[] => readdirSync(directory).sort();

export const linesIn = (path: string): readonly string[] =>
  readFileSync(path, 'utf8').split('\n').slice(0, -1);

export function readAll(...paths: readonly string[]): {
  readonly entries: readonly Entry[];
  readonly events: readonly MonitorEvent[];
  readonly flaws: readonly string[];
} {
  const reader = new RecordingReader(findRecordings(paths).files);
  const entries = [...reader.entries()];
  const events = entries.flatMap(entry => (entry.kind === 'event' ? [entry.event] : []));
  return {entries, events, flaws: reader.flaws};
}

/** Without what the recorder tells of itself. */
export const heard = (events: readonly MonitorEvent[]): readonly MonitorEvent[] =>
  events.filter(({kind}) => !['recording', 'recording-failed', 'not-recorded'].includes(kind));
