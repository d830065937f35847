// The monitor's routes, as a table: method, path, who may ask, and the answer.
import type {IncomingMessage, ServerResponse} from 'node:http';
import {paths} from '../wire/paths.ts';
import {sendDetail, sendJson, sendPlainJson, sendServerError} from './answers.ts';
import type {History} from './history.ts';
import type {JsonObject} from './python-json.ts';
import type {AgentRegistry, Registration} from './registry.ts';
import {receiveBody} from './request-body.ts';
import type {StreamHub} from './stream-hub.ts';

/** A request on its way to an answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** What stands in the path in place of `:id`; empty where the route has none. */
  readonly id: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** Below the base path; a `:id` stands for one segment. */
  readonly path: string;
  /** The status that refuses a request without the token; without it, everybody may ask. */
  readonly refusal?: 401 | 403;
  readonly answer: (exchange: Exchange) => void | Promise<void>;
}

export interface Tables {
  readonly history: History;
  readonly registry: AgentRegistry;
  readonly hub: StreamHub;
}

export function monitorRoutes({history, registry, hub}: Tables): readonly Route[] {
  const {rows, executions, runStates, stfFiles} = history;
  return [
    {
      method: 'GET',
      path: paths.stream,
      refusal: 401,
      answer: ({response, url}) => hub.open(response, url),
    },
    {
      method: 'GET',
      path: paths.streamStatus,
      refusal: 403,
      // The real server always shows nobody.
      answer: ({response}) =>
        sendPlainJson(response, 200, {connected_clients: 0, client_ids: [], client_filters: {}}),
    },
    {
      method: 'POST',
      path: paths.heartbeat,
      refusal: 403,
      answer: async ({request, response}) => {
        const body = await receiveBody(request, response);
        if (body) answerRegistration(response, registry.register(body));
      },
    },
    {
      method: 'GET',
      path: paths.messages,
      answer: ({response, url}) =>
        sendJson(response, 200, rows.list(url.searchParams.get('execution_id'))),
    },
    {
      method: 'GET',
      path: paths.executions,
      answer: ({response, url}) => sendJson(response, 200, executions.list(url.searchParams)),
    },
    {
      method: 'GET',
      path: `${paths.executions}:id/`,
      answer: ({response, id}) => sendFound(response, executions.get(id), 'WorkflowExecution'),
    },
    {
      method: 'GET',
      path: paths.runStates,
      answer: ({response}) => sendJson(response, 200, runStates.list()),
    },
    {
      method: 'GET',
      path: `${paths.runStates}:id/`,
      answer: ({response, id}) => sendFound(response, runStates.get(id), 'RunState'),
    },
    {
      method: 'GET',
      path: paths.stfFiles,
      answer: ({response, url}) => sendJson(response, 200, stfFiles.page(url)),
    },
    {
      method: 'GET',
      path: paths.subscribers,
      // The real server counts no drops.
      answer: ({response}) =>
        sendJson(
          response,
          200,
          hub.subscriberRows().map(row => Object.assign(row, {messages_dropped: 0})),
        ),
    },
  ];
}

function sendFound(response: ServerResponse, found: JsonObject | undefined, what: string): void {
  if (found) sendJson(response, 200, found);
  else sendDetail(response, 404, `No ${what} matches the given query.`);
}

function answerRegistration(response: ServerResponse, registration: Registration): void {
  if (registration.kind === 'crash') sendServerError(response);
  else if (registration.kind === 'invalid') sendJson(response, 400, registration.detail);
  else sendJson(response, registration.kind === 'created' ? 201 : 200, registration.record);
}
