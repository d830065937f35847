// How often each execution's messages come while its run takes data, by the stream and by REST, and
// when they stay away longer than that explains.
import type {WorkflowMessage} from '../wire/message.ts';
import {leastRecent} from './least-recent.ts';

interface Beat {
  /** Moment at which the newest message came, or was stored. */
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

  /** A message of the moment `at`; one that is older than what is known tells nothing. */
  heard({type, executionId}: WorkflowMessage, at: number): void {
    if (executionId === undefined) return;
    const beat = this.#beats.get(executionId) ?? this.#admit(executionId, at);
    if (at < beat.lastAt) return;
    const isOn = startsData.has(type) || (!endsData.has(type) && beat.isOn);
    const since = beat.isOn && isOn ? at - beat.lastAt : 0;
    if (since > 0) beat.interval = smoothed(beat.interval, since);
    beat.lastAt = at;
    beat.isOn = isOn;
  }

  #admit(executionId: string, lastAt: number): Beat {
    const oldest = this.#beats.size < maxBeats ? undefined : leastRecent(this.#beats);
    if (oldest !== undefined) this.#beats.delete(oldest);
    const beat = {lastAt, interval: undefined, isOn: false};
    this.#beats.set(executionId, beat);
    return beat;
  }

  /**
   * Since when the longest silent execution that takes data has been silent for too long.
   * @param among of these alone.
   */
  silentSince(now: number, among?: ReadonlySet<string>): number | undefined {
    let since = Infinity;
    for (const [id, {lastAt, interval, isOn}] of this.#beats) {
      const limit =
        interval === undefined ? firstPatience : Math.max(leastPatience, patience * interval);
      const isSilent = isOn && now - lastAt > limit && (among?.has(id) ?? true);
      if (isSilent) since = Math.min(since, lastAt);
    }
    return since === Infinity ? undefined : since;
  }
}

/** Moves a quarter of the way to the new interval. */
function smoothed(before: number | undefined, now: number): number {
  return before === undefined ? now : before + (now - before) / 4;
}
