// A proxy that tunnels with CONNECT to ports of the loopback, whatever host was asked for.
import {once} from 'node:events';
import {createServer} from 'node:http';
import {connect, type AddressInfo, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';

export interface ConnectProxy {
  readonly port: number;
  /** What CONNECT asked for, oldest first. */
  readonly asked: readonly string[];
  /** Requests of any other kind. */
  readonly others: readonly string[];
}

/**
 * Runs until the test is finished.
 * @param credentials `user:password` that it demands.
 * @param refusal a status line that it answers instead of a tunnel.
 */
export async function startProxy({
  credentials,
  refusal,
}: {
  readonly credentials?: string;
  readonly refusal?: string;
} = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const others: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()); // a client that gives up is one of the cases
  };
  const server = createServer((request, response) => {
    others.push(request.url ?? '');
    response.writeHead(400).end();
  });
  server.on('connection', keep);
  server.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
      return;
    }
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
      return;
    }
    const target = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    keep(target);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  });
  return {port: (server.address() as AddressInfo).port, asked, others};
}
