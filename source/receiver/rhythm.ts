// How often each execution's messages come while its run takes data, and when they stay away longer
// than that explains.
import type {WorkflowMessage} from '../wire/message.ts';

interface Beat {
  lastAt: number;
  /** Typical time between two messages, ms; undefined before two. */
  interval: number | undefined;
  /** Data is being taken. */
  isOn: boolean;
}

/** Executions watched. */
const maxBeats = 100;
/** Silence that is never suspicious, and the silence before a rhythm is known, ms. */
const leastPatience = 10_000;
const firstPatience = 15_000;
/** A silence of so many intervals is suspicious. */
const patience = 4;

const startsData: ReadonlySet<string> = new Set(['start_run', 'resume_run', 'stf_gen']);
const endsData: ReadonlySet<string> = new Set(['pause_run', 'end_run']);

export class Rhythm {
  readonly #beats = new Map<string, Beat>();

  heard({type, executionId}: WorkflowMessage, now: number): void {
    if (executionId === undefined) return;
    const beat = this.#beats.get(executionId);
    const isOn = startsData.has(type) || (!endsData.has(type) && beat?.isOn === true);
    if (type === 'end_run') {
      this.#beats.delete(executionId);
      return;
    }
    const since = beat?.isOn === true && isOn ? now - beat.lastAt : undefined;
    const interval = smoothed(beat?.interval, since);
    this.#beats.set(executionId, {lastAt: now, interval, isOn});
    if (this.#beats.size <= maxBeats) return;
    for (const id of this.#beats.keys()) {
      this.#beats.delete(id);
      break;
    }
  }

  /** Since when the longest silent execution that takes data has been silent for too long. */
  silentSince(now: number): number | undefined {
    let since: number | undefined;
    for (const {lastAt, interval, isOn} of this.#beats.values()) {
      const limit =
        interval === undefined ? firstPatience : Math.max(leastPatience, patience * interval);
      if (isOn && now - lastAt > limit && (since === undefined || lastAt < since)) since = lastAt;
    }
    return since;
  }
}

/** Moves a quarter of the way to the new interval. */
function smoothed(before: number | undefined, now: number | undefined): number | undefined {
  if (before === undefined || now === undefined) return now ?? before;
  return before + (now - before) / 4;
}
