// Times of day as the operator wants them: this machine's zone, UTC, the lab's, or as an age.
import {TZDate} from '@date-fns/tz';
import {format} from 'date-fns';

export const timeModes = ['local', 'utc', 'lab', 'age'] as const;
/** `lab` is America/New_York. */
export type TimeMode = (typeof timeModes)[number];

const labZone = 'America/New_York';

/** `at` and `now`: ms since the epoch. `HH:mm:ss`, or for ages `12s`, `5m`, `3h`, `2d`. */
export function formatTime(at: number, mode: TimeMode, now: number): string {
  switch (mode) {
    case 'age':
      return formatAge(now - at);
    case 'utc':
      return new Date(at).toISOString().slice(11, 19);
    case 'lab':
      return format(new TZDate(at, labZone), 'HH:mm:ss');
    case 'local':
      return format(at, 'HH:mm:ss');
  }
}

/** Where a time of day has to stand: ages are told by this machine's clock. */
export const zoneOf = (mode: TimeMode) => (mode === 'age' ? 'local' : mode);

/** The day at `at`, as in `2026-11-23`; where ages are shown, this machine's. */
export function formatDay(at: number, mode: TimeMode): string {
  if (mode === 'utc') return new Date(at).toISOString().slice(0, 10);
  return format(mode === 'lab' ? new TZDate(at, labZone) : at, 'yyyy-MM-dd');
}

/** The zone's short name at `at`, as the header shows it. */
export function zoneName(mode: TimeMode, at: number): string {
  if (mode === 'age') return 'age';
  if (mode === 'utc') return 'UTC';
  const parts = zoneFormats.get(mode) ?? zoneFormat(mode);
  return parts.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? '';
}

/** Making one takes longer than a frame. */
const zoneFormats = new Map<TimeMode, Intl.DateTimeFormat>();

function zoneFormat(mode: TimeMode): Intl.DateTimeFormat {
  const timeZone = mode === 'lab' ? {timeZone: labZone} : {};
  const format = new Intl.DateTimeFormat('en-US', {...timeZone, timeZoneName: 'short'});
  zoneFormats.set(mode, format);
  return format;
}

/** A duration in ms in its largest unit, whole: `12s`, `5m`, `3h`, `2d`. Negative ones are `0s`. */
export function formatAge(duration: number): string {
  const seconds = Math.max(0, Math.floor(duration / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** A duration in ms as a clock: `0:07`, `12:34`, `3:05:09`. Negative ones are `0:00`. */
export function formatDuration(duration: number): string {
  const seconds = Math.max(0, Math.floor(duration / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** A duration in ms in five columns at most: `0:07`, `59:59`, `3h05`, `9d23h`, `400d`. Negative ones are `0:00`. */
export function formatBrief(duration: number): string {
  const hours = Math.floor(duration / 3_600_000);
  if (hours < 1) return formatDuration(duration);
  if (hours >= 240) return `${Math.floor(hours / 24)}d`;
  const two = (value: number) => String(value).padStart(2, '0');
  return hours < 24
    ? `${hours}h${two(Math.floor(duration / 60_000) % 60)}`
    : `${Math.floor(hours / 24)}d${two(hours % 24)}h`;
}

/**
 * A duration in ms that is told in a text, where a clock could be minutes or hours: `0.2 s`, `52 s`,
 * `2 min 05 s`, `3 h 05 min`. Negative ones are `0.0 s`.
 */
export function formatLength(duration: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.round(duration / 1000);
  if (seconds < 60) return formatSpan(duration);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  const minutes = Math.round(duration / 60_000);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A duration in ms to be read exactly: `0.2 s` below ten seconds, `52 s`, from two minutes on a clock. */
export function formatSpan(duration: number): string {
  const seconds = Math.max(0, duration) / 1000;
  if (seconds >= 120) return formatDuration(duration);
  return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
