// Messages from the broker's topic for a monitor of one's own, with what happens on the way told.
import type {BrokerOptions} from '../broker/broker-options.ts';
import {subscribeToBroker, type BrokerSubscription} from '../broker/broker-subscription.ts';
import type {Standalone} from '../testbed/standalone.ts';
import type {Say} from './say.ts';

export async function takeFromBroker(
  options: BrokerOptions,
  topic: string,
  {take}: Standalone,
  say: Say,
): Promise<BrokerSubscription> {
  const broker = `broker ${options.host}:${options.port}`;
  let told: string | undefined;
  let leftAside = 0;
  return subscribeToBroker(options, topic, {
    onUp() {
      told = undefined;
      say(`${broker}: takes messages from ${topic}`);
    },
    // A broker that is away for hours is told of once, not at every attempt.
    onDown({message, remedy}) {
      if (message === told) return;
      told = message;
      say(
        `${broker}: ${message}${remedy === undefined ? '' : ` (${remedy})`}; tries again by itself`,
      );
    },
    onMessage(text) {
      const why = take(text);
      if (why === undefined) return;
      leftAside += 1;
      if (isPowerOfTwo(leftAside)) say(`left aside, ${leftAside} so far: a message that is ${why}`);
    },
  });
}

/** So that a flood of them is told in few lines. */
const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0;
