// `swfmon tail`, and `swfmon` without a terminal: one message a line on stdout, everything else on
// stderr. Ends on a signal, after `--count`, or quietly when nobody reads any more.
import {describeEvent, type EventOf, type MonitorEvent} from '../monitor-event.ts';
import type {Settings} from '../settings/settings.ts';
import {formatTime} from '../time.ts';
import {asciiJson} from '../wire/sanitise.ts';
import {onSignal, type Ending} from './endings.ts';
import {messageLine} from './line-format.ts';
import {openReceiver} from './open-receiver.ts';
import {recorded} from './recorded.ts';

/** Exit status: 0 after `--count` or a closed pipe, 128 + n on a signal. */
export async function tail(settings: Settings): Promise<number> {
  const lines = new LineWriter(process.stdout);
  const format = settings.output === 'json' ? jsonLine : plainLine(settings);
  const {promise: ended, resolve: end} = Promise.withResolvers<Ending>();
  let left = settings.count ?? Infinity;

  const emit = (event: MonitorEvent) => {
    if (event.kind !== 'message') {
      tell(event, settings);
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

  // Without a reader for the diagnostics, the messages still go out.
  process.stderr.on('error', () => undefined);
  const recording = recorded(settings, emit);
  const receiver = await openReceiver(settings, settings.filter, recording.emit);
  const forgetSignals = onSignal(end);
  lines.onClosed(() => end({reason: 'nobody reads', status: 0}));
  receiver.start();
  const {reason, status} = await ended;
  left = 0;
  await receiver.stop(reason);
  await recording.close();
  forgetSignals();
  return status;
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
const jsonLine: Format = ({data, name, message}) => {
  if (typeof message.content === 'string') {
    complain(`event "${message.type || name}" left out: ${message.text ?? message.fault}`);
    return undefined;
  }
  const line = data.includes('\n') ? data.replaceAll('\n', ' ') : data;
  return process.stdout.isTTY ? asciiJson(line) : line;
};

function tell(event: MonitorEvent, {time}: Settings): void {
  const text = describeEvent(event);
  if (text === undefined) return;
  complain(`[${formatTime(event.at, time === 'age' ? 'local' : time, event.at)}] ${text}`);
}

function complain(text: string): void {
  process.stderr.write(`swfmon: ${text}\n`);
}

/**
 * Gathers the lines of one turn of the event loop into one write: the server sends each message as
 * a chunk of its own. Keeps order; knows when the reader is gone.
 */
class LineWriter {
  readonly #stream: NodeJS.WriteStream;
  #lines: string[] = [];

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  write(line: string): void {
    if (this.#lines.length === 0) setImmediate(() => this.#flush());
    this.#lines.push(line);
  }

  onClosed(task: () => void): void {
    this.#stream.on('error', error => {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') complain(`stdout: ${error.message}`);
      task();
    });
  }

  #flush(): void {
    const lines = this.#lines;
    this.#lines = [];
    this.#stream.write(`${lines.join('\n')}\n`);
  }
}
