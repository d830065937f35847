// How long messages wait in the broker before the monitor gets to them: it stamps them only then, so
// their latency does not show it. What shows it is the agents' own clock, of which nobody knows how it is
// set: its difference to the monitor's stamp, against the smallest there was.
import {asRecord} from '../wire/json-record.ts';
import type {WorkflowMessage} from '../wire/message.ts';
import {parseStamp} from '../wire/stamp.ts';

export interface Backlog {
  /** How long the newest messages waited at least, ms; undefined: nobody can say. */
  readonly now: number | undefined;
  /** The longest of each hour that had any from `notable` on, oldest first; at most `maxPeaks`. */
  readonly peaks: readonly Peak[];
}

export interface Peak {
  /** ms. */
  readonly waited: number;
  /** Receiver's clock, ms. */
  readonly at: number;
}

/** Less than this is no backlog: clocks drift, agents are busy, ms. */
export const notable = 5000;

interface Agent {
  readonly since: number;
  /** Smallest difference of this period and of the one before, ms. */
  least: number;
  leastBefore: number;
  periodFrom: number;
  /** Newest last, at most `recent`. */
  notes: readonly {readonly at: number; readonly difference: number}[];
}

const maxAgents = 200;
const maxPeaks = 200;
const hour = 3_600_000;
/** An agent's stamps are read so often at most, ms. */
const every = 1000;
/** An agent is compared with itself: this long it has to be known first, ms. */
const knownFor = 30_000;
/** What an agent sent in this time tells of now, ms. */
const fresh = 60_000;
/** A backlog holds up every message: of so many, the one that drifts least counts. */
const recent = 5;
/** Clocks go wrong slowly, and are set right: what was smallest counts for one to two periods, ms. */
const period = 2 * hour;
/** Zones and summer time move a clock by multiples of this, a backlog is shorter, ms. */
const zoneStep = 30 * 60_000;
/** How exactly such a move is one, and the longest backlog that is known as one while a clock is set on, ms. */
const tolerance = 60_000;
const maxAtStep = 5 * 60_000;

export class BrokerBacklog {
  /** By name; who was noted last stands last. */
  readonly #agents = new Map<string, Agent>();
  #peaks: readonly Peak[] = [];

  /**
   * @param stampedAt the monitor's stamp, ms.
   * @param at when it came, receiver's clock, ms.
   */
  note({agent, content}: WorkflowMessage, stampedAt: number, at: number): void {
    if (agent === '') return;
    const known = this.#agents.get(agent);
    const last = known?.notes.at(-1);
    if (last && at >= last.at && at - last.at < every) return;
    const own = parseStamp(asRecord(content)?.['timestamp']);
    if (own === undefined) return;
    const difference = stampedAt - own;
    const noted = known ? withNote(known, difference, at) : firstNote(difference, at);
    this.#agents.delete(agent);
    this.#agents.set(agent, noted);
    if (this.#agents.size > maxAgents) this.#agents.delete(this.#agents.keys().next().value!);
    this.#notePeak(this.#waited(at) ?? 0, at);
  }

  /** @param now receiver's clock, ms. */
  at(now: number): Backlog {
    return {now: this.#waited(now), peaks: this.#peaks};
  }

  #notePeak(waited: number, at: number): void {
    const last = this.#peaks.at(-1);
    const isSameHour = last && Math.floor(last.at / hour) === Math.floor(at / hour);
    if (waited < notable || (isSameHour && waited <= last.waited)) return;
    const others = isSameHour ? this.#peaks.slice(0, -1) : this.#peaks.slice(1 - maxPeaks);
    this.#peaks = [...others, {waited, at}];
  }

  /** The median of the agents: one of them may have reasons of its own. */
  #waited(now: number): number | undefined {
    const drifts = [...this.#agents.values()]
      .filter(({since, notes}) => now - since >= knownFor && now - notes.at(-1)!.at < fresh)
      .map(driftOf)
      .sort((a, b) => a - b);
    return drifts[Math.floor((drifts.length - 1) / 2)];
  }
}

const firstNote = (difference: number, at: number): Agent => ({
  since: at,
  least: difference,
  leastBefore: difference,
  periodFrom: at,
  notes: [{at, difference}],
});

function withNote(agent: Agent, difference: number, at: number): Agent {
  const isOver = Math.abs(at - agent.periodFrom) >= period;
  const aged: Agent = isOver
    ? {...agent, periodFrom: at, least: difference, leastBefore: agent.least}
    : agent;
  const moved = zoneSteps(difference - Math.min(aged.least, aged.leastBefore)) * zoneStep;
  // What was noted before the clock was set is of another clock.
  const notes = moved === 0 ? aged.notes.filter(note => note.at <= at) : [];
  return {
    ...aged,
    least: Math.min(aged.least + moved, difference),
    leastBefore: aged.leastBefore + moved,
    notes: [...notes.slice(1 - recent), {at, difference}],
  };
}

/** By how many steps an agent's clock was set back (a positive drift) or on. */
function zoneSteps(drift: number): number {
  const steps = Math.floor((drift + tolerance) / zoneStep);
  // One that is set on by something else was wrong before.
  return steps < 0 && drift - steps * zoneStep > maxAtStep ? 0 : steps;
}

const driftOf = ({least, leastBefore, notes}: Agent): number =>
  Math.min(...notes.map(({difference}) => difference)) - Math.min(least, leastBefore);
