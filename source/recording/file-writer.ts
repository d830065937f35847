// One file of a recording: lines go to its end, whole, and as far as the disk takes them.
import type {FileHandle} from 'node:fs/promises';
import type {FileSystem} from './series.ts';

export class FileWriter {
  readonly path: string;
  readonly #handle: FileHandle;
  /** Bytes of it so far, and of its head. */
  size = 0;
  #headSize = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /**
   * A new file that begins with `head`. Where that cannot be written, there is none.
   * @throws Error
   */
  static async create(fs: FileSystem, path: string, head: Buffer): Promise<FileWriter> {
    const writer = new FileWriter(path, await fs.open(path, 'ax', 0o644));
    try {
      const {error} = await writer.append(head);
      if (error) throw error;
      writer.#headSize = writer.size;
      return writer;
    } catch (error) {
      await writer.close();
      await fs.rm(path, {force: true});
      throw error;
    }
  }

  /** Whether so many bytes have room below `limit`; it never stays with its head alone. */
  takes(bytes: number, limit: number): boolean {
    return this.size === this.#headSize || this.size + bytes <= limit;
  }

  /**
   * Appends whole lines. Where the disk refuses, the answer holds why, and the lines that are not
   * in the file; of a line that got in by half nothing is left in it.
   */
  async append(lines: Buffer): Promise<{readonly error?: Error; readonly left: Buffer}> {
    let written = 0;
    try {
      // What was removed takes all that is written, and shows it to nobody.
      if ((await this.#handle.stat()).nlink === 0) throw new Error('the file was removed');
      while (written < lines.length) {
        const {bytesWritten} = await this.#handle.write(lines, written);
        written += bytesWritten;
      }
      this.size += written;
      return {left: lines.subarray(written)};
    } catch (error) {
      const whole = lines.subarray(0, written).lastIndexOf('\n') + 1;
      this.size += whole;
      // A disk that does not even cut has the half line at the file's end, where readers skip it.
      if (whole < written) await this.#handle.truncate(this.size).catch(() => undefined);
      return {error: error as Error, left: lines.subarray(whole)};
    }
  }

  /** A disk that refuses to close a file has said so before, or cannot be helped. */
  async close(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }
}
