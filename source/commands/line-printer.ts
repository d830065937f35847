// Events as lines: a message a line on stdout, what else happens on stderr.
import {describeEvent, type EventOf, type MonitorEvent} from '../monitor-event.ts';
import type {ViewSettings} from '../settings/settings.ts';
import {stopBlocking} from '../terminal/stalled.ts';
import {formatTime} from '../time.ts';
import {isElsewhere} from '../wire/message.ts';
import {formatJson} from '../wire/json.ts';
import {asciiJson} from '../wire/sanitise.ts';
import type {Ending} from './endings.ts';
import {messageLine} from './line-format.ts';
import {LineWriter} from './line-writer.ts';
import {output} from './output.ts';

/** For a reader that has stopped reading, once a signal has ended the program, ms. */
const patience = 1000;

/** What may wait for a reader of the diagnostics, in UTF-16 units. */
const mostNotes = 1024 * 1024;

export type LineSettings = Pick<ViewSettings, 'output' | 'count' | 'namespace' | 'time'>;

export class LinePrinter {
  readonly #settings: LineSettings;
  readonly #lines: LineWriter;
  readonly #notes: LineWriter;
  readonly #format: Format;
  readonly #end: (ending: Ending) => void;
  readonly #withCaughtUp: boolean;
  #left: number;
  /** Messages that say they are of another namespace. */
  #elsewhere = 0;

  /**
   * @param end called when all that was wanted is printed, or nobody reads any more.
   * @param withCaughtUp messages that only REST brought are printed too, marked.
   */
  constructor(
    settings: LineSettings,
    end: (ending: Ending) => void,
    {withCaughtUp = false}: {readonly withCaughtUp?: boolean} = {},
  ) {
    this.#settings = settings;
    this.#withCaughtUp = withCaughtUp;
    this.#end = end;
    this.#left = settings.count ?? Infinity;
    for (const stream of [process.stdout, process.stderr]) stopBlocking(stream);
    this.#lines = new LineWriter(process.stdout, leftOut =>
      this.complain(`${leftOut} messages left out: they were not read in time`),
    );
    this.#notes = new LineWriter(
      process.stderr,
      leftOut => this.complain(`${leftOut} diagnostics left out: they were not read in time`),
      mostNotes,
    );
    output.onError(({isClosed, message}) =>
      end(isClosed ? {reason: 'nobody reads', status: 0} : {reason: message, status: 1}),
    );
    this.#format =
      settings.output === 'json' ? jsonLine(text => this.complain(text)) : plainLine(settings);
  }

  print(event: MonitorEvent): void {
    if (event.kind !== 'message') {
      const text = diagnosis(event, this.#settings);
      if (text !== undefined) this.complain(text);
      return;
    }
    // What only REST brought was not received: how much it is stands on stderr.
    if (event.source === 'history' && !this.#withCaughtUp) return;
    const {count, namespace} = this.#settings;
    if (this.#left <= 0) return;
    if (isElsewhere(event.message.namespace, namespace)) {
      this.#elsewhere += 1;
      return;
    }
    const line = this.#format(event);
    if (line === undefined) return;
    this.#lines.write(line);
    this.#left -= 1;
    if (this.#left === 0) this.#end({reason: `${count} messages`, status: 0});
  }

  /** Messages left out so far because they are of another namespace. */
  get elsewhere(): number {
    return this.#elsewhere;
  }

  /** A line on stderr. */
  complain(text: string): void {
    this.#notes.write(`swfmon: ${text}`);
  }

  /** Prints no message any more. */
  stop(): void {
    this.#left = 0;
  }

  /** The last lines go out; what still waits for its reader does not hold up a signal. */
  letGo(status: number): void {
    this.#lines.flush();
    this.#notes.flush();
    if (status > 128) setTimeout(() => process.exit(), patience).unref();
  }

  /** When the readers have taken what was printed. */
  async drained(): Promise<void> {
    await this.#lines.drained();
    await this.#notes.drained();
  }
}

type Format = (event: EventOf<'message'>) => string | undefined;

function plainLine({time}: LineSettings): Format {
  const mode = time === 'age' ? 'local' : time;
  return ({message, at, source}) => messageLine(message, at, mode, source === 'history');
}

/**
 * The data as received. Line breaks between its parts (several `data:` lines) are white space in
 * JSON and become spaces. What is no JSON is refused, so that stdout stays one value a line.
 */
function jsonLine(complain: (text: string) => void): Format {
  return ({data: received, name, message, source}) => {
    if (typeof message.content === 'string') {
      complain(`event "${message.type || name}" left out: ${message.text ?? message.fault}`);
      return undefined;
    }
    const data = source === 'history' ? caughtUp(message.content) : received;
    const line = data.includes('\n') ? data.replaceAll('\n', ' ') : data;
    return process.stdout.isTTY ? asciiJson(line) : line;
  };
}

/** A message that only REST brought, as its agent wrote it, with a mark. */
const caughtUp = (content: unknown): string =>
  formatJson({...(content as object), caught_up: true});

function diagnosis(event: MonitorEvent, {time}: LineSettings): string | undefined {
  const text = describeEvent(event);
  const mode = time === 'age' ? 'local' : time;
  return text === undefined ? undefined : `[${formatTime(event.at, mode, event.at)}] ${text}`;
}
