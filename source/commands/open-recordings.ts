// The recordings that a command is given, and from when on they are of interest.
import {findRecordings, type Recordings} from '../recording/find-recordings.ts';
import {NotARecording} from '../recording/format.ts';
import {endOf} from '../recording/recording-end.ts';
import type {Flags} from '../settings/flag-table.ts';
import {SettingsError} from '../settings/settings-error.ts';

export interface OpenRecordings extends Recordings {
  /** What `--since` says: ms; undefined: from the beginning. */
  readonly since: number | undefined;
}

/** @throws SettingsError when there is nothing to read, or `--since` is no time. */
export function openRecordings(paths: readonly string[], {since}: Flags): OpenRecordings {
  try {
    const found = findRecordings(paths);
    return {...found, since: since === undefined ? undefined : sinceOf(since, endOf(found.files))};
  } catch (error) {
    if (error instanceof NotARecording) throw new SettingsError(error.message, example);
    throw error;
  }
}

const example = 'swfmon --record ~/shifts      records; swfmon replay ~/shifts shows it';

const units = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000} as const;

/**
 * `8h`: that long before the recording's end; else a time as ISO 8601, here where it names no zone.
 * @throws SettingsError
 */
export function sinceOf(text: string, end: number | undefined): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return (end ?? 0) - Number(count) * units[unit as keyof typeof units];
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new SettingsError(
    `--since takes a length of time before the recording's end, or a date and time, not "${text}"`,
    '--since 8h   or   --since 2026-11-23T22:00',
  );
}
