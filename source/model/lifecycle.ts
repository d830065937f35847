// A run's lifecycle as data: phase × message → phase, and the steps that must have been when it
// comes. Total: whatever comes in whatever order has an answer, and an ended run stays ended.

import {isLifecycleType, lifecycleTypes, type LifecycleType} from '../wire/lifecycle-types.ts';

export {isLifecycleType, lifecycleTypes, type LifecycleType};

export const phases = ['unknown', 'imminent', 'running', 'paused', 'ended'] as const;
export type Phase = (typeof phases)[number];

/** A lifecycle message, or `data`: an STF was generated, which says that the run takes data. */
export type LifecycleInput = LifecycleType | 'data';

export interface Transition {
  readonly to: Phase;
  /** Steps that must have been taken in between, and were not heard of. */
  readonly implies: readonly LifecycleType[];
}

const go = (to: Phase, ...implies: readonly LifecycleType[]): Transition => ({to, implies});
const ended = go('ended');

export const lifecycleTable: Readonly<Record<Phase, Readonly<Record<LifecycleInput, Transition>>>> =
  {
    unknown: {
      run_imminent: go('imminent'),
      start_run: go('running', 'run_imminent'),
      pause_run: go('paused', 'run_imminent', 'start_run'),
      resume_run: go('running', 'run_imminent', 'start_run', 'pause_run'),
      end_run: go('ended', 'run_imminent'),
      data: go('running', 'run_imminent', 'start_run'),
    },
    imminent: {
      run_imminent: go('imminent'),
      start_run: go('running'),
      pause_run: go('paused', 'start_run'),
      resume_run: go('running', 'start_run', 'pause_run'),
      // A run can be called off before it starts.
      end_run: ended,
      data: go('running', 'start_run'),
    },
    running: {
      run_imminent: go('running'),
      start_run: go('running'),
      pause_run: go('paused'),
      resume_run: go('running', 'pause_run'),
      end_run: ended,
      data: go('running'),
    },
    paused: {
      run_imminent: go('paused'),
      start_run: go('paused'),
      pause_run: go('paused'),
      resume_run: go('running'),
      end_run: ended,
      data: go('running', 'resume_run'),
    },
    ended: {
      run_imminent: ended,
      start_run: ended,
      pause_run: ended,
      resume_run: ended,
      end_run: ended,
      data: ended,
    },
  };

/** What the state machine's stamps say with each message; undefined: they say nothing, or vary. */
const stampsWith: Readonly<
  Record<LifecycleType, {readonly state?: string; readonly substate?: string}>
> = {
  run_imminent: {state: 'beam', substate: 'not_ready'},
  start_run: {state: 'run', substate: 'physics'},
  pause_run: {state: 'run', substate: 'standby'},
  resume_run: {state: 'run', substate: 'physics'},
  end_run: {},
};

/** Whether the stamps that a message carries go with its type; what is not said goes with all. */
export function stampsAgree(
  type: LifecycleType,
  {state, substate}: {readonly state: string | undefined; readonly substate: string | undefined},
): boolean {
  const usual = stampsWith[type];
  const agrees = (said: string | undefined, wanted: string | undefined) =>
    said === undefined || wanted === undefined || said === wanted;
  return agrees(state, usual.state) && agrees(substate, usual.substate);
}
