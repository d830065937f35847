// The messages kept as NDJSON: a line on what they are and when some can be missing, then a line
// each, as their agents wrote them. In ASCII, so that no terminal takes a file for commands.
import type {LogEntry} from '../model/message-log.ts';
import type {Snapshot} from '../model/monitor-model.ts';
import {formatJson} from '../wire/json.ts';
import {asciiJson} from '../wire/sanitise.ts';

/** @param accepts which entries are shown. */
export function messagesNdjson(
  {log, health, gaps, now}: Snapshot,
  accepts: (entry: LogEntry) => boolean,
  about: {
    /** Receiver's clock, ms. */
    readonly written: number;
    readonly monitor: string;
    readonly receiver: string;
    readonly scope: string | undefined;
  },
): {readonly text: string; readonly count: number} {
  const lines: string[] = [];
  for (let id = log.first; id <= log.last; id += 1) {
    const entry = log.get(id);
    if (entry?.kind === 'message' && accepts(entry))
      lines.push(asciiJson(formatJson(entry.message.content)));
  }
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  const head = {
    swfmon: 'messages',
    written: time(about.written),
    as_of: time(now),
    monitor: about.monitor,
    receiver: about.receiver,
    namespace: about.scope ?? null,
    filter: health.filter,
    messages: lines.length,
    older_dropped: log.first > 1,
    gaps: gaps.map(({from, to, reason, caughtUp}) => ({
      from: time(from),
      to: time(to),
      reason,
      caught_up: caughtUp ?? null,
    })),
  };
  return {text: `${[asciiJson(JSON.stringify(head)), ...lines].join('\n')}\n`, count: lines.length};
}
