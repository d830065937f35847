// What the monitor itself has of a stream, in its row of the subscribers' table. Rows are never deleted and there is
// no asking for one alone.
import {asRecord} from './json-record.ts';
import {monitorUrl, paths} from './paths.ts';
import {requestJson, type RequestOptions} from './request.ts';
import type {Fetch} from './transport.ts';

export interface Subscriber {
  /** `messages_sent`: right. */
  readonly sent: number;
  /** `is_active`: right when false, often out of date when true; undefined: not said. */
  readonly isActive: boolean | undefined;
}

/** @throws Error when the monitor does not answer with a row of this client. */
export async function fetchSubscriber(
  fetch: Fetch,
  base: string,
  clientId: string,
  options: RequestOptions,
): Promise<Subscriber> {
  const answer = await requestJson(fetch, monitorUrl(base, paths.subscribers), options);
  const name = `sse_${clientId.slice(0, 8)}`;
  const rows: readonly unknown[] = Array.isArray(answer) ? answer : [];
  const row = rows.map(asRecord).find(candidate => candidate?.['subscriber_name'] === name);
  const sent = row?.['messages_sent'];
  if (typeof sent !== 'number') throw new Error('the monitor has no count for this client');
  const isActive = row?.['is_active'];
  return {sent, isActive: typeof isActive === 'boolean' ? isActive : undefined};
}
