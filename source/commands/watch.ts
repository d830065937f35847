// `swfmon`: the full screen. Wires receiver, model and screen together, and sees to it that the
// terminal comes back whatever ends the program.
import type {Instance, SuspendTerminal} from 'ink';
import {createElement} from 'react';
import {MonitorModel} from '../model/monitor-model.ts';
import type {Receiver} from '../receiver/receiver.ts';
import {App} from '../screen/app.tsx';
import {withTypes} from '../screen/filter-choice.ts';
import {ScreenStore} from '../screen/screen-store.ts';
import {makeTheme} from '../screen/theme.ts';
import type {Settings} from '../settings/settings.ts';
import {onSignal, type Ending} from './endings.ts';
import {openReceiver} from './open-receiver.ts';
import {Attention} from './attention.ts';
import {copyToClipboard} from './clipboard.ts';
import {drawApp} from './draw-app.ts';
import {writeFile} from './written-file.ts';
import {suspendProcess} from './suspend.ts';
import {onTerminalGone, stopBlocking} from './terminal.ts';

/** For what a dead terminal has left behind, ms. */
const patience = 1000;

/** Exit status: 0 on quit, 128 + n on a signal, 1 when the screen itself broke. */
export async function watch(settings: Settings): Promise<number> {
  const {promise: ended, resolve: end} = Promise.withResolvers<Ending>();
  const model = new MonitorModel(settings.thresholds);
  const filter = withTypes(settings.filter, settings.filter.types, true);
  const receiver = await openReceiver(settings, filter, event => model.apply(event));
  const {store, instance} = openScreen(settings, model, receiver, end);

  const forgetSignals = onSignal(end);
  onTerminalGone(end);
  for (const stream of [process.stdout, process.stderr]) stopBlocking(stream);
  const forgetFaults = onFault(end);
  receiver.start();
  const attention = new Attention(process.stdout, process.env['TERM']);
  const stopSampling = sampleEvery(1000 / settings.fps, () => {
    store.sample();
    attention.update(model.snapshot(Date.now()), model.alertsRaised, store.view.isMuted);
  });
  instance.waitUntilExit().then(
    () => end({reason: 'quit', status: 0}),
    (error: unknown) => end({reason: trace(error), status: 1}),
  );

  const {reason, status} = await ended;
  stopSampling();
  instance.unmount();
  attention.end();
  if (status === 1) process.stderr.write(`swfmon: ${reason}\n`);
  await receiver.stop(reason.split('\n', 1)[0]!);
  forgetSignals();
  forgetFaults();
  // A terminal that is gone or does not read can hold the process: nothing is left to be written.
  setTimeout(() => process.exit(), patience).unref();
  return status;
}

function openScreen(
  settings: Settings,
  model: MonitorModel,
  receiver: Receiver,
  end: (ending: Ending) => void,
): {readonly store: ScreenStore; readonly instance: Instance} {
  const {stdout} = process;
  let suspendTerminal: SuspendTerminal | undefined;
  const store = new ScreenStore({
    model,
    now: () => Date.now(),
    about: {
      monitorUrl: settings.monitorUrl,
      receiverName: settings.name,
      isRegistering: settings.register,
    },
    theme: makeTheme(settings),
    time: settings.time,
    scope: settings.namespace,
    keyTypes: settings.keys,
    size: {columns: stdout.columns || 80, rows: stdout.rows || 24},
    setFilter: next => receiver.setFilter(next),
    reconnect: () => receiver.reconnect(),
    copy: text => copyToClipboard(process.stdout, text, process.env['TMUX'] !== undefined),
    write: (name, text) => writeFile(name, text),
    repaint: () => repaint(),
    suspend: () => {
      if (suspendTerminal) void suspendProcess(suspendTerminal);
    },
    quit: () => end({reason: 'quit', status: 0}),
  });
  const onTerminal = (suspend: SuspendTerminal) => {
    suspendTerminal = suspend;
  };
  const {instance, repaint} = drawApp(createElement(App, {store, onTerminal}), stdout);
  return {store, instance};
}

/** Samples the model at a fixed rate, but never faster than the terminal takes frames. */
function sampleEvery(interval: number, sample: () => void): () => void {
  const timer = setInterval(() => {
    if (process.stdout.writableLength === 0) sample();
  }, interval);
  return () => clearInterval(timer);
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
