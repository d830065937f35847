// Walks the message log as the view shows it: what the scope hides is stepped over.
import type {LogEntry, LogView} from '../../model/message-log.ts';

/** Where the operator has left the tail: the selected entry and the first on the page, by id. */
export interface MessagePlace {
  readonly selected: number;
  readonly top: number;
  /** The selected entry itself: its id rises when something is caught up before it. */
  readonly anchor: LogEntry | undefined;
}

export type Accepts = (entry: LogEntry) => boolean;

/** Gaps are everybody's; a message that names no namespace may be anybody's. */
export function inScope(scope: string | undefined): Accepts {
  if (scope === undefined) return () => true;
  return entry => {
    if (entry.kind === 'gap') return true;
    if (entry.kind === 'mark') return true;
    const {namespace} = entry.kind === 'message' ? entry.message : entry;
    return namespace === undefined || namespace === scope;
  };
}

/**
 * The id `distance` accepted entries after `id` (before it, when negative), or the last one on the
 * way when there are fewer; `id` itself when there is none.
 */
export function step(log: LogView, id: number, distance: number, accepts: Accepts): number {
  const direction = Math.sign(distance);
  let reached = Math.min(Math.max(id, log.first - 1), log.last + 1);
  let left = Math.abs(distance);
  for (
    let next = reached + direction;
    left > 0 && next >= log.first && next <= log.last;
    next += direction
  ) {
    const entry = log.get(next);
    if (!entry || !accepts(entry)) continue;
    reached = next;
    left -= 1;
  }
  return reached;
}

/** The id of the first row of a page of `rows` rows whose last row is `id`. */
export function firstOfPage(log: LogView, id: number, rows: number, accepts: Accepts): number {
  return step(log, id, 1 - rows, accepts);
}

/** How many entries after `id` the scope shows. */
export function countAfter(log: LogView, id: number, scope: string | undefined): number {
  if (scope === undefined) return log.last - id;
  const accepts = inScope(scope);
  let count = 0;
  for (let next = Math.max(id + 1, log.first); next <= log.last; next += 1) {
    const entry = log.get(next);
    if (entry && accepts(entry)) count += 1;
  }
  return count;
}

/** At most `rows` accepted entries from `top` on. */
export function entriesFrom(
  log: LogView,
  top: number,
  rows: number,
  accepts: Accepts,
): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (let id = Math.max(top, log.first); id <= log.last && entries.length < rows; id += 1) {
    const entry = log.get(id);
    if (entry && accepts(entry)) entries.push(entry);
  }
  return entries;
}

/** How far the anchor can have moved: no more is caught up at once. */
const maxShift = 20_000;

/** The place where the anchor stands now. */
export function anchored(log: LogView, place: MessagePlace): MessagePlace {
  const {anchor, selected, top} = place;
  if (!anchor || isSame(log.get(selected), anchor)) return place;
  const last = Math.min(log.last, selected + maxShift);
  for (let id = selected + 1; id <= last; id += 1) {
    const entry = log.get(id);
    if (isSame(entry, anchor)) return {selected: id, top: top + id - selected, anchor: entry};
  }
  return place;
}

function isSame(entry: LogEntry | undefined, anchor: LogEntry): boolean {
  if (entry?.kind !== anchor.kind) return false;
  if (entry.kind === 'message')
    return anchor.kind === 'message' && entry.message === anchor.message;
  return entry.at === anchor.at;
}
