// `swfmon tail`, and `swfmon` without a terminal: one message a line on stdout, everything else on
// stderr. Ends on a signal, after `--count`, or quietly when nobody reads any more.
import type {Settings} from '../settings/settings.ts';
import {onSignal, type Ending} from './endings.ts';
import {LinePrinter} from './line-printer.ts';
import {openReceiver} from './open-receiver.ts';
import {recorded} from './recorded.ts';

/** Exit status: 0 after `--count` or a closed pipe, 1 when stdout fails, 128 + n on a signal. */
export async function tail(settings: Settings): Promise<number> {
  const {promise: ended, resolve: end} = Promise.withResolvers<Ending>();
  const printer = new LinePrinter(settings, end);
  const recording = recorded(settings, event => printer.print(event));
  const receiver = await openReceiver(settings, settings.filter, recording.emit);
  const forgetSignals = onSignal(end);
  receiver.start();
  const {reason, status} = await ended;
  printer.stop();
  await receiver.stop(reason);
  await recording.close();
  forgetSignals();
  printer.letGo(status);
  return status;
}
