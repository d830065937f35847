// The newest messages and the gaps between them, in the order of their coming, within a bound of
// number and of size.
import type {WorkflowMessage} from '../wire/message.ts';
import {PackedMessages} from './packed-messages.ts';

interface Placed {
  /** Place in the log; rises by one from entry to entry. */
  readonly id: number;
  /** When it came or, for what was caught up, would have come: receiver's clock, ms. */
  readonly at: number;
}

export interface MessageEntry extends Placed {
  readonly kind: 'message';
  readonly message: WorkflowMessage;
  /** The stream never brought it: it was read from REST. */
  readonly isCaughtUp: boolean;
}

/** Time in which messages can have been missed. */
export interface GapEntry extends Placed {
  readonly kind: 'gap';
  /** Of the gap's events. */
  readonly gap: number;
  /** The last byte before it, ms. */
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
  readonly reason: string;
  /** Messages that REST had of it; undefined while REST has not answered. */
  readonly caughtUp: number | undefined;
  /** REST was asked and did not answer. */
  readonly isUnanswered: boolean;
}

/** Sequence numbers of a run's STFs that a healthy stream did not bring. */
export interface HoleEntry extends Placed {
  readonly kind: 'hole';
  readonly runId: string;
  readonly namespace: string | undefined;
  readonly first: number;
  readonly last: number;
}

/** What an operator has left for whoever reads on. */
export interface MarkEntry extends Placed {
  readonly kind: 'mark';
  readonly text: string;
}

export type LogEntry = MessageEntry | GapEntry | HoleEntry | MarkEntry;

/** A view of the log: ids from `first` to `last` without holes; empty when last < first. */
export interface LogView {
  readonly first: number;
  readonly last: number;
  get(id: number): LogEntry | undefined;
}

/** Entries kept, and the size of their data in UTF-16 units. */
export interface LogBounds {
  readonly entries: number;
  readonly size: number;
}

export const defaultBounds: LogBounds = {entries: 5_000, size: 32 * 1024 * 1024};

type Unnumbered<Entry> = Entry extends LogEntry ? Omit<Entry, 'id'> : never;

export class MessageLog implements LogView {
  readonly #bounds: LogBounds;
  readonly #slots: (LogEntry | undefined)[];
  /** Messages of the stream that nobody has looked at; their slots are empty. */
  readonly #packed = new PackedMessages();
  readonly #sizes: number[] = [];
  #size = 0;
  first = 1;
  last = 0;

  constructor(bounds: LogBounds = defaultBounds) {
    this.#bounds = bounds;
    this.#slots = Array<LogEntry | undefined>(bounds.entries).fill(undefined);
  }

  /** `size` of the data, in UTF-16 units. Answers the entry's id. */
  add(entry: Unnumbered<LogEntry>, size: number): number {
    const slot = this.#nextSlot(size);
    this.#slots[slot] = {...entry, id: this.last};
    return this.last;
  }

  /** A message that the stream brought at `at` (receiver's clock, ms), read from `data`. */
  addStreamed(at: number, message: WorkflowMessage, data: string): void {
    const slot = this.#nextSlot(data.length);
    if (this.#packed.put(slot, at, message, data)) return;
    this.#slots[slot] = {kind: 'message', id: this.last, at, message, isCaughtUp: false};
  }

  /** The same object as long as it stands there. */
  get(id: number): LogEntry | undefined {
    if (id < this.first || id > this.last) return undefined;
    const slot = id % this.#bounds.entries;
    return (this.#slots[slot] ??= this.#unpacked(slot, id));
  }

  /**
   * Puts an entry in its place in time, behind those of the same moment; the ids of newer ones rise
   * by one. What is older than a full log goes nowhere.
   */
  insert(entry: Unnumbered<LogEntry>, size: number): void {
    const newest = this.get(this.last);
    if (!newest || newest.at <= entry.at) {
      this.add(entry, size);
      return;
    }
    const isFull = this.last - this.first + 1 >= this.#bounds.entries;
    if (isFull && entry.at < (this.get(this.first)?.at ?? 0)) return;
    const newestSize = this.#sizes[this.last % this.#bounds.entries] ?? 0;
    this.add(newest, newestSize);
    let id = this.last - 1;
    for (; id > this.first; id -= 1) {
      const before = this.get(id - 1);
      if (!before || before.at <= entry.at) break;
      this.#put(id, before, this.#sizes[(id - 1) % this.#bounds.entries] ?? 0);
    }
    this.#put(id, entry, size);
    this.#size += size - newestSize;
  }

  /** Puts what `change` makes of the gap where the gap stands, if it is still there. */
  changeGap(gap: number, change: Partial<GapEntry>): void {
    const slot = this.#slots.findIndex(entry => entry?.kind === 'gap' && entry.gap === gap);
    const entry = this.#slots[slot];
    if (entry?.kind === 'gap') this.#slots[slot] = {...entry, ...change};
  }

  /** The wall clock was set by so many ms: all that came before is shown by the new time, and keeps its place. */
  shift(by: number): void {
    this.#packed.shift(by);
    for (const [slot, entry] of this.#slots.entries()) {
      if (entry) this.#slots[slot] = shifted(entry, by);
    }
  }

  /** The slot of the next entry, empty; `size` of its data, in UTF-16 units. */
  #nextSlot(size: number): number {
    this.last += 1;
    if (this.last - this.first >= this.#bounds.entries) this.#dropFirst();
    const slot = this.last % this.#bounds.entries;
    this.#sizes[slot] = size;
    this.#size += size;
    while (this.#size > this.#bounds.size && this.first < this.last) this.#dropFirst();
    return slot;
  }

  #unpacked(slot: number, id: number): LogEntry | undefined {
    const packed = this.#packed.get(slot);
    return packed && {kind: 'message', id, ...packed, isCaughtUp: false};
  }

  #put(id: number, entry: Unnumbered<LogEntry>, size: number): void {
    const slot = id % this.#bounds.entries;
    this.#slots[slot] = {...entry, id};
    this.#sizes[slot] = size;
  }

  /** The log as it is now, for good. */
  freeze(): LogView {
    const {first, last} = this;
    const entries: (LogEntry | undefined)[] = [];
    for (let id = first; id <= last; id += 1) entries.push(this.get(id));
    return {first, last, get: id => entries[id - first]};
  }

  #dropFirst(): void {
    const slot = this.first % this.#bounds.entries;
    this.#size -= this.#sizes[slot] ?? 0;
    this.#slots[slot] = undefined;
    this.#sizes[slot] = 0;
    this.first += 1;
  }
}

function shifted(entry: LogEntry, by: number): LogEntry {
  const at = entry.at + by;
  if (entry.kind !== 'gap') return {...entry, at};
  const {from, to} = entry;
  return {...entry, at, from: from + by, to: to === undefined ? undefined : to + by};
}
