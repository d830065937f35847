// `swfmon tail FILE…`, and `replay` without a terminal: what was recorded as lines, as fast as they are
// read; of the messages those that the server would have sent with this filter.
import {setImmediate} from 'node:timers/promises';
import type {MonitorEvent} from '../monitor-event.ts';
import {RecordingReader} from '../recording/recording-reader.ts';
import type {ViewSettings} from '../settings/settings.ts';
import {passes} from '../wire/filter.ts';
import {onSignal, type Ending} from './endings.ts';
import {LinePrinter} from './line-printer.ts';
import type {OpenRecordings} from './open-recordings.ts';

/** Events between two looks at whether stdout still takes them. */
const bundle = 500;

/** Exit status: 0 at the end, after `--count` or with a closed pipe, 128 + n on a signal. */
export async function tailRecordings(
  {files, leftAside, since = -Infinity}: OpenRecordings,
  settings: ViewSettings,
): Promise<number> {
  let ending: Ending | undefined;
  const {promise: ended, resolve} = Promise.withResolvers<void>();
  const end = (how: Ending) => {
    ending ??= how;
    resolve();
  };
  const forgetSignals = onSignal(end);
  const printer = new LinePrinter(settings, end);
  for (const reason of leftAside) printer.complain(`left aside: ${reason}`);
  const reader = new RecordingReader(files);
  const isWanted = (event: MonitorEvent) =>
    event.at >= since &&
    (event.kind !== 'message' || passes(settings.filter, event.message.content));
  let count = 0;
  for (const entry of reader.entries()) {
    if (ending) break;
    if (entry.kind === 'event' && isWanted(entry.event)) printer.print(entry.event);
    count += 1;
    if (count % bundle > 0) continue;
    await Promise.race([printer.drained(), ended]);
    // Signals have their turn too.
    await setImmediate();
  }
  if (!ending) await Promise.race([printer.drained(), ended]);
  for (const flaw of reader.flaws) printer.complain(flaw);
  forgetSignals();
  const status = ending?.status ?? 0;
  printer.letGo(status);
  return status;
}
