// A subscription to one topic that is kept up: after every end it connects again by itself.
import type {BrokerOptions} from './broker-options.ts';
import {disconnect, makeStompClient, type ConnectionListener} from './stomp-client.ts';

export interface SubscriptionListener extends ConnectionListener {
  /** The body of a message; must not throw. */
  readonly onMessage: (text: string) => void;
}

export interface BrokerSubscription {
  stop(): Promise<void>;
}

/**
 * `onUp` is called when the broker has confirmed the subscription, `onDown` after each connection
 * and each attempt that ended; the next one follows within 30 seconds.
 * @param topic `/topic/…` or `/queue/…`.
 */
export async function subscribeToBroker(
  options: BrokerOptions,
  topic: string,
  {onUp, onDown, onMessage}: SubscriptionListener,
): Promise<BrokerSubscription> {
  let isStopped = false;
  const {client, frameRead} = await makeStompClient(options, true, {
    onUp() {
      const receipt = 'subscribed';
      client.watchForReceipt(receipt, () => onUp());
      client.subscribe(
        topic,
        message => {
          frameRead();
          onMessage(message.body);
        },
        {receipt},
      );
    },
    onDown(reason) {
      if (!isStopped) onDown(reason);
    },
  });
  client.activate();
  return {
    async stop() {
      isStopped = true;
      await disconnect(client, options.patience);
    },
  };
}
