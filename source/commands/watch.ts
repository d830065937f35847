// `swfmon`: the full screen. Wires receiver, model and screen together, and sees to it that the
// terminal comes back whatever ends the program.
import {MonitorModel} from '../model/monitor-model.ts';
import type {Receiver} from '../receiver/receiver.ts';
import {withTypes} from '../screen/filter-choice.ts';
import type {Settings} from '../settings/settings.ts';
import {onTerminalGone, stopBlocking} from '../terminal/stalled.ts';
import {onSignal, type Ending} from './endings.ts';
import {openReceiver} from './open-receiver.ts';
import {openScreen} from './open-screen.ts';
import {recorded} from './recorded.ts';

/** For what a dead terminal has left behind, ms. */
const patience = 1000;

/** Exit status: 0 on quit, 128 + n on a signal, 1 when the screen itself broke. */
export async function watch(settings: Settings): Promise<number> {
  const {promise: ended, resolve: end} = Promise.withResolvers<Ending>();
  const model = new MonitorModel(settings.thresholds);
  const filter = withTypes(settings.filter, settings.filter.types, true);
  const recording = recorded(settings, event => {
    model.apply(event);
    screen.changed();
  });
  const screen = openScreen(settings, model, {
    now: () => Date.now(),
    emit: recording.emit,
    setFilter: next => receiver.setFilter(next),
    reconnect: () => receiver.reconnect(),
    quit: () => end({reason: 'quit', status: 0}),
  });
  const forgetSignals = onSignal(end);
  onTerminalGone(() => end({reason: 'the terminal is gone', status: 129}));
  for (const stream of [process.stdout, process.stderr]) stopBlocking(stream);
  const forgetFaults = onFault(end);
  let receiver: Receiver;
  try {
    receiver = await openReceiver(settings, filter, recording.emit);
  } catch (error) {
    screen.close();
    throw error;
  }
  receiver.start();
  screen.listen().then(
    () => end({reason: 'quit', status: 0}),
    (error: unknown) => end({reason: trace(error), status: 1}),
  );

  const {reason, status} = await ended;
  screen.close();
  if (status === 1) process.stderr.write(`swfmon: ${reason}\n`);
  await receiver.stop(reason.split('\n', 1)[0]!);
  await recording.close();
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
