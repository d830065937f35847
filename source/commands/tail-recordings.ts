// `swfmon tail FILE…`, and `replay` without a terminal: what was recorded as lines, as fast as they are
// read; of the messages those that the server would have sent with this filter, and what is left out is said.
import {setImmediate} from 'node:timers/promises';
import type {MonitorEvent} from '../monitor-event.ts';
import {counted} from '../counted.ts';
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
  const printer = new LinePrinter(settings, end, {withCaughtUp: true});
  for (const reason of leftAside) printer.complain(`left aside: ${reason}`);
  const reader = new RecordingReader(files);
  const leftOut = {before: 0, filtered: 0};
  const isWanted = (event: MonitorEvent) => {
    const isMessage = event.kind === 'message';
    if (event.at < since) {
      if (isMessage) leftOut.before += 1;
      return false;
    }
    if (!isMessage || passes(settings.filter, event.message.content)) return true;
    leftOut.filtered += 1;
    return false;
  };
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
  for (const words of leftOutWords({...leftOut, elsewhere: printer.elsewhere})) {
    printer.complain(words);
  }
  if (!ending) await Promise.race([printer.drained(), ended]);
  for (const flaw of reader.flaws) printer.complain(flaw);
  forgetSignals();
  const status = ending?.status ?? 0;
  printer.letGo(status);
  return status;
}

function leftOutWords({
  before,
  filtered,
  elsewhere,
}: Readonly<Record<'before' | 'filtered' | 'elsewhere', number>>): readonly string[] {
  const parts = [
    [before, 'from before the time asked for'],
    [filtered, 'that the filter leaves out'],
    [elsewhere, 'of other namespaces'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, why]) => `left out: ${counted(count, 'message')} ${why}`);
}
