// A TCP or TLS connection in the shape that the STOMP client expects, which is a WebSocket's.
import {connect as connectTcp, isIP, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import type {IStompSocket} from '@stomp/stompjs';
import {attemptTimeoutMs} from '../http/connection.ts';
import type {BrokerOptions} from './broker-options.ts';

/** As a WebSocket counts them. */
const states = {connecting: 0, open: 1, closing: 2, closed: 3} as const;

/** Bytes of one frame that are read; more end the connection. */
export const maxFrame = 8 * 1024 * 1024;

export class StompSocket implements IStompSocket {
  readonly url: string;
  onopen: IStompSocket['onopen'];
  onmessage: IStompSocket['onmessage'];
  onerror: IStompSocket['onerror'];
  onclose: IStompSocket['onclose'];
  /** What broke it; undefined as long as nothing did, or when a side just closed. */
  error: Error | undefined;
  /** Given up by this side. */
  isDiscarded = false;
  readonly #socket: Socket;
  #state: number = states.connecting;
  /** Bytes since the last whole frame. */
  #unread = 0;

  constructor({host, port, tls}: Pick<BrokerOptions, 'host' | 'port' | 'tls'>) {
    this.url = `${tls ? 'stomp+ssl' : 'stomp'}://${host}:${port}`;
    // A name for the certificate, which an address is not (RFC 6066, 3).
    const servername = isIP(host) === 0 ? host : '';
    const place = {host, port, autoSelectFamilyAttemptTimeout: attemptTimeoutMs};
    this.#socket = tls
      ? connectTls({...place, servername, ca: tls.ca, allowPartialTrustChain: true})
      : connectTcp(place);
    this.#socket.setNoDelay();
    this.#socket.on(tls ? 'secureConnect' : 'connect', () => {
      this.#state = states.open;
      this.onopen?.();
    });
    this.#socket.on('data', bytes => this.#take(bytes));
    this.#socket.on('error', error => {
      this.error ??= error;
    });
    this.#socket.on('close', () => {
      this.#state = states.closed;
      this.onclose?.();
    });
  }

  get readyState(): number {
    return this.#state;
  }

  /** A frame is whole: the bound begins anew. */
  frameRead(): void {
    this.#unread = 0;
  }

  send(data: string | Uint8Array): void {
    this.#socket.write(data);
  }

  /** After what was written has gone out. */
  close(): void {
    this.#state = states.closing;
    this.#socket.destroySoon();
  }

  /** At once. */
  terminate(): void {
    this.isDiscarded = true;
    this.#state = states.closing;
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#unread += bytes.length;
    if (this.#unread > maxFrame) {
      this.#socket.destroy(new Error(`a frame larger than ${maxFrame / 1024 / 1024} MB`));
      return;
    }
    this.onmessage?.({data: bytes});
  }
}
