// The monitor for whoever develops agents without the lab's server: it takes messages from outside,
// as text from a broker or over HTTP, and says openly who listens and what was dropped.
import type {Socket} from 'node:net';
import {paths} from '../wire/paths.ts';
import {agentRoutes} from './agent-routes.ts';
import {sendDetail, sendJson, sendPlainJson} from './answers.ts';
import {startMonitor, type MonitorOptions, type TestbedMonitor} from './monitor.ts';
import type {JsonObject} from './python-json.ts';
import {parseObject, receiveBody} from './request-body.ts';
import type {Exchange, Route, Tables} from './routes.ts';
import {systemClock} from './stamps.ts';
import {toldExecution} from './told-execution.ts';

/** Beside the monitor's own paths. */
export const standalonePaths = {
  /** `POST` a message, from this machine alone. */
  publish: 'api/messages/',
  agents: 'api/systemagents/',
} as const;

/** Messages and STF files that are kept for REST, each. */
const maxRows = 20_000;

export type StandaloneOptions = Pick<
  MonitorOptions,
  'host' | 'port' | 'basePath' | 'token' | 'tls' | 'heartbeatSeconds' | 'onSubscriber'
>;

export interface Standalone {
  readonly monitor: TestbedMonitor;
  /** Takes a message as text. Answers why it is left aside; undefined when it is relayed. */
  readonly take: (text: string) => string | undefined;
}

/** Rejects as `startMonitor` does. */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  let tables: Tables;
  /** The streams that it went to. */
  const relay = (message: JsonObject): number => {
    const {executions} = tables.history;
    const execution = toldExecution(message, executions, monitor.clock());
    if (execution) executions.put(execution);
    return monitor.publish(message);
  };
  const monitor = await startMonitor({
    ...options,
    maxRows,
    routes(own) {
      tables = own;
      return [...standaloneRoutes(own, relay), ...agentRoutes(own, systemClock)];
    },
  });
  return {
    monitor,
    take(text) {
      const message = parseObject(text);
      if (!message) return 'no JSON object';
      if (!('msg_type' in message)) return 'without msg_type';
      relay(message);
      return undefined;
    },
  };
}

function standaloneRoutes(
  {hub, registry}: Tables,
  relay: (message: JsonObject) => number,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: paths.streamStatus,
      refusal: 403,
      answer: ({response}) =>
        sendPlainJson(response, 200, {
          connected_clients: hub.clients.length,
          client_ids: hub.clients.map(({id}) => id),
          client_filters: Object.fromEntries(hub.clients.map(({id, filter}) => [id, {...filter}])),
        }),
    },
    {
      method: 'GET',
      path: paths.subscribers,
      answer: ({response}) => sendJson(response, 200, hub.subscriberRows()),
    },
    {
      method: 'GET',
      path: standalonePaths.agents,
      answer: ({response}) => sendJson(response, 200, [...registry.agents.values()]),
    },
    {
      method: 'POST',
      path: standalonePaths.publish,
      refusal: 403,
      answer: exchange => answerPublish(exchange, relay),
    },
  ];
}

async function answerPublish(
  {request, response}: Exchange,
  relay: (message: JsonObject) => number,
): Promise<void> {
  if (!isFromHere(request.socket)) {
    sendDetail(response, 403, 'Messages are taken from this machine alone.');
    return;
  }
  const message = await receiveBody(request, response);
  if (!message) return;
  if ('msg_type' in message) sendJson(response, 201, {receivers: relay(message)});
  else sendJson(response, 400, {msg_type: ['This field is required.']});
}

/** Whether the other side is on this machine. */
export function isFromHere({remoteAddress = ''}: Pick<Socket, 'remoteAddress'>): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(remoteAddress);
}
