// A run's lifecycle as data: phase × message → phase. Total: whatever comes in whatever order has
// an answer, and an ended run stays ended.

export const phases = ['unknown', 'imminent', 'running', 'paused', 'ended'] as const;
export type Phase = (typeof phases)[number];

export const lifecycleTypes = [
  'run_imminent',
  'start_run',
  'pause_run',
  'resume_run',
  'end_run',
] as const;
export type LifecycleType = (typeof lifecycleTypes)[number];

/** A lifecycle message, or `data`: an STF was generated, which says that the run has started. */
export type LifecycleInput = LifecycleType | 'data';

export const lifecycleTable: Readonly<Record<Phase, Readonly<Record<LifecycleInput, Phase>>>> = {
  unknown: {
    run_imminent: 'imminent',
    start_run: 'running',
    pause_run: 'paused',
    resume_run: 'running',
    end_run: 'ended',
    data: 'running',
  },
  imminent: {
    run_imminent: 'imminent',
    start_run: 'running',
    pause_run: 'paused',
    resume_run: 'running',
    end_run: 'ended',
    data: 'running',
  },
  running: {
    run_imminent: 'running',
    start_run: 'running',
    pause_run: 'paused',
    resume_run: 'running',
    end_run: 'ended',
    data: 'running',
  },
  paused: {
    run_imminent: 'paused',
    start_run: 'paused',
    pause_run: 'paused',
    resume_run: 'running',
    end_run: 'ended',
    data: 'paused',
  },
  ended: {
    run_imminent: 'ended',
    start_run: 'ended',
    pause_run: 'ended',
    resume_run: 'ended',
    end_run: 'ended',
    data: 'ended',
  },
};

const lifecycleSet: ReadonlySet<string> = new Set(lifecycleTypes);

export function isLifecycleType(type: string): type is LifecycleType {
  return lifecycleSet.has(type);
}
