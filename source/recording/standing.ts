// What still stands when a new file of a recording begins: who begins to read with that file (the
// ones before may have been removed) has to know whether the stream is open, and what the running
// executions promise.
import type {EventOf, MonitorEvent} from '../monitor-event.ts';

/** Which kinds stand until they are told again, and about what each is told. */
const subjects: {readonly [Kind in MonitorEvent['kind']]?: (event: EventOf<Kind>) => string} = {
  connecting: () => '',
  opened: () => '',
  connected: () => '',
  heartbeat: () => '',
  quiet: () => '',
  recovered: () => '',
  'stood-still': () => '',
  retrying: () => '',
  refused: () => '',
  'filter-requested': () => '',
  'filter-changed': () => '',
  'sent-count': () => '',
  registered: () => '',
  'registration-failed': () => '',
  execution: ({execution}) => execution.id,
  'stf-files': ({files}) => files.runId,
  'run-state': ({state}) => state.runId,
};

/** Events kept; what was told longest ago goes first. */
const most = 500;

/** What of these events is a time by the receiver's clock. */
const timeFields = ['at', 'since', 'reconnectAt', 'retryAt'] as const;
type Times = Partial<Record<(typeof timeFields)[number], number>>;

export class Standing {
  readonly #events = new Map<string, MonitorEvent>();

  note(event: MonitorEvent): void {
    if (event.kind === 'clock-stepped') this.#shift(event.by);
    const subject = subjects[event.kind] as ((event: MonitorEvent) => string) | undefined;
    if (!subject) return;
    const key = `${event.kind} ${subject(event)}`;
    this.#events.delete(key);
    this.#events.set(key, event);
    const [oldest] = this.#events.keys();
    if (this.#events.size > most && oldest !== undefined) this.#events.delete(oldest);
  }

  /** The wall clock was set by so many ms: what is repeated is by the new time. */
  #shift(by: number): void {
    for (const [key, event] of this.#events) {
      const times = timeFields
        .filter(field => typeof (event as Times)[field] === 'number')
        .map(field => [field, (event as Times)[field]! + by]);
      this.#events.set(key, {...event, ...Object.fromEntries(times)});
    }
  }

  /** In the order in which they were told. */
  get events(): Iterable<MonitorEvent> {
    return this.#events.values();
  }
}
