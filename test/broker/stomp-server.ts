// A broker of one test that speaks as much STOMP as it is told to.
import {once} from 'node:events';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';
import type {BrokerOptions} from '../../source/broker/broker-options.ts';
import {Secret} from '../../source/wire/secret.ts';

export interface ClientFrame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface StompServer {
  readonly options: BrokerOptions;
  /** Every frame that came, oldest first. */
  readonly frames: readonly ClientFrame[];
  /** Connections that are open. */
  readonly sockets: ReadonlySet<Socket>;
}

/** Listens until the test is finished. */
export async function stompServer(
  answer: (frame: ClientFrame, socket: Socket) => void,
): Promise<StompServer> {
  const frames: ClientFrame[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let rest = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\0');
      rest = parts.pop()!;
      for (const part of parts) {
        const frame = readFrame(part.trimStart());
        frames.push(frame);
        answer(frame, socket);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const {port} = server.address() as AddressInfo;
  const password = new Secret('hunter2');
  const options = {host: '127.0.0.1', port, user: 'me', password, tls: undefined, patience: 1000};
  return {options, frames, sockets};
}

/** Lets everybody in and confirms what asks for it. */
export function welcome({command, headers}: ClientFrame, socket: Socket): void {
  if (command === 'CONNECT') socket.write('CONNECTED\nversion:1.2\n\n\0');
  const {receipt} = headers;
  if (receipt !== undefined) socket.write(`RECEIPT\nreceipt-id:${receipt}\n\n\0`);
}

function readFrame(text: string): ClientFrame {
  const head = text.slice(0, text.indexOf('\n\n'));
  const [command = '', ...lines] = head.split('\n');
  const headers = lines.map(line => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)] as const;
  });
  return {command, headers: Object.fromEntries(headers), body: text.slice(head.length + 2)};
}
