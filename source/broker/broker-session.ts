// One connection to the broker for sending: opened once, and every message confirmed by the broker.
import {runningTimeout} from '../wire/running-timeout.ts';
import {noAnswer, type BrokerError} from './broker-error.ts';
import {defaultPatience, type BrokerOptions} from './broker-options.ts';
import {disconnect, makeStompClient} from './stomp-client.ts';

export interface BrokerSession {
  /**
   * Resolves when the broker has taken the message.
   * @param destination `/topic/…` or `/queue/…`.
   * @throws BrokerError
   */
  send(destination: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param signal ends it at once, whatever it waits for.
 * @throws BrokerError when the broker is not there, refuses or does not answer.
 */
export async function openBrokerSession(
  options: BrokerOptions,
  signal?: AbortSignal,
): Promise<BrokerSession> {
  const {patience = defaultPatience} = options;
  const opened = Promise.withResolvers<void>();
  const waiting = new Set<(reason: BrokerError) => void>();
  let ended: BrokerError | undefined;
  let receipts = 0;

  const {client, frameRead} = await makeStompClient(options, false, {
    onUp: opened.resolve,
    onDown(reason) {
      ended = reason;
      opened.reject(reason);
      for (const fail of waiting) fail(reason);
      waiting.clear();
    },
  });
  client.activate();
  signal?.addEventListener('abort', () => void client.deactivate({force: true}));
  await opened.promise;

  return {
    async send(destination, text) {
      if (ended) throw ended;
      const taken = Promise.withResolvers<void>();
      const cancelTimeout = runningTimeout(patience, () => taken.reject(noAnswer(patience)));
      waiting.add(taken.reject);
      receipts += 1;
      const receipt = `message-${receipts}`;
      client.watchForReceipt(receipt, () => {
        frameRead();
        taken.resolve();
      });
      // Without a length the broker keeps it as text, as the agents send and expect it.
      client.publish({destination, body: text, headers: {receipt}, skipContentLengthHeader: true});
      try {
        await taken.promise;
      } finally {
        cancelTimeout();
        waiting.delete(taken.reject);
      }
    },
    close: () => disconnect(client, patience),
  };
}
