// The requests that reached the monitor, for tests to look at.
import type {IncomingMessage, ServerResponse} from 'node:http';
import {NewestQueue} from './newest-queue.ts';

/** Requests that are kept; the oldest make room. */
const maxRequests = 1000;

export interface LoggedRequest {
  readonly method: string;
  /** Path with query, as received. */
  readonly path: string;
  /** Undefined as long as no answer has begun. */
  readonly status: number | undefined;
}

export class RequestLog {
  readonly #requests = new NewestQueue<LoggedRequest>(maxRequests);

  get requests(): readonly LoggedRequest[] {
    return [...this.#requests];
  }

  add(request: IncomingMessage, response: ServerResponse): void {
    this.#requests.push({
      method: request.method ?? '',
      path: request.url ?? '',
      get status() {
        return response.headersSent ? response.statusCode : undefined;
      },
    });
  }
}
