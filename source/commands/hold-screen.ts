// From an open screen to the program's end: whatever ends it (a key, a signal, a fault, the terminal's
// own end), the terminal comes back, and then what feeds the screen is brought to its end.
import {onTerminalGone, stopBlocking} from '../terminal/stalled.ts';
import {onSignal, type Ending} from './endings.ts';
import type {OpenScreen} from './open-screen.ts';

/** For what a dead terminal has left behind, ms. */
const patience = 1000;

/** What feeds the screen. */
export interface Feed {
  /** @throws Error when there is nothing to show; the terminal is given back. */
  readonly start: () => Promise<void> | void;
  /** After the screen is gone. */
  readonly stop: (reason: string) => Promise<void> | void;
}

/**
 * Exit status: 0 on quit, 128 + n on a signal, 1 when the screen itself broke.
 * @param open takes the terminal, and calls `quit` when the operator wants to.
 */
export async function holdScreen(
  open: (quit: () => void) => OpenScreen,
  feed: Feed,
): Promise<number> {
  const {promise: ended, resolve: end} = Promise.withResolvers<Ending>();
  const quit = () => end({reason: 'quit', status: 0});
  const screen = open(quit);
  const forgetSignals = onSignal(end);
  onTerminalGone(() => end({reason: 'the terminal is gone', status: 129}));
  for (const stream of [process.stdout, process.stderr]) stopBlocking(stream);
  const forgetFaults = onFault(end);
  try {
    await feed.start();
  } catch (error) {
    screen.close();
    throw error;
  }
  screen.ended.then(quit, (error: unknown) => end({reason: trace(error), status: 1}));

  const {reason, status} = await ended;
  screen.close();
  if (status === 1) process.stderr.write(`swfmon: ${reason}\n`);
  await feed.stop(reason.split('\n', 1)[0]!);
  forgetSignals();
  forgetFaults();
  // A terminal that is gone or does not read can hold the process: nothing is left to be written.
  setTimeout(() => process.exit(), patience).unref();
  return status;
}

function onFault(end: (ending: Ending) => void): () => void {
  const fault = (error: unknown) => end({reason: trace(error), status: 1});
  process.on('uncaughtException', fault);
  process.on('unhandledRejection', fault);
  return () => {
    process.off('uncaughtException', fault);
    process.off('unhandledRejection', fault);
  };
}

function trace(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
