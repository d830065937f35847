// Reads recordings one after another, event by event; what cannot be read is passed over, counted,
// and told.
import {basename} from 'node:path';
import type {MonitorEvent} from '../monitor-event.ts';
import {sanitise} from '../wire/sanitise.ts';
import type {Recording} from './find-recordings.ts';
import {decodeLine, type RecordingHead} from './format.ts';
import {linesOf} from './lines.ts';

export type Entry =
  /** What follows was recorded by another run of the program: nothing of before holds. */
  | {readonly kind: 'series'; readonly head: RecordingHead}
  | {readonly kind: 'event'; readonly event: MonitorEvent};

/** Kinds of flaws that are told apart. */
const maxFlaws = 100;

export class RecordingReader {
  readonly #files: readonly Recording[];
  readonly #flaws = new Map<string, number>();
  #index = 0;
  #read = 0;

  constructor(files: readonly Recording[]) {
    this.#files = files;
  }

  /** Where it is: the file's name, and how much of all files is read, 0 to 1. */
  get position(): {readonly file: string; readonly share: number} {
    const {path = ''} = this.#files[this.#index] ?? {};
    const before = this.#files.slice(0, this.#index).reduce((sum, {size}) => sum + size, 0);
    const whole = this.#files.reduce((sum, {size}) => sum + size, 0);
    return {
      file: sanitise(basename(path)),
      share: Math.min(1, (before + this.#read) / Math.max(1, whole)),
    };
  }

  /** What could not be read so far, in words, each with how often. */
  get flaws(): readonly string[] {
    return Array.from(this.#flaws, ([flaw, times]) =>
      times === 1 ? flaw : `${flaw} (${times} times)`,
    );
  }

  *entries(): Generator<Entry> {
    let before: RecordingHead | undefined;
    for (const [index, {path, head}] of this.#files.entries()) {
      this.#index = index;
      this.#read = 0;
      const goesOn = before?.series === head.series;
      if (!goesOn) yield {kind: 'series', head};
      const missing = head.part - (goesOn ? (before?.part ?? 0) : 0) - 1;
      if (missing > 0) this.#note(partsWords(missing, goesOn, basename(path)));
      try {
        yield* this.#eventsOf(path, goesOn && missing === 0);
      } catch (error) {
        this.#note(
          `${sanitise(basename(path))} cannot be read: ${sanitise((error as Error).message)}`,
        );
      }
      before = head;
    }
  }

  *#eventsOf(path: string, goesOn: boolean): Generator<Entry> {
    const name = sanitise(basename(path));
    let isHead = true;
    for (const {text, isWhole, end} of linesOf(path)) {
      this.#read = end;
      if (isHead) {
        isHead = false;
        continue;
      }
      const line = text === undefined ? ({kind: 'unreadable'} as const) : decodeLine(text);
      if (line.kind === 'event') {
        if (!line.isRepeated || !goesOn) yield {kind: 'event', event: line.event};
      } else if (!isWhole) {
        this.#note(`${name} ends in half a line: the program was killed, or writes on`);
      } else if (line.kind === 'unknown') {
        this.#note(`${name} has events "${line.name}", which this swfmon does not know`);
      } else {
        this.#note(`${name} has a line that is no event`);
      }
    }
  }

  #note(flaw: string): void {
    if (this.#flaws.size >= maxFlaws && !this.#flaws.has(flaw)) return;
    this.#flaws.set(flaw, (this.#flaws.get(flaw) ?? 0) + 1);
  }
}

function partsWords(missing: number, goesOn: boolean, name: string): string {
  const files = missing === 1 ? 'the file' : `the ${missing} files`;
  return `${files} before ${sanitise(name)} ${missing === 1 ? 'is' : 'are'} missing${goesOn ? '' : ': it begins in the middle'}`;
}
