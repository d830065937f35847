// The STOMP client as this program uses it: over TCP or TLS, with time limits, and with one reason
// for each end of a connection.
import type {Client} from '@stomp/stompjs';
import {closed, noAnswer, refusal, socketError, type BrokerError} from './broker-error.ts';
import {defaultPatience, type BrokerOptions} from './broker-options.ts';
import {StompSocket} from './stomp-socket.ts';
import {runningTimeout} from '../wire/running-timeout.ts';

export interface ConnectionListener {
  /** The broker has let us in. */
  readonly onUp: () => void;
  /** A connection, or the attempt, has ended. */
  readonly onDown: (reason: BrokerError) => void;
}

/** Between two signs of life in each direction, ms; the broker may ask for more. */
const heartbeat = 10_000;

/** Between attempts: doubled from the first to the longest, ms. */
const delays = {first: 1000, longest: 30_000};

/**
 * A client that is yet to be activated. Loads the library, which only who talks to a broker pays for.
 * @param isLasting whether it connects again after each end, until it is deactivated.
 */
export async function makeStompClient(
  options: BrokerOptions,
  isLasting: boolean,
  {onUp, onDown}: ConnectionListener,
): Promise<{readonly client: Client; readonly frameRead: () => void}> {
  const {Client, ReconnectionTimeMode} = await import('@stomp/stompjs');
  const {host, user, password, patience = defaultPatience} = options;
  let socket: StompSocket;
  let refused: BrokerError | undefined;
  let isUp = false;
  // The library's own connectionTimeout goes on after a failed attempt, and holds the process.
  let cancelTimeout: (() => void) | undefined;

  const client = new Client({
    webSocketFactory() {
      socket = new StompSocket(options);
      refused = undefined;
      isUp = false;
      cancelTimeout = runningTimeout(patience, () => client.forceDisconnect());
      return socket;
    },
    connectHeaders: {host, login: user, passcode: password.reveal()},
    heartbeatIncoming: heartbeat,
    heartbeatOutgoing: heartbeat,
    discardWebsocketOnCommFailure: true,
    reconnectDelay: isLasting ? delays.first : 0,
    maxReconnectDelay: delays.longest,
    reconnectTimeMode: ReconnectionTimeMode.EXPONENTIAL,
    onConnect() {
      isUp = true;
      cancelTimeout?.();
      socket.frameRead();
      onUp();
    },
    onStompError({headers}) {
      refused = refusal(headers['message'], isUp);
      client.forceDisconnect();
    },
    onWebSocketClose() {
      cancelTimeout?.();
      onDown(refused ?? endOf(socket, isUp, patience));
    },
    onHeartbeatReceived: () => socket.frameRead(),
  });
  return {client, frameRead: () => socket.frameRead()};
}

function endOf(socket: StompSocket, isUp: boolean, patience: number): BrokerError {
  if (socket.error) return socketError(socket.error);
  if (!socket.isDiscarded) return closed(isUp);
  // A live connection is given up after two heartbeats without a sign of life.
  return noAnswer(isUp ? 2 * heartbeat : patience);
}

/** Says goodbye; a broker that does not answer it is left standing after `patience` ms. */
export async function disconnect(client: Client, patience = defaultPatience): Promise<void> {
  const force = setTimeout(() => void client.deactivate({force: true}), patience);
  await client.deactivate();
  clearTimeout(force);
}
