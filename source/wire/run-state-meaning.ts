// What the monitor's table of run states says of a run, in the phases of a run's lifecycle. The launcher writes the
// first rows of a run, the runner those of its states (`beam`, `run`), and the end comes in several words.
import type {RunState} from './run-state.ts';

type Stamps = Partial<Pick<RunState, 'phase' | 'state' | 'substate'>>;

interface Meaning {
  readonly phase: 'imminent' | 'running' | 'paused' | 'ended';
  readonly words: string;
}

const imminent: Meaning = {phase: 'imminent', words: 'imminent'};
const running: Meaning = {phase: 'running', words: 'taking data'};
const paused: Meaning = {phase: 'paused', words: 'paused'};
const ended: Meaning = {phase: 'ended', words: 'ended'};

/**
 * The first row whose stamps are all there says what it means. An end in the phase goes before the state that the
 * run had; else the state goes before the phase, which is the launcher's and may be behind.
 */
export const restStateTable: readonly (readonly [Stamps, Meaning])[] = [
  [{phase: 'abandoned'}, {phase: 'ended', words: 'abandoned'}],
  [{phase: 'expired'}, {phase: 'ended', words: 'expired'}],
  [{phase: 'completed'}, ended],
  [{phase: 'ended'}, ended],
  [{state: 'ended'}, ended],
  [{state: 'run', substate: 'standby'}, paused],
  [{state: 'run', substate: 'not_ready'}, imminent],
  [{state: 'run', substate: 'ready'}, imminent],
  [{state: 'run'}, running],
  [{state: 'imminent'}, imminent],
  [{state: 'beam'}, imminent],
  [{state: 'no_beam'}, imminent],
  // As the testbed of version 0.1.0 wrote them, and its recordings have them.
  [{state: 'running'}, running],
  [{state: 'paused'}, paused],
  [{state: undefined, phase: 'initializing'}, imminent],
  [{state: undefined, phase: 'imminent'}, imminent],
  [{state: undefined, phase: 'preparing'}, imminent],
  [{state: undefined, phase: 'beam'}, imminent],
  [{state: undefined, phase: 'run', substate: 'standby'}, paused],
  [{state: undefined, phase: 'standby'}, paused],
  [{state: undefined, phase: 'run'}, running],
  [{state: undefined, phase: 'physics'}, running],
];

/** @returns undefined where the stamps are none that this table knows. */
export function restMeaning(row: Stamps): Meaning | undefined {
  const fits = (stamps: Stamps) =>
    (Object.keys(stamps) as (keyof Stamps)[]).every(key => stamps[key] === row[key]);
  return restStateTable.find(([stamps]) => fits(stamps))?.[1];
}

/** The row's own words: `run/physics, phase physics`. */
export function restWords({phase, state, substate}: Stamps): string {
  return `${state ?? '-'}/${substate ?? '-'}, phase ${phase ?? '-'}`;
}
