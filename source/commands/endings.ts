// The ways out that a program does not choose: signals and hang-ups, each with the exit status
// that shells expect.

import {output} from './output.ts';

const signals = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131} as const;

export interface Ending {
  readonly reason: string;
  readonly status: number;
}

/**
 * Calls `end` on each signal. A hang-up often comes twice (from the kernel and from the shell): the
 * second must not kill what the first has asked to end. The answer takes the handlers away again.
 */
export function onSignal(end: (ending: Ending) => void): () => void {
  const heeded = Object.entries(signals).filter(
    ([signal]) => !(isHangUpIgnored && signal === 'SIGHUP'),
  );
  const handlers = heeded.map(([signal, status]) => {
    const handler = () => end({reason: signal, status});
    process.on(signal, handler);
    return () => process.removeListener(signal, handler);
  });
  return () => {
    for (const remove of handlers) remove();
  };
}

let isHangUpIgnored = false;

/** For the rest of the program: it outlives its terminal. */
export function ignoreHangUp(): void {
  isHangUpIgnored = true;
  process.on('SIGHUP', () => undefined);
}

/**
 * What `run` returns; on a signal it is called off, and the signal's status is returned instead. It is
 * called off, too, when its output takes no more.
 */
export async function untilSignal(run: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const calledOff = new AbortController();
  let status: number | undefined;
  const forgetSignals = onSignal(ending => {
    status ??= ending.status;
    calledOff.abort();
  });
  const forgetOutput = output.onError(() => calledOff.abort());
  try {
    const own = await run(calledOff.signal);
    return status ?? own;
  } finally {
    forgetSignals();
    forgetOutput();
  }
}
