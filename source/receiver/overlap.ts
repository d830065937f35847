// While two streams run side by side each message can come on both: shows it once. A message is
// its data, byte for byte, counted: a text that one stream brought three times is shown three times.

export class Overlap {
  /** How often each text was passed on. */
  readonly #shown = new Map<string, number>();
  /** How often each text came, by stream. */
  readonly #counts = new Map<number, Map<string, number>>();
  #alone = false;

  /** From now on what `stream` brings is compared with the others. */
  add(stream: number): void {
    this.#alone = false;
    if (!this.#counts.has(stream)) this.#counts.set(stream, new Map());
  }

  /** `stream` brings nothing any more; what it brought is still known. */
  remove(stream: number): void {
    this.#counts.delete(stream);
    this.#alone = this.#counts.size < 2;
  }

  /** Whether `data`, just come on `stream`, is new. Counts it. */
  isNew(stream: number, data: string): boolean {
    const shown = this.#shown.get(data) ?? 0;
    // A stream that is left alone brings news, but for what the others had brought before it.
    if (this.#alone && shown === 0) return true;
    const counts = this.#counts.get(stream);
    if (!counts) return true;
    const count = (counts.get(data) ?? 0) + 1;
    counts.set(data, count);
    if (count <= shown) return false;
    this.#shown.set(data, count);
    return true;
  }

  /** Distinct messages remembered: what came while two streams were open, no more. */
  get size(): number {
    return this.#shown.size;
  }
}
