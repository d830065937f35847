// A bare HTTP server on the loopback for one test: answers as it is told and counts its requests.
import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTestFinished} from 'vitest';

export interface Served {
  readonly origin: string;
  readonly url: URL;
  readonly port: number;
  /** Every request that came, oldest first. */
  readonly requests: readonly IncomingMessage[];
}

/** Listens until the test is finished. */
export async function serve(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<Served> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    if (server.listening) await once(server, 'close');
  });
  const {port} = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {origin, url: new URL('/stream/', origin), port, requests};
}

/** A port of the loopback on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The head of an event stream, sent at once. */
export function streamHead(response: ServerResponse): ServerResponse {
  response.writeHead(200, {'content-type': 'text/event-stream'});
  response.flushHeaders();
  return response;
}
