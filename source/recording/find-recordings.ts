// Which files are to be read, in their order: those that are named, and those of a directory.
import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {sanitise} from '../wire/sanitise.ts';
import {decodeHead, NotARecording, type RecordingHead} from './format.ts';
import {linesOf} from './lines.ts';

export interface Recording {
  readonly path: string;
  /** Bytes, when it was found. */
  readonly size: number;
  readonly head: RecordingHead;
}

export interface Recordings {
  /** Series by series, in the order of their parts. */
  readonly files: readonly Recording[];
  /** What of a directory was left aside, and why. */
  readonly leftAside: readonly string[];
}

/**
 * @param paths files, which must be recordings, and directories, which must hold one.
 * @throws NotARecording
 */
export function findRecordings(paths: readonly string[]): Recordings {
  if (paths.length === 0) throw new NotARecording('no recording is named');
  const files = new Map<string, Recording>();
  const leftAside: string[] = [];
  for (const path of paths) {
    const found = isDirectory(path) ? inDirectory(path, leftAside) : [openRecording(path)];
    for (const file of found) files.set(file.path, file);
  }
  const order = ({head: {series, part}}: Recording) => `${series} ${String(part).padStart(9, '0')}`;
  const sorted = [...files.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return {files: sorted, leftAside};
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new NotARecording(`${sanitise(path)} ${reasonOf(error)}`);
  }
}

function inDirectory(directory: string, leftAside: string[]): readonly Recording[] {
  const names = readdirSync(directory).filter(name => name.endsWith('.ndjson'));
  const found = names.flatMap(name => {
    try {
      return [openRecording(join(directory, name))];
    } catch (error) {
      if (!(error instanceof NotARecording)) throw error;
      leftAside.push(error.message);
      return [];
    }
  });
  if (found.length > 0) return found;
  throw new NotARecording([`${sanitise(directory)} holds no recording`, ...leftAside].join('; '));
}

function openRecording(path: string): Recording {
  try {
    const {size} = statSync(path);
    if (size === 0) throw new NotARecording('is empty');
    const lines = linesOf(path);
    const first = lines.next();
    lines.return(undefined);
    const head = decodeHead((first.done ? undefined : first.value.text) ?? '');
    return {path, size, head};
  } catch (error) {
    throw new NotARecording(`${sanitise(path)} ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof NotARecording) return error.message;
  const {code, message} = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'is not there';
  return `cannot be read: ${sanitise(message)}`;
}
