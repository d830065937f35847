// Appends events to the files of a directory, behind the program's back: recording never waits for
// the disk and never throws. Twice a second and more the lines that wait are written in one go, so
// that a killed process loses less than a second; a disk that refuses is asked again later, and what
// does not fit into memory meanwhile is counted.
import {basename, join} from 'node:path';
import type {EventOf, MonitorEvent} from '../monitor-event.ts';
import {sanitise} from '../wire/sanitise.ts';
import {FileWriter} from './file-writer.ts';
import {encodeEvent, encodeHead, type RecordingAbout} from './format.ts';
import {fileName, makeRoom, type FileSystem, type RecordingLimits} from './series.ts';
import {Standing} from './standing.ts';

/** From the first line that waits to its being written, ms. */
const gathering = 200;
/** Until a disk that refused is asked again, ms. */
const patience = 10_000;
/** For the last lines when the program ends, ms. */
const farewell = 2000;
/** Bytes that wait for the disk; as much again can be on its way there. */
const maxWaiting = 8 * 1024 * 1024;

/** What the recorder itself has to tell. */
export type RecorderEvent = EventOf<'recording' | 'recording-failed' | 'not-recorded'>;

export interface RecorderOptions {
  readonly directory: string;
  readonly series: string;
  readonly about: RecordingAbout;
  readonly limits: RecordingLimits;
  readonly fs: FileSystem;
  readonly clock: {
    readonly now: () => number;
    readonly after: (delay: number, task: () => void) => () => void;
  };
  /** Told besides being recorded. */
  readonly tell: (event: RecorderEvent) => void;
}

interface WaitingLine {
  readonly text: string;
  readonly bytes: number;
}

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #standing = new Standing();
  #waiting: WaitingLine[] = [];
  #waitingBytes = 0;
  /** What did not fit since the last line that waits. */
  #omitted: {readonly from: number; to: number; events: number} | undefined;
  #file: FileWriter | undefined;
  #part = 0;
  /** Lines on their way to the disk, which refused them. */
  #left: Buffer = Buffer.alloc(0);
  #hasFailed = false;
  #isWriting = false;
  #isClosed = false;
  #cancel: (() => void) | undefined;
  #written: Promise<void> = Promise.resolve();

  constructor(options: RecorderOptions) {
    this.#options = options;
    // An empty file shows that it can be written, or the failure that it cannot.
    this.#writeAfter(0);
  }

  /** Takes an event to be written soon. */
  record(event: MonitorEvent): void {
    if (this.#isClosed) return;
    this.#standing.note(event);
    if (this.#waitingBytes >= maxWaiting) {
      this.#omit(event.at);
      return;
    }
    this.#tellOmitted();
    this.#push(event);
  }

  /**
   * Writes what waits, unless the disk takes too long; afterwards nothing is recorded. Answers how
   * many events are in no file.
   */
  async close(): Promise<number> {
    this.#tellOmitted();
    this.#isClosed = true;
    this.#cancel?.();
    const {clock} = this.#options;
    const {promise: late, resolve} = Promise.withResolvers<void>();
    const cancel = clock.after(farewell, resolve);
    const last = this.#written.then(() => this.#writeOut()).then(() => this.#file?.close());
    await Promise.race([last, late]);
    cancel();
    return this.#waiting.length + this.#left.toString('latin1').split('\n').length - 1;
  }

  #push(event: MonitorEvent): void {
    const text = encodeEvent(event);
    const bytes = Buffer.byteLength(text);
    this.#waiting.push({text, bytes});
    this.#waitingBytes += bytes;
    this.#writeAfter(gathering);
  }

  #omit(at: number): void {
    if (this.#omitted) {
      this.#omitted.to = at;
      this.#omitted.events += 1;
      return;
    }
    this.#omitted = {from: at, to: at, events: 1};
    if (this.#hasFailed) return;
    const reason = 'the disk does not keep up';
    this.#options.tell({kind: 'recording-failed', at, reason, retryAt: undefined});
  }

  #tellOmitted(): void {
    if (!this.#omitted) return;
    const event = {kind: 'not-recorded', at: this.#omitted.to, ...this.#omitted} as const;
    this.#omitted = undefined;
    this.#say(event);
    if (this.#file && !this.#hasFailed) this.#sayFile(this.#file, event.at, 0);
  }

  /** Events go there from now on. */
  #sayFile({path}: FileWriter, at: number, removed: number): void {
    this.#say({kind: 'recording', at, file: sanitise(basename(path)), removed});
  }

  #say(event: RecorderEvent): void {
    this.#push(event);
    this.#options.tell(event);
  }

  #writeAfter(delay: number): void {
    if (this.#cancel || this.#isWriting || this.#isClosed) return;
    this.#cancel = this.#options.clock.after(delay, () => {
      this.#cancel = undefined;
      this.#written = this.#writeOut();
    });
  }

  async #writeOut(): Promise<void> {
    this.#isWriting = true;
    const failure = await this.#writeLines().catch((error: unknown) => error as Error);
    this.#isWriting = false;
    if (failure) await this.#fail(failure);
    else if (this.#waiting.length > 0) this.#writeAfter(gathering);
  }

  /** Until no line waits any more. Answers why the disk refused. */
  async #writeLines(): Promise<Error | undefined> {
    do {
      const file = await this.#fileFor(this.#left.length || (this.#waiting[0]?.bytes ?? 0));
      if (this.#left.length === 0) this.#left = this.#take(this.#options.limits.file - file.size);
      const {error, left} = await file.append(this.#left);
      this.#left = left;
      if (error) return error;
    } while (this.#waiting.length > 0);
    return undefined;
  }

  /** Lines of `room` bytes together; one at least. */
  #take(room: number): Buffer {
    let count = 0;
    let bytes = 0;
    for (const line of this.#waiting) {
      if (count > 0 && bytes + line.bytes > room) break;
      count += 1;
      bytes += line.bytes;
    }
    const lines = this.#waiting.splice(0, count);
    this.#waitingBytes -= bytes;
    return Buffer.from(lines.map(({text}) => text).join(''));
  }

  /** A file in which so many bytes have room; the first has it always. */
  async #fileFor(bytes: number): Promise<FileWriter> {
    const {fs, directory, series, about, limits, clock} = this.#options;
    if (this.#file?.takes(bytes, limits.file)) return this.#file;
    await this.#file?.close();
    this.#file = undefined;
    await fs.mkdir(directory, {recursive: true});
    const removed = await makeRoom(fs, directory, limits);
    const at = clock.now();
    const part = this.#part + 1;
    const repeated = Array.from(this.#standing.events, event => encodeEvent(event, true));
    const head = [encodeHead({...about, series, part, at}), ...(part > 1 ? repeated : [])].join('');
    const path = join(directory, fileName(series, part));
    this.#file = await FileWriter.create(fs, path, Buffer.from(head));
    this.#part = part;
    this.#hasFailed = false;
    this.#sayFile(this.#file, at, removed);
    return this.#file;
  }

  /** What was on its way waits for another file; of the words only the first are told. */
  async #fail({message}: Error): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    const at = this.#options.clock.now();
    const isFirst = !this.#hasFailed;
    this.#hasFailed = true;
    if (isFirst) {
      const reason = sanitise(message);
      this.#say({kind: 'recording-failed', at, reason, retryAt: at + patience});
    }
    this.#cancel?.();
    this.#cancel = undefined;
    this.#writeAfter(patience);
  }
}
