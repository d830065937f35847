// The files of a directory's recordings: how they are called, and how the oldest make room.
import type * as promises from 'node:fs/promises';
import {join} from 'node:path';

/** What of `node:fs/promises` recording needs; tests hand in a disk that is full, slow or gone. */
export type FileSystem = Pick<typeof promises, 'mkdir' | 'open' | 'readdir' | 'stat' | 'rm'>;

/** Bytes. */
export interface RecordingLimits {
  /** A file that would grow beyond it is the last of its kind; the next begins. */
  readonly file: number;
  /** All recordings of the directory together. */
  readonly total: number;
}

/** A sixteenth of the whole each, within reason. */
export function limitsFor(total: number): RecordingLimits {
  const sixteenth = Math.floor(total / 16);
  return {total, file: Math.min(64_000_000, Math.max(4096, sixteenth))};
}

/** Names in their order are files in the order in which they were written. */
const namePattern = /^swfmon-\d{8}T\d{6}Z-\d+-\d{5}\.ndjson$/;

/** @param at when the program began to record, ms. */
export function seriesName(at: number, pid: number): string {
  return `${new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${pid}`;
}

export function fileName(series: string, part: number): string {
  return `swfmon-${series}-${String(part).padStart(5, '0')}.ndjson`;
}

/**
 * Removes the oldest recordings until a file of the full size has room. Answers how many.
 * @throws Error when the directory cannot be read or a file not be removed.
 */
export async function makeRoom(
  fs: FileSystem,
  directory: string,
  limits: RecordingLimits,
): Promise<number> {
  const names = (await fs.readdir(directory)).filter(name => namePattern.test(name)).sort();
  const files = await Promise.all(names.map(name => sized(fs, join(directory, name))));
  let total = files.reduce((sum, {size}) => sum + size, 0);
  let removed = 0;
  for (const {path, size} of files) {
    if (total + limits.file <= limits.total) break;
    await fs.rm(path, {force: true});
    total -= size;
    removed += 1;
  }
  return removed;
}

/** Another program that records here may have removed it just now. */
async function sized(fs: FileSystem, path: string) {
  try {
    return {path, size: (await fs.stat(path)).size};
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {path, size: 0};
    throw error;
  }
}
