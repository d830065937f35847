// `swfmon tail`, and `swfmon` without a terminal: one message a line on stdout, everything else on
// stderr. Ends on a signal, after `--count`, or quietly when nobody reads any more.
import {describeEvent, type EventOf, type MonitorEvent} from '../monitor-event.ts';
import type {Settings} from '../settings/settings.ts';
import {stopBlocking} from '../terminal/stalled.ts';
import {formatTime} from '../time.ts';
import {asciiJson} from '../wire/sanitise.ts';
import {onSignal, type Ending} from './endings.ts';
import {messageLine} from './line-format.ts';
import {LineWriter} from './line-writer.ts';
import {openReceiver} from './open-receiver.ts';
import {recorded} from './recorded.ts';

/** For a reader that has stopped reading, once a signal has ended the program, ms. */
const patience = 1000;

/** What may wait for a reader of the diagnostics, in UTF-16 units. */
const mostNotes = 1024 * 1024;

/** Exit status: 0 after `--count` or a closed pipe, 1 when stdout fails, 128 + n on a signal. */
export async function tail(settings: Settings): Promise<number> {
  const {promise: ended, resolve: end} = Promise.withResolvers<Ending>();
  for (const stream of [process.stdout, process.stderr]) stopBlocking(stream);
  const lines = new LineWriter(process.stdout, {
    late: leftOut => complain(`${leftOut} messages left out: they were not read in time`),
    gone: error => end(endingOf(error)),
  });
  const notes = new LineWriter(
    process.stderr,
    {
      late: leftOut => complain(`${leftOut} diagnostics left out: they were not read in time`),
      // Without a reader for the diagnostics, the messages still go out.
      gone: () => undefined,
    },
    mostNotes,
  );
  const complain = (text: string) => notes.write(`swfmon: ${text}`);
  const format = settings.output === 'json' ? jsonLine(complain) : plainLine(settings);
  let left = settings.count ?? Infinity;

  const emit = (event: MonitorEvent) => {
    if (event.kind !== 'message') {
      const text = diagnosis(event, settings);
      if (text !== undefined) complain(text);
      return;
    }
    // What only REST brought was not received: how much it is stands on stderr.
    if (event.source === 'history') return;
    if (left <= 0 || isElsewhere(event, settings.namespace)) return;
    const line = format(event);
    if (line === undefined) return;
    lines.write(line);
    left -= 1;
    if (left === 0) end({reason: `${settings.count} messages`, status: 0});
  };

  const recording = recorded(settings, emit);
  const receiver = await openReceiver(settings, settings.filter, recording.emit);
  const forgetSignals = onSignal(end);
  receiver.start();
  const {reason, status} = await ended;
  left = 0;
  await receiver.stop(reason);
  await recording.close();
  forgetSignals();
  // What still waits for its reader does not hold up a signal.
  if (status > 128) setTimeout(() => process.exit(), patience).unref();
  return status;
}

/** EPIPE: the pipe is closed; EIO: the terminal is gone. */
function endingOf({code = '', message}: NodeJS.ErrnoException): Ending {
  const isGone = code === 'EPIPE' || code === 'EIO';
  return isGone ? {reason: 'nobody reads', status: 0} : {reason: `stdout: ${message}`, status: 1};
}

/** Only what says that it belongs to another namespace is left out. */
function isElsewhere({message}: EventOf<'message'>, namespace: string | undefined): boolean {
  return (
    namespace !== undefined && message.namespace !== undefined && message.namespace !== namespace
  );
}

type Format = (event: EventOf<'message'>) => string | undefined;

function plainLine({time}: Settings): Format {
  return ({message, at}) => messageLine(message, at, time === 'age' ? 'local' : time);
}

/**
 * The data as received. Line breaks between its parts (several `data:` lines) are white space in
 * JSON and become spaces. What is no JSON is refused, so that stdout stays one value a line.
 */
function jsonLine(complain: (text: string) => void): Format {
  return ({data, name, message}) => {
    if (typeof message.content === 'string') {
      complain(`event "${message.type || name}" left out: ${message.text ?? message.fault}`);
      return undefined;
    }
    const line = data.includes('\n') ? data.replaceAll('\n', ' ') : data;
    return process.stdout.isTTY ? asciiJson(line) : line;
  };
}

function diagnosis(event: MonitorEvent, {time}: Settings): string | undefined {
  const text = describeEvent(event);
  const mode = time === 'age' ? 'local' : time;
  return text === undefined ? undefined : `[${formatTime(event.at, mode, event.at)}] ${text}`;
}
