// What REST says of a run's state, and whether the stream has shown something newer.
import type {RunState} from '../wire/run-state.ts';
import {phases, type Phase} from './lifecycle.ts';
import type {Run} from './run.ts';
import {entered} from './timeline.ts';

/** A run's state as REST told it, and when it said so: receiver's clock, ms. */
export interface ToldState extends RunState {
  readonly at: number;
}

/** A told state that stands in for what the stream shows. */
export interface InsteadState extends ToldState {
  readonly state: string;
}

/** Whether REST said so after the stream showed the run's phase. `skew`: server clock minus ours, ms. */
export function isNewer({at}: ToldState, {phase, phaseSince}: Run, skew: number): boolean {
  return phase === 'unknown' || (phase !== 'ended' && at + skew > phaseSince);
}

/** Whether the run goes on, by the stream or, where that does not show it, by REST. */
export function isActive(run: Run, told: ToldState | undefined, skew: number): boolean {
  const phase = toldInstead(told, run, skew)?.state ?? run.phase;
  return phase === 'imminent' || phase === 'running' || phase === 'paused';
}

/**
 * What REST says where the stream does not show it: nothing of the run's lifecycle came, or the run
 * has gone on unseen. A state that REST had before the stream showed another is none: the table is
 * brought up to date a moment after the message.
 */
export function toldInstead(
  told: ToldState | undefined,
  run: Run,
  skew: number,
): InsteadState | undefined {
  if (told?.state === undefined || !isNewer(told, run, skew)) return undefined;
  const {state, changedAt} = told;
  const hasGoneOn = state !== run.phase && (changedAt ?? Infinity) > run.phaseSince;
  return run.phase === 'unknown' || hasGoneOn ? {...told, state} : undefined;
}

const isPhase = (state: string): state is Phase => (phases as readonly string[]).includes(state);

/**
 * The run as it stands by REST's word, where that goes first: its times go on or stop from when REST
 * says so, or from what was heard of it last.
 */
export function asTold(run: Run, told: ToldState | undefined, skew: number): Run {
  const {state, changedAt} = toldInstead(told, run, skew) ?? {};
  if (state === undefined || !isPhase(state) || run.phase === 'unknown') return run;
  const at = Math.max(run.phaseSince, changedAt ?? run.lastAt);
  return state === run.phase ? run : {...run, ...entered(run, state, at, [])};
}
