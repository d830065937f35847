// A queue with a bound: when it is full, the oldest item makes room for the newest.

/** Space freed at the front is given back when it is more than this and half of the array. */
const slack = 1024;

export class NewestQueue<Item> implements Iterable<Item> {
  readonly #limit: number;
  readonly #items: (Item | undefined)[] = [];
  #head = 0;
  #dropped = 0;

  /** `limit` may be Infinity. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** Items that made room for newer ones, in all. */
  get dropped(): number {
    return this.#dropped;
  }

  push(item: Item): void {
    this.#items.push(item);
    if (this.size <= this.#limit) return;
    this.shift();
    this.#dropped += 1;
  }

  shift(): Item | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head > slack && this.#head * 2 > this.#items.length) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return item;
  }

  clear(): void {
    this.#items.length = 0;
    this.#head = 0;
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let index = this.#head; index < this.#items.length; index += 1) {
      yield this.#items[index] as Item;
    }
  }
}
