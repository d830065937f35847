// The message types of a run's lifecycle, in the order of a run.

export const lifecycleTypes = [
  'run_imminent',
  'start_run',
  'pause_run',
  'resume_run',
  'end_run',
] as const;
export type LifecycleType = (typeof lifecycleTypes)[number];

const lifecycleSet: ReadonlySet<string> = new Set(lifecycleTypes);

export function isLifecycleType(type: string): type is LifecycleType {
  return lifecycleSet.has(type);
}
